/** People in SAP, and what its change pointers make of their work: IDocs of two types for one customer, rows of "changes since", files. */
import { keyText, sapSystemId } from '../../src/model/index.ts';
import type { ArrivedDocument, RecordKey } from '../../src/model/index.ts';
import type { Random } from '../schedule/random.ts';
import { changesOf, documentOf, endPath, facetOf, livePaths, orderAt } from './documents.ts';
import type { LiveKind, SapRecord } from './documents.ts';

/** A row that "changes since" tells: the credit of a customer has changed. */
export interface ChangeNote {
  readonly sequence: number;
  readonly record: SapRecord;
}

export const system = sapSystemId.parse('ERPCLNT100');
const keyOf = (kind: LiveKind, id: string): RecordKey => ({ system, kind, id });

export interface OfficeParts {
  readonly random: Random;
  readonly nowMs: () => number;
  /** A document leaves SAP. */
  readonly send: (document: ArrivedDocument) => void;
}

export class SapOffice {
  readonly records = new Map<string, SapRecord>();
  /** The log that "changes since" reads. */
  readonly notes: ChangeNote[] = [];
  readonly #parts: OfficeParts;
  #values = 0;
  #numbers = 4_711;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  ofKind(kind: LiveKind): readonly SapRecord[] {
    return [...this.records.values()].filter(({ key }) => key.kind === kind);
  }

  add(kind: LiveKind, id: string, references: readonly (readonly [string, RecordKey])[] = []): SapRecord {
    const record: SapRecord = {
      key: keyOf(kind, id),
      truth: new Map(),
      references,
      isRemoved: false,
      dirty: new Set(livePaths[kind]),
    };
    this.records.set(keyText(record.key), record);
    for (const path of livePaths[kind]) this.#put(record, path);
    return record;
  }

  addCustomer(id: string): SapRecord {
    const record = this.add('customer', id);
    this.add('sales-area', `${id}/1000/10/00`, [['customer', record.key]]);
    return record;
  }

  addOrder(id: string, customer: RecordKey, product: RecordKey | undefined): SapRecord {
    const order = this.add('order', id, [
      ['customer', customer],
      ['shipTo', customer],
    ]);
    const goods = product === undefined ? [] : ([['product', product]] as const);
    this.add('order-item', `${id}/000010`, [['order', order.key], ...goods]);
    return order;
  }

  /** Somebody changes some paths; nobody hears of it before the next document. */
  edit(record: SapRecord): void {
    const { random } = this.#parts;
    if (random.chance(0.05)) record.isRemoved = !record.isRemoved;
    const paths = livePaths[record.key.kind as LiveKind];
    for (let count = random.between(1, 2); count > 0; count -= 1) {
      const path = paths[random.between(0, paths.length - 1)] ?? paths[0];
      this.#put(record, path);
    }
    record.dirty.add(endPath(record.key.kind));
  }

  #put(record: SapRecord, path: string): void {
    const { random } = this.#parts;
    this.#values += 1;
    const isCleared = random.chance(0.08);
    record.truth.set(path, isCleared ? null : `${path} ${this.#values}`);
    record.dirty.add(path);
    if (facetOf(record.key.kind, path) === 'credit' && record.key.kind === 'customer') this.#note(record);
  }

  #note(record: SapRecord): void {
    this.notes.push({ sequence: this.notes.length + 1, record });
  }

  /** IDocs of all that was changed since the last ones; `reduced`: how likely one says only part of its record. */
  tell(record: SapRecord, reduced: number): void {
    const { kind } = record.key;
    if (kind === 'sales-area' || kind === 'order-item') return this.tell(this.#headOf(record), reduced);
    const { random } = this.#parts;
    const parts = [record, ...this.#below(record)];
    // Two message types speak about one customer; each has paths of its own, and some that the other one has too.
    if (kind === 'customer' && random.chance(0.3))
      this.#tellType('ADRMAS', [record], reduced, ['address.city', 'phone']);
    if (parts.some(({ dirty }) => [...dirty].some((path) => !path.startsWith('credit.'))))
      this.#tellType(types[kind as keyof typeof types], parts, reduced);
  }

  /** A document that says all of a record and what is below it, whether it changed or not. */
  tellAll(record: SapRecord): void {
    const parts = [record, ...this.#below(record)];
    for (const { dirty, key } of parts) for (const path of livePaths[key.kind as LiveKind]) dirty.add(path);
    this.#tellType(types[record.key.kind as keyof typeof types], parts, 0);
  }

  #headOf({ key }: SapRecord): SapRecord {
    const [id = ''] = key.id.split('/');
    const head = this.records.get(keyText(keyOf(key.kind === 'sales-area' ? 'customer' : 'order', id)));
    if (head === undefined) throw new Error(`${keyText(key)} is of nothing`);
    return head;
  }

  #below({ key }: SapRecord): readonly SapRecord[] {
    if (key.kind !== 'customer' && key.kind !== 'order') return [];
    const kind = key.kind === 'customer' ? 'sales-area' : 'order-item';
    return this.ofKind(kind).filter((record) => record.key.id.startsWith(`${key.id}/`));
  }

  #tellType(type: string, parts: readonly SapRecord[], reduced: number, only?: readonly string[]): void {
    const { random, nowMs, send } = this.#parts;
    this.#numbers += 1;
    const number = String(this.#numbers).padStart(16, '0');
    const order = orderAt(nowMs(), number);
    const changes = parts.flatMap((record) => {
      const all: readonly string[] = only ?? livePaths[record.key.kind as LiveKind];
      const told = all.filter((path) => !path.startsWith('credit.'));
      const isReduced = random.chance(reduced);
      const paths = told.filter((path) => !isReduced || record.dirty.has(path) || random.chance(0.2));
      for (const path of paths) record.dirty.delete(path);
      return changesOf(record, paths, order);
    });
    if (changes.length === 0) return;
    send(documentOf({ kind: 'idoc', sender: 'ERPCLNT100', number, type, atMs: nowMs(), changes }));
  }

  /** What a row says now: the record is read when the row is. */
  rowOf({ sequence, record }: ChangeNote): ArrivedDocument {
    const { nowMs } = this.#parts;
    const number = `K${String(sequence).padStart(10, '0')}`;
    // SAP's own clock has seconds.
    const atMs = Math.floor(nowMs() / 1000) * 1000;
    const changes = changesOf(record, ['credit.limit', 'credit.riskClass'], orderAt(atMs, number));
    return documentOf({ ...rows, number, atMs, changes, content: number });
  }

  /** A staging file of now: what it says may be brought as often as somebody wants, under new lines and the same order. */
  stage(): () => readonly ArrivedDocument[] {
    const { nowMs } = this.#parts;
    const atMs = nowMs();
    const order = orderAt(atMs, '0');
    const said = [...this.records.values()].map((record) => {
      const paths: readonly string[] = livePaths[record.key.kind as LiveKind];
      return changesOf(record, paths, order);
    });
    return () =>
      said.map((changes) => {
        this.#numbers += 1;
        const number = String(this.#numbers);
        return documentOf({ kind: 'load', sender: 'staging', number, type: 'load', atMs, changes });
      });
  }
}

const types = { product: 'MATMAS', customer: 'DEBMAS', order: 'ORDRSP' } as const;
const rows = { kind: 'change', sender: 'ERPCLNT100', type: 'changes since' } as const;
