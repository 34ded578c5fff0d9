/** SOQL text as tokens. */
import { SalesforceError } from '../org/errors.ts';

/** One token; `text` of a string literal is its value. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'datetime' | 'symbol' | 'end';
  readonly text: string;
  readonly position: number;
}

/** A query that Salesforce would not understand. */
export const malformed = (message: string): SalesforceError => new SalesforceError('MALFORMED_QUERY', message);

const pattern =
  /\s+|(?<datetime>\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|'(?<string>(?:[^'\\]|\\.)*)'|(?<symbol><=|>=|!=|<>|[=<>(),])/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const unescape = (text: string): string => text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

/** Splits a query; throws MALFORMED_QUERY at the first character that fits nothing. */
export function toTokens(query: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < query.length) {
    const position = pattern.lastIndex;
    const groups = pattern.exec(query)?.groups;
    if (groups === undefined)
      throw malformed(`unexpected token: '${query.charAt(position)}' at column ${position + 1}`);
    for (const kind of ['datetime', 'number', 'word', 'string', 'symbol'] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text: kind === 'string' ? unescape(text) : text, position });
    }
  }
  return [...tokens, { kind: 'end', text: '<EOF>', position: query.length }];
}
