/** Checks that files and functions stay small enough to be read at one sitting. */
import ts from 'typescript';
import { conclude, lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import { readFiles } from './project.ts';
import type { SourceFile } from './project.ts';

/** A file longer than this has more than one reason. Measured in good code bases, not chosen. */
const fileLines = 400;
/** A component that needs more holds logic that belongs elsewhere. */
const componentLines = 250;
const apexLines = 500;
const functionLines = 80;

const isTest = /(^|\/)(test|__tests__)\//;
/** A catalogue grows by entries, not by logic; what is generated is read by nobody. */
const isList = /(^|\/)catalogue\.ts$/;
const isGenerated = /^.{0,400}?\bgenerated\b[^\n]*\bdo not edit\b/is;

/** Every file and function that is too long. */
export function findSizes(files: readonly SourceFile[]): readonly Finding[] {
  return files.flatMap((file) => {
    if (isList.test(file.path) || isGenerated.test(file.text.slice(0, 400))) return [];
    const functions = /\.[cm]?[jt]s$/.test(file.path) ? longFunctions(file) : [];
    return [...longFile(file), ...functions];
  });
}

function longFile(file: SourceFile): readonly Finding[] {
  const lines = file.text.trimEnd().split('\n').length;
  const limit = limitOf(file.path);
  return lines <= limit ? [] : [{ path: file.path, message: `${lines} lines; at most ${limit}` }];
}

function limitOf(path: string): number {
  if (path.endsWith('.cls')) return apexLines;
  return path.includes('/lwc/') && !isTest.test(path) ? componentLines : fileLines;
}

/** In tests the functions given to `describe` hold many small ones; their length says nothing. */
function longFunctions(file: SourceFile): readonly Finding[] {
  if (isTest.test(file.path)) return [];
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const from = lineAt(file.text, node.getStart(source));
      const lines = lineAt(file.text, node.getEnd()) - from + 1;
      if (lines > functionLines) {
        findings.push({
          path: file.path,
          line: from,
          message: `a function of ${lines} lines; at most ${functionLines}`,
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

if (import.meta.main) {
  const files = readFiles(/\.([cm]?[jt]s|cls|trigger)$/);
  conclude(findSizes(files), `${files.length} files fit the eye`);
}
