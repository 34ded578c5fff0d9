/** One ingest job: one file, written 200 rows to a transaction, with what became of every row. */
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { insert, sentValues, update, upsert } from '../rest/write-record.ts';
import type { SentRecord, WriteResult, Writer } from '../rest/write-record.ts';
import { CsvError, csvLine, readCsv } from './csv.ts';
import type { CsvShape } from './csv.ts';
import { columnsOf, recordOf, rowError } from './row-cells.ts';
import type { Column } from './row-cells.ts';

/** Rows in one transaction, and in one run of the triggers. */
const chunkRows = 200;

export type IngestState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What a job is made with. */
export interface IngestSettings extends CsvShape {
  readonly id: string;
  readonly object: ObjectDefinition;
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete';
  readonly externalIdField: string;
}

/** A row that was written: `+` for a new record, `=` for one that was there, then its id. */
type Written = string;

export class IngestJob {
  readonly settings: IngestSettings;
  readonly createdAt: number;
  readonly #org: Org;
  readonly #user: OrgUser;
  state: IngestState = 'Open';
  errorMessage: string | undefined;
  processed = 0;
  failed = 0;
  tookMs = 0;
  #file: Buffer | undefined;
  #header: readonly string[] = [];
  /** By row, as far as they were processed. Texts, because a million of them are to fit. */
  readonly #written: Written[] = [];
  readonly #errors = new Map<number, string>();

  constructor(org: Org, user: OrgUser, settings: IngestSettings) {
    this.#org = org;
    this.#user = user;
    this.settings = settings;
    this.createdAt = org.now();
  }

  get hasFile(): boolean {
    return this.#file !== undefined;
  }

  get isEnded(): boolean {
    return ['JobComplete', 'Failed', 'Aborted'].includes(this.state);
  }

  get bytes(): number {
    return this.#file?.length ?? 0;
  }

  upload(file: Buffer): void {
    this.#file = file;
  }

  abort(): void {
    this.state = 'Aborted';
  }

  /** Writes everything; takes turns with the org's other calls. `trouble` may end the job between two transactions. */
  async process(trouble: () => string | undefined): Promise<void> {
    await nextTurn();
    if (this.isEnded) return;
    this.state = 'InProgress';
    const startedAt = performance.now();
    try {
      if (await this.#writeAll(trouble)) this.state = 'JobComplete';
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      this.state = 'Failed';
      this.errorMessage = error.message;
    } finally {
      this.tookMs = Math.round(performance.now() - startedAt);
    }
  }

  /** False where the job was aborted meanwhile. */
  async #writeAll(trouble: () => string | undefined): Promise<boolean> {
    const rows = readCsv(this.#file ?? Buffer.alloc(0), this.settings);
    this.#header = rows.next().value ?? [];
    const columns = columnsOf(this.#org.store, this.settings.object, this.#header);
    let chunk: (readonly string[])[] = [];
    for (const row of rows) {
      if (row.length !== columns.length)
        throw new CsvError(`InvalidBatch : Row ${this.processed + chunk.length + 1} has ${row.length} cells`);
      chunk.push(row);
      if (chunk.length < chunkRows) continue;
      this.#writeChunk(columns, chunk, trouble);
      chunk = [];
      await nextTurn();
      if (this.isEnded) return false;
    }
    if (chunk.length > 0) this.#writeChunk(columns, chunk, trouble);
    return true;
  }

  #writeChunk(
    columns: readonly Column[],
    chunk: readonly (readonly string[])[],
    trouble: () => string | undefined,
  ): void {
    const failure = trouble();
    if (failure !== undefined) throw new CsvError(failure);
    this.#org.rowsWanted(chunk.length);
    const seen = new Set<string>();
    const prepared = chunk.map((cells) => this.#attempt(() => this.#prepare(columns, cells, seen)));
    const transaction = this.#org.store.begin(this.#user.id);
    const writer: Writer = { org: this.#org, user: this.#user, transaction, allowsDuplicates: false };
    for (const write of prepared) {
      const { mark } = transaction;
      const result = write instanceof SalesforceError ? write : this.#attempt(() => write(writer));
      if (result instanceof SalesforceError) transaction.rollbackTo(mark);
      this.#keep(result);
    }
    transaction.commit();
  }

  #attempt<T>(work: () => T): T | SalesforceError {
    try {
      return work();
    } catch (error) {
      if (error instanceof SalesforceError) return error;
      throw error;
    }
  }

  #keep(result: WriteResult | SalesforceError): void {
    if (result instanceof SalesforceError) {
      this.#errors.set(this.processed, rowError(result));
      this.#written.push('');
      this.failed += 1;
    } else this.#written.push((result.isCreated ? '+' : '=') + result.id);
    this.processed += 1;
  }

  #prepare(columns: readonly Column[], cells: readonly string[], seen: Set<string>): (writer: Writer) => WriteResult {
    const { object, operation, externalIdField } = this.settings;
    const record = recordOf(object, columns, cells);
    if (operation === 'upsert') return this.#prepareUpsert(record, externalIdField, seen);
    const { Id, id, ...rest } = record;
    const recordId = String(Id ?? id ?? '');
    const values = sentValues(this.#org, this.#user, object, rest);
    if (operation === 'insert') return (writer) => insert(writer, object, values);
    if (recordId === '')
      throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
    return (writer) => {
      if (operation === 'delete') writer.transaction.delete(object.name, recordId);
      else update(writer, object, recordId, values);
      return { id: recordId, isCreated: false };
    };
  }

  #prepareUpsert(record: SentRecord, keyName: string, seen: Set<string>): (writer: Writer) => WriteResult {
    const { object } = this.settings;
    const name = Object.keys(record).find((one) => one.toLowerCase() === keyName.toLowerCase()) ?? keyName;
    const { [name]: key, ...rest } = record;
    if (typeof key !== 'string')
      throw new SalesforceError('MISSING_ARGUMENT', `${keyName} not specified`, { fields: [keyName] });
    if (seen.has(key.toLowerCase()))
      throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, { fields: [keyName] });
    seen.add(key.toLowerCase());
    const values = sentValues(this.#org, this.#user, object, rest);
    return (writer) => upsert(writer, object, [keyName, key], values);
  }

  /** One of the three files of results. */
  results(which: 'successfulResults' | 'failedResults' | 'unprocessedrecords'): Readable {
    const added = { successfulResults: ['sf__Id', 'sf__Created'], failedResults: ['sf__Id', 'sf__Error'] };
    const titles = which === 'unprocessedrecords' ? [] : added[which];
    return Readable.from(this.#resultLines(which, titles), { objectMode: false, highWaterMark: 65_536 });
  }

  *#resultLines(which: string, titles: readonly string[]): Generator<string, undefined> {
    const rows = readCsv(this.#file ?? Buffer.alloc(0), this.settings);
    const header = rows.next().value ?? this.#header;
    let lines = csvLine([...titles, ...header], this.settings);
    let index = 0;
    for (const cells of rows) {
      const added = this.#resultOf(which, index);
      index += 1;
      if (added === undefined) continue;
      lines += csvLine([...added, ...cells], this.settings);
      if (lines.length < 65_536) continue;
      yield lines;
      lines = '';
    }
    yield lines;
  }

  /** The org's own cells of a row in one of the files; undefined where the row is not in it. */
  #resultOf(which: string, index: number): readonly string[] | undefined {
    const written = this.#written[index];
    if (which === 'unprocessedrecords') return written === undefined ? [] : undefined;
    if (written === undefined) return undefined;
    if (which === 'failedResults') return written === '' ? ['', this.#errors.get(index) ?? ''] : undefined;
    return written === '' ? undefined : [written.slice(1), String(written.startsWith('+'))];
  }
}
