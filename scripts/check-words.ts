/** Checks that names are the words of the field, and that each system's own words stay in its own rooms. */
import { codeWords, withoutComments, wordsOf } from './code-words.ts';
import type { CodeWord } from './code-words.ts';
import { conclude, lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import { readFiles } from './project.ts';
import type { SourceFile } from './project.ts';
import vocabulary from './vocabulary.json' with { type: 'json' };

const isTypeScript = /\.(ts|mts|js|mjs|cjs)$/;
const isApex = /\.(cls|trigger)$/;
/** Where SAP's field names are at home: the SAP room, the simulated SAP, and what tests or measures them. */
const sapRooms = /^gateway\/(src\/sap|simulator\/sap|test|bench|abap)\/|^test\/|^scripts\/test\//;
/** Where sObject names are at home within the gateway. */
const salesforceRooms = /^gateway\/(src\/salesforce|simulator\/salesforce|test|bench)\//;
const sObjectName = /\w__(?:c|r|e|mdt)\b/i;
const sapNames = new Set(vocabulary.sapNames);
const neverInNames = new Set(vocabulary.neverInNames);
const neverInIdentifiers = vocabulary.neverInIdentifiers.map((phrase) => phrase.split(' '));

/** Every broken vocabulary rule in these files. */
export function findWords(files: readonly SourceFile[]): readonly Finding[] {
  return files.flatMap((file) => [...pathFindings(file.path), ...textFindings(file)]);
}

function pathFindings(path: string): readonly Finding[] {
  const names = path.replace(/\.[^/]*$/, '').split('/');
  const bad = names.flatMap(wordsOf).find((word) => neverInNames.has(word));
  return bad === undefined
    ? []
    : [{ path, message: `"${bad}" in a file name says nothing: name the file after what it does` }];
}

function textFindings(file: SourceFile): readonly Finding[] {
  if (!isTypeScript.test(file.path)) return isApex.test(file.path) ? foreignWords(file, apexWords(file.text)) : [];
  const words = codeWords(file.path, file.text);
  const named = words.declared.flatMap((word) => {
    const problem = identifierProblem(word.text);
    return problem === undefined ? [] : [finding(file, word, problem)];
  });
  return [...named, ...foreignWords(file, words.said)];
}

function apexWords(text: string): readonly CodeWord[] {
  return [...withoutComments(text).matchAll(/[A-Za-z_]\w*/g)].map((match) => ({
    text: match[0],
    position: match.index,
  }));
}

function identifierProblem(name: string): string | undefined {
  if (/^I[A-Z][a-z]/.test(name) && !/^(IDoc|Id)/.test(name)) return `"${name}": no I before an interface`;
  if (/[a-z](?:Impl|Base)$|^Base[A-Z]/.test(name)) return `"${name}": no Impl and no Base; say what makes it special`;
  const words = wordsOf(name);
  const phrase = neverInIdentifiers.find((each) => contains(words, each));
  return phrase === undefined
    ? undefined
    : `"${name}": do not say "${phrase.join(' ')}" (docs/glossary.md has the word)`;
}

function contains(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, start) => phrase.every((word, index) => words[start + index] === word));
}

/** SAP's and Salesforce's own names outside their rooms; one finding per name and file is enough to act on. */
function foreignWords(file: SourceFile, words: readonly CodeWord[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const word of words) {
    const sap = sapRooms.test(file.path) ? undefined : sapNameIn(word.text);
    if (sap !== undefined)
      found.set(
        sap,
        found.get(sap) ?? finding(file, word, `${sap} is SAP's name for it: it belongs into gateway/src/sap`),
      );
    const isAtHome = !file.path.startsWith('gateway/') || salesforceRooms.test(file.path);
    const sObject = isAtHome ? undefined : sObjectName.exec(word.text)?.[0];
    if (sObject !== undefined)
      found.set(
        '__c',
        found.get('__c') ??
          finding(file, word, `"${word.text}" is a Salesforce name: it belongs into a salesforce room`),
      );
  }
  return [...found.values()];
}

function sapNameIn(text: string): string | undefined {
  return text
    .split(/[^A-Za-z\d]+/)
    .map((part) => part.toUpperCase())
    .find((part) => sapNames.has(part));
}

function finding(file: SourceFile, word: CodeWord, message: string): Finding {
  return { path: file.path, line: lineAt(file.text, word.position), message };
}

if (import.meta.main) {
  const files = readFiles(/\.(ts|mts|js|mjs|cjs|cls|trigger|html|css|sql)$/);
  conclude(findWords(files), `${files.length} files use the field's words`);
}
