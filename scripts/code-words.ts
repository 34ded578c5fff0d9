/** Takes source code apart into the words that the vocabulary rules look at; comments are not code. */
import ts from 'typescript';

export interface CodeWord {
  readonly text: string;
  readonly position: number;
}

export interface CodeWords {
  /** What this file names: variables, functions, types, members, parameters. */
  readonly declared: readonly CodeWord[];
  /** Everything said in code: identifiers, strings, templates. */
  readonly said: readonly CodeWord[];
}

/** The words of a TypeScript or JavaScript file. */
export function codeWords(path: string, text: string): CodeWords {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared: CodeWord[] = [];
  const said: CodeWord[] = [];
  const visit = (node: ts.Node): void => {
    if (isWord(node)) {
      const word = { text: node.text, position: node.getStart(file) };
      said.push(word);
      if (ts.isIdentifier(node) && isDeclaration(node)) declared.push(word);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { declared, said };
}

type WordNode = ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral | ts.TemplateLiteralLikeNode;

function isWord(node: ts.Node): node is WordNode {
  return (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

/** Imported names are their owner's choice, not this file's. */
function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.name === node && parent.propertyName === undefined;
  return 'name' in parent && parent.name === node && !ts.isPropertyAccessExpression(parent);
}

/** `retryPolicyMs` and `retry-policy-ms` as `['retry', 'policy', 'ms']`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/** Apex, markup and styles without their comments, every character kept in its place. */
export function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<![:'"\w])\/\/[^\n]*/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  );
}
