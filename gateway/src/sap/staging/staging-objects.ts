/** Objects of a staging file: the rows of one customer or material together, counted and compared with what its last line says. */
import { hash } from 'node:crypto';
import { GatewayError } from '../../errors/index.ts';
import type { StagingHead } from '../../ports/index.ts';
import { columnsOf, StagedRow } from './staged-row.ts';
import type { TableColumns } from './staged-row.ts';
import { readColumns, readOrigin, tablesOf } from './staging-layout.ts';
import type { ObjectTables, StagingOrigin } from './staging-layout.ts';
import { malformed } from './staging-lines.ts';

export interface StagedObject {
  /** Where its own row stands in the file, from 1. */
  readonly line: number;
  /** The number of the customer or material. */
  readonly key: string;
  readonly rows: readonly StagedRow[];
  /** SHA-256 of its lines, made when it is asked for. */
  readonly hash: string;
}

export type StagingPart =
  { readonly head: StagingHead } | { readonly object: StagedObject } | { readonly end: { readonly objects: number } };

/** Beyond it an object could not be one document (10,000 changes), and would take more memory than one object may. */
const maxRowsOfObject = 10_000;

/** Takes line after line and gives an object when the next one begins, so that a cut file never gives half of one. */
export class StagingObjects {
  readonly #skip: number;
  readonly #accept: (origin: StagingOrigin) => void;
  readonly #columns = new Map<string, TableColumns>();
  #tables: ObjectTables | undefined;
  #line = 0;
  #rows = 0;
  #objects = 0;
  #isWhole = false;
  #open: { readonly line: number; readonly texts: string[] } | undefined;

  /** `accept` throws for a file of another system; `skip` objects are counted and not read. */
  constructor(skip: number, accept: (origin: StagingOrigin) => void) {
    this.#skip = skip;
    this.#accept = accept;
  }

  take(text: string): StagingPart | undefined {
    this.#line += 1;
    if (this.#isWhole) throw malformed(this.#line, 'something follows the last line');
    if (text.endsWith('\r')) throw malformed(this.#line, 'its end of line was changed on the way (\\r\\n)');
    if (this.#tables === undefined) return this.#takeHead(text);
    if (text.startsWith('#END\t')) return this.#takeEnd(text);
    if (text.startsWith('#')) return this.#takeColumns(text, this.#tables);
    return this.#takeRow(text, this.#tables);
  }

  /** After the last line: what is still open, and the end; throws where the file is not whole. */
  *end(): Generator<StagingPart> {
    if (!this.#isWhole) throw new GatewayError('STAGING_TRUNCATED', { objects: Math.max(0, this.#objects - 1) });
    const last = this.#close();
    if (last !== undefined) yield last;
    yield { end: { objects: this.#objects } };
  }

  #takeHead(text: string): StagingPart {
    const origin = readOrigin(text);
    this.#accept(origin);
    this.#tables = tablesOf[origin.head.kind];
    return { head: origin.head };
  }

  #takeColumns(text: string, tables: ObjectTables): undefined {
    if (this.#objects > 0) throw malformed(this.#line, 'fields of a table stand behind rows');
    const columns = readColumns(text, this.#line, tables, this.#columns);
    this.#columns.set(columns.table, columns);
  }

  #takeEnd(text: string): undefined {
    const [, objects, rows, ...more] = text.split('\t');
    const isSame = objects === String(this.#objects) && rows === String(this.#rows) && more.length === 0;
    if (!isSame)
      throw malformed(this.#line, `it has ${this.#objects} objects with ${this.#rows} rows and says otherwise`);
    this.#isWhole = true;
  }

  #takeRow(text: string, tables: ObjectTables): StagingPart | undefined {
    this.#rows += 1;
    const table = tableOf(text);
    if (table === tables.own) return this.#begin(text);
    if (!this.#columns.has(table)) throw malformed(this.#line, 'it is a row of no table that was named');
    if (this.#objects === 0) throw malformed(this.#line, `it stands before the first row of ${tables.own}`);
    if (this.#open === undefined) return undefined;
    if (this.#open.texts.length >= maxRowsOfObject) throw malformed(this.#line, 'one object has too many rows');
    this.#open.texts.push(text);
    return undefined;
  }

  #begin(text: string): StagingPart | undefined {
    const before = this.#close();
    this.#objects += 1;
    this.#open = this.#objects > this.#skip ? { line: this.#line, texts: [text] } : undefined;
    return before;
  }

  #close(): { readonly object: StagedObject } | undefined {
    const open = this.#open;
    const tables = this.#tables;
    this.#open = undefined;
    if (open === undefined || tables === undefined) return undefined;
    const rows = open.texts.map((text, index) => this.#rowOf(text, open.line + index));
    const key = rows[0]?.value(tables.key) ?? '';
    if (key === '') throw malformed(open.line, `${tables.key} is empty`);
    const stranger = rows.findIndex((row) => row.value(tables.key) !== key);
    if (stranger > 0)
      throw malformed(open.line + stranger, `it belongs to another object than ${tables.own} before it`);
    const { line, texts } = open;
    return {
      object: {
        line,
        key,
        rows,
        get hash() {
          return hash('sha256', texts.join('\n'));
        },
      },
    };
  }
  #rowOf(text: string, line: number): StagedRow {
    const table = tableOf(text);
    return new StagedRow(text, this.#columns.get(table) ?? columnsOf(table, []), line);
  }
}

const tableOf = (text: string): string => text.slice(0, Math.max(0, text.indexOf('\t')));
