/** Checks Apex: syntax, reserved words, sharing said aloud, and the rules that keep the layers apart. */
import { parseApex } from './apex/parse-apex.ts';
import { reservedWords } from './apex/reserved-words.ts';
import { conclude, lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import { listFiles, readFiles } from './project.ts';
import type { SourceFile } from './project.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly message: string;
  /** Files the rule is for; all when absent. */
  readonly isFor?: (file: SourceFile) => boolean;
}

const isTest = (file: SourceFile): boolean => /@IsTest\b/i.test(withoutComments(file.text));
const isProduct = (file: SourceFile): boolean => !isTest(file);
const isWithSharing = (file: SourceFile): boolean => !/\bwithout\s+sharing\s+class\b/i.test(withoutComments(file.text));

const rules: readonly Rule[] = [
  { pattern: /\bTest\s*\.\s*isRunningTest\b/gi, message: 'no test branch in production code' },
  {
    pattern: /\bglobal\b/gi,
    message: 'nothing is global: a packaged name stays for ever',
    // The platform takes no other class as a REST resource.
    isFor: (file) => !/@RestResource\b/i.test(withoutComments(file.text)),
  },
  { pattern: /\bSeeAllData\s*=\s*true\b/gi, message: 'a test sees its own data only' },
  { pattern: /\bSystem\s*\.\s*debug\b/gi, message: 'no debug output: it may hold customer data', isFor: isProduct },
  {
    pattern: /\bnew\s+Http\s*\(/gi,
    message: 'only GatewayCallout makes callouts',
    isFor: (file) => !file.path.endsWith('/GatewayCallout.cls'),
  },
  {
    pattern: /\[\s*(?:SELECT|FIND)\b|\bDatabase\s*\.|\b(?:insert|update|upsert|delete)\s+(?:as\s+\w+\s+)?\w+\s*;/gi,
    message: 'a controller reads and writes nothing; its service does',
    isFor: (file) => file.path.endsWith('Controller.cls'),
  },
  {
    pattern: /\[\s*SELECT\b(?![^\]]*\bWITH\s+(?:USER|SYSTEM)_MODE\b)/gi,
    message: 'a query says whose rights it has: WITH USER_MODE',
  },
  {
    pattern: /\b(?:insert|update|upsert|delete|undelete)\s+(?!as\s)(?:new\s+\w|\w+\s*;)/gi,
    message: 'a write says whose rights it has: as user',
  },
  {
    pattern: /\bDatabase\s*\.\s*(?:insert|update|upsert|delete|query\w*)\s*\((?![^;]*\bAccessLevel\s*\.)/gi,
    message: 'a call of Database says whose rights it has: AccessLevel.USER_MODE',
  },
  {
    pattern: /\b(?:SYSTEM_MODE|as\s+system)\b/gi,
    message: 'system mode belongs into a class that says why it is without sharing',
    isFor: (file) => isProduct(file) && isWithSharing(file),
  },
];

/** Everything wrong with these classes and triggers; `paths` are all files, to find each one's other half. */
export function findApexProblems(files: readonly SourceFile[], paths: ReadonlySet<string>): readonly Finding[] {
  return files.flatMap((file) => [
    ...(paths.has(`${file.path}-meta.xml`) ? [] : [{ path: file.path, message: 'the -meta.xml beside it is missing' }]),
    ...parseProblems(file),
    ...sharingProblems(file),
    ...ruleProblems(file),
  ]);
}

function parseProblems(file: SourceFile): readonly Finding[] {
  const { syntaxErrors, names } = parseApex(file.text, file.path.endsWith('.trigger'));
  return [
    ...syntaxErrors.map((error) => ({ path: file.path, line: error.line, message: error.text })),
    ...names
      .filter((name) => reservedWords.has(name.text.toLowerCase()))
      .map((name) => ({ path: file.path, line: name.line, message: `${name.text} is a word Apex reserves` })),
  ];
}

function sharingProblems(file: SourceFile): readonly Finding[] {
  const code = withoutComments(file.text);
  const declaration = /\b((?:with|without|inherited)\s+sharing\s+)?(?:(?:virtual|abstract)\s+)?class\s+\w+/i.exec(code);
  if (declaration === null) return [];
  const at = (message: string): readonly Finding[] => [
    { path: file.path, line: lineAt(code, declaration.index), message },
  ];
  if (declaration[1] === undefined) return at('the class does not say whether it is with or without sharing');
  const isUnexplained = !isWithSharing(file) && !file.text.slice(0, declaration.index).includes('on purpose');
  return isUnexplained ? at('without sharing: say in its comment what is done so on purpose') : [];
}

function ruleProblems(file: SourceFile): readonly Finding[] {
  const code = withoutComments(file.text);
  return rules
    .filter((rule) => rule.isFor?.(file) ?? true)
    .flatMap((rule) =>
      [...code.matchAll(rule.pattern)].map((found) => ({
        path: file.path,
        line: lineAt(code, found.index),
        message: rule.message,
      })),
    );
}

/** The code with comments and text literals blanked, every line where it was. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'/g, (found) => found.replace(/[^\n]/g, ' '));
}

if (import.meta.main) {
  const files = readFiles(/^force-app\/.*\.(cls|trigger)$/);
  conclude(findApexProblems(files, new Set(listFiles())), `${files.length} Apex files`);
}
