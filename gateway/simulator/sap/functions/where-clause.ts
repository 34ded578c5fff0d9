/** The WHERE clause of RFC_READ_TABLE's OPTIONS: Open SQL as far as one table needs it. */
import type { Structure } from '../metadata/repository.ts';
import type { Field } from '../metadata/field.ts';
import { parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import { abapException } from '../wire/soap-fault.ts';

/** Whether a row is selected. */
export type Condition = (row: TableRow) => boolean;

export interface WhereClause {
  readonly matches: Condition;
  /** Fields that must equal one value, so that an index can serve. */
  readonly equal: ReadonlyMap<string, string>;
}

interface Token {
  readonly kind: 'word' | 'literal' | 'sign';
  readonly text: string;
}

function refuse(why: string): never {
  throw abapException('OPTION_NOT_VALID', why);
}

/** Splits a clause; a literal must end in its own line, as the real one demands. */
function tokenize(lines: readonly string[]): Token[] {
  const pattern = /\s*(?:'((?:[^']|'')*)'|([<>=]{1,2})|([(),])|([A-Za-z_/][\w/~-]*)|(-?\d+(?:\.\d+)?))/y;
  return lines.flatMap((line) => {
    const tokens: Token[] = [];
    pattern.lastIndex = 0;
    const text = line.trimEnd();
    while (pattern.lastIndex < text.length) {
      const match = pattern.exec(text);
      if (match === null) refuse(`cannot read: ${line}`);
      const [, literal, sign, bracket, word, digits] = match;
      if (literal !== undefined) tokens.push({ kind: 'literal', text: literal.replaceAll("''", "'") });
      else if (word !== undefined) tokens.push({ kind: 'word', text: word.toUpperCase() });
      else if (digits !== undefined) tokens.push({ kind: 'literal', text: digits });
      else tokens.push({ kind: 'sign', text: sign ?? bracket ?? '' });
    }
    return tokens;
  });
}

const operators: Readonly<Record<string, string>> = {
  '=': 'EQ',
  EQ: 'EQ',
  '<>': 'NE',
  '><': 'NE',
  NE: 'NE',
  '<': 'LT',
  LT: 'LT',
  '<=': 'LE',
  LE: 'LE',
  '>': 'GT',
  GT: 'GT',
  '>=': 'GE',
  GE: 'GE',
};
const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  EQ: (it) => it === 0,
  NE: (it) => it !== 0,
  LT: (it) => it < 0,
  LE: (it) => it <= 0,
  GT: (it) => it > 0,
  GE: (it) => it >= 0,
};

function compare(field: Field, value: string, literal: string): number {
  if (field.abapType === 'P') {
    const difference = parseDecimal(value, 4) - parseDecimal(literal, 4);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  if (field.abapType === 'I') return Number(value) - Number(literal);
  const padded = field.abapType === 'N' && literal === '' ? field.initial : literal.trimEnd();
  return value === padded ? 0 : value < padded ? -1 : 1;
}

function likePattern(pattern: string): RegExp {
  const source = pattern
    .trimEnd()
    .replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
    .replaceAll(/%+/g, '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 's');
}

class Parser {
  readonly equal = new Map<string, string>();
  readonly #tokens: readonly Token[];
  readonly #structure: Structure;
  #position = 0;
  /** Only what stands at the top and without OR or NOT must hold for every row. */
  #isCertain = true;

  constructor(tokens: readonly Token[], structure: Structure) {
    this.#tokens = tokens;
    this.#structure = structure;
    this.#isCertain = !tokens.some((it) => it.kind === 'word' && (it.text === 'OR' || it.text === 'NOT'));
  }

  parse(): Condition {
    const condition = this.#or();
    if (this.#position < this.#tokens.length) refuse(`unexpected ${this.#tokens[this.#position]?.text}`);
    return condition;
  }

  #take(): Token {
    const token = this.#tokens[this.#position];
    if (token === undefined) refuse('the clause ends too early');
    this.#position += 1;
    return token;
  }

  #accept(text: string): boolean {
    const token = this.#tokens[this.#position];
    if (token === undefined || token.kind === 'literal' || token.text !== text) return false;
    this.#position += 1;
    return true;
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#accept('OR')) parts.push(this.#and());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : (row) => parts.some((part) => part(row));
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#accept('AND')) parts.push(this.#not());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : (row) => parts.every((part) => part(row));
  }

  #not(): Condition {
    if (!this.#accept('NOT')) return this.#primary();
    const condition = this.#not();
    return (row) => !condition(row);
  }

  #primary(): Condition {
    if (!this.#accept('(')) return this.#comparison();
    const condition = this.#or();
    if (!this.#accept(')')) refuse('a bracket is not closed');
    return condition;
  }

  #comparison(): Condition {
    const name = this.#take();
    const field = name.kind === 'word' ? this.#structure.byName.get(name.text) : undefined;
    if (field === undefined) refuse(`table ${this.#structure.name} has no field ${name.text}`);
    const isNegated = this.#accept('NOT');
    const condition = this.#operator(field);
    return isNegated ? (row) => !condition(row) : condition;
  }

  #operator(field: Field): Condition {
    const { name, initial } = field;
    if (this.#accept('LIKE')) {
      const pattern = likePattern(this.#literal());
      return (row) => pattern.test(row[name] ?? initial);
    }
    if (this.#accept('BETWEEN')) return this.#between(field);
    if (this.#accept('IN')) return this.#in(field);
    const sign = this.#take().text;
    const test = comparisons[operators[sign] ?? ''];
    if (test === undefined) refuse(`${sign} is not an operator`);
    const literal = this.#literal();
    if (operators[sign] === 'EQ' && this.#isCertain && field.abapType === 'C') this.equal.set(name, literal.trimEnd());
    return (row) => test(compare(field, row[name] ?? initial, literal));
  }

  #between(field: Field): Condition {
    const low = this.#literal();
    if (!this.#accept('AND')) refuse('BETWEEN needs AND');
    const high = this.#literal();
    return (row) => {
      const value = row[field.name] ?? field.initial;
      return compare(field, value, low) >= 0 && compare(field, value, high) <= 0;
    };
  }

  #in(field: Field): Condition {
    if (!this.#accept('(')) refuse('IN needs a list in brackets');
    const values = [this.#literal()];
    while (this.#accept(',')) values.push(this.#literal());
    if (!this.#accept(')')) refuse('a bracket is not closed');
    return (row) => values.some((value) => compare(field, row[field.name] ?? field.initial, value) === 0);
  }

  #literal(): string {
    const token = this.#take();
    if (token.kind !== 'literal') refuse(`a value is expected, not ${token.text}`);
    return token.text;
  }
}

/** Reads OPTIONS; no line selects everything. Throws OPTION_NOT_VALID. */
export function readWhereClause(lines: readonly string[], structure: Structure): WhereClause {
  const tokens = tokenize(lines);
  if (tokens.length === 0) return { matches: () => true, equal: new Map() };
  const parser = new Parser(tokens, structure);
  return { matches: parser.parse(), equal: parser.equal };
}
