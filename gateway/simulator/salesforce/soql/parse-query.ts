/** The part of SOQL that integrations use: fields, one object, conditions, order, limit. Anything else is refused. */
import { malformed, toTokens } from './tokens.ts';
import type { Token } from './tokens.ts';

export type Literal = string | number | boolean | null;
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'in' | 'not in';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Operator;
      readonly values: readonly Literal[];
    };

export interface Query {
  /** Empty for `SELECT COUNT()`. */
  readonly fields: readonly string[];
  readonly object: string;
  readonly where: Condition | null;
  readonly orderBy: readonly {
    readonly field: string;
    readonly isDescending: boolean;
    readonly areNullsLast: boolean;
  }[];
  readonly limit: number | null;
  readonly offset: number;
}

/** Reads a query from its first token on. */
class QueryReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.#tokens = toTokens(query);
  }

  read(): Query {
    this.#expect('select');
    const fields = this.#fields();
    this.#expect('from');
    const object = this.#word();
    const where = this.#accept('where') ? this.#condition() : null;
    const orderBy = this.#accept('order') ? this.#orderBy() : [];
    const limit = this.#accept('limit') ? this.#count() : null;
    const offset = this.#accept('offset') ? this.#count() : 0;
    if (this.#peek().kind !== 'end') this.#unexpected();
    return { fields, object, where, orderBy, limit, offset };
  }

  #peek(): Token {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
    return token ?? { kind: 'end', text: '<EOF>', position: 0 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #unexpected(): never {
    const { text, position } = this.#peek();
    throw malformed(`unexpected token: '${text}' at column ${position + 1}`);
  }

  /** Takes the next token if it is this key word or symbol. */
  #accept(text: string): boolean {
    const token = this.#peek();
    const isIt = (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text;
    if (isIt) this.#next += 1;
    return isIt;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#unexpected();
  }

  #word(): string {
    return this.#peek().kind === 'word' ? this.#take().text : this.#unexpected();
  }

  #count(): number {
    const token = this.#peek();
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) this.#unexpected();
    return Number(this.#take().text);
  }

  #fields(): string[] {
    const first = this.#word();
    if (first.toLowerCase() === 'count' && this.#accept('(')) {
      this.#expect(')');
      return [];
    }
    const fields = [first];
    while (this.#accept(',')) fields.push(this.#word());
    return fields;
  }

  /** AND and OR may not be mixed without parentheses, as in Salesforce. */
  #condition(): Condition {
    const first = this.#term();
    const kind = this.#accept('and') ? 'and' : this.#accept('or') ? 'or' : null;
    if (kind === null) return first;
    const parts = [first, this.#term()];
    while (this.#accept(kind)) parts.push(this.#term());
    return { kind, parts };
  }

  #term(): Condition {
    if (this.#accept('not')) return { kind: 'not', part: this.#term() };
    if (this.#accept('(')) {
      const inner = this.#condition();
      this.#expect(')');
      return inner;
    }
    const field = this.#word();
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'not in' ? this.#list() : [this.#literal()];
    return { kind: 'compare', field, operator, values };
  }

  #operator(): Operator {
    if (this.#accept('not')) {
      this.#expect('in');
      return 'not in';
    }
    if (this.#accept('<>')) return '!=';
    const operators = ['=', '!=', '<', '<=', '>', '>=', 'like', 'in'] as const;
    return operators.find((operator) => this.#accept(operator)) ?? this.#unexpected();
  }

  #list(): Literal[] {
    this.#expect('(');
    const values = [this.#literal()];
    while (this.#accept(',')) values.push(this.#literal());
    this.#expect(')');
    return values;
  }

  #literal(): Literal {
    const { kind, text } = this.#peek();
    const words: Record<string, Literal> = { true: true, false: false, null: null };
    const word = words[text.toLowerCase()];
    if (kind === 'word' && word === undefined) this.#unexpected();
    if (kind === 'symbol' || kind === 'end') this.#unexpected();
    this.#next += 1;
    if (kind === 'word') return word ?? null;
    return kind === 'number' ? Number(text) : text;
  }

  #orderBy(): Query['orderBy'] {
    this.#expect('by');
    const order: { field: string; isDescending: boolean; areNullsLast: boolean }[] = [];
    do {
      const field = this.#word();
      const isDescending = this.#accept('desc') || (this.#accept('asc'), false);
      const areNullsLast = this.#accept('nulls') && (this.#accept('last') || (this.#expect('first'), false));
      order.push({ field, isDescending, areNullsLast });
    } while (this.#accept(','));
    return order;
  }
}

/** Parses a query; throws MALFORMED_QUERY. */
export const parseQuery = (query: string): Query => new QueryReader(query).read();
