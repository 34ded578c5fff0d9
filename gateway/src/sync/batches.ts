/** Which records go into the next call: parents first, rows of one parent together, as many as one call takes. */
import { keyText, recordKindsInOrder } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { PlannedWrite } from './plan.ts';

/** How much fits into one call. */
export interface CallRoom {
  readonly objects: number;
  readonly rowsPerObject: number;
}

/** The records of one call. */
export interface NextCall {
  readonly records: readonly PlannedWrite[];
  /** Another record would not have found room, so waiting longer saves nothing. */
  readonly isFull: boolean;
}

const place = new Map(recordKindsInOrder.map((kind, index) => [kind, index]));
const placeOf = ({ kind }: RecordKey): number => place.get(kind) ?? recordKindsInOrder.length;

/** By kind, then by what Salesforce would lock with it, so that two calls rarely want the same parent. */
export function inWritingOrder(records: readonly PlannedWrite[]): readonly PlannedWrite[] {
  const keyed = records.map((planned) => ({ planned, at: placeOf(planned.record.key), by: lockOf(planned) }));
  keyed.sort((one, other) => one.at - other.at || (one.by < other.by ? -1 : Number(one.by > other.by)));
  return keyed.map(({ planned }) => planned);
}

/** The next call of records in writing order: collections of one kind each, the first ones that fit. */
export function fillCall(ordered: readonly PlannedWrite[], room: CallRoom): NextCall {
  const records: PlannedWrite[] = [];
  let [collections, rows] = [0, 0];
  for (const planned of ordered) {
    const isSameKind = records.at(-1)?.record.key.kind === planned.record.key.kind;
    if (!isSameKind || rows === room.rowsPerObject) {
      if (collections === room.objects) return { records, isFull: true };
      collections += 1;
      rows = 0;
    }
    records.push(planned);
    rows += 1;
  }
  return { records, isFull: collections === room.objects && rows === room.rowsPerObject };
}

/** What a call under way keeps others from: its own records, and the rows that it locks. */
export class UnderWay {
  readonly #keys: ReadonlySet<string>;
  readonly #locks: ReadonlySet<string>;

  constructor(records: readonly PlannedWrite[]) {
    this.#keys = new Set(records.map(({ record }) => keyText(record.key)));
    this.#locks = new Set(records.flatMap(({ parents }) => locks(parents)));
  }

  /** It must not be written at the same time: a parent of it is being written, or it would wait for the same row. */
  blocks({ record, parents }: PlannedWrite): boolean {
    if (this.#locks.has(keyText(record.key))) return true;
    return (
      parents.some((parent) => this.#keys.has(keyText(parent))) || locks(parents).some((key) => this.#locks.has(key))
    );
  }
}

/** Products are referred to by everything and changed by nothing of it: they would make all calls wait for each other. */
const locks = (parents: readonly RecordKey[]): readonly string[] =>
  parents.filter(({ kind }) => kind !== 'product').map(keyText);

const lockOf = ({ record, parents }: PlannedWrite): string => locks(parents)[0] ?? keyText(record.key);

/**
 * Without those that refer to a record of their own kind in the same set: it must be there before them. Where all of them do, they
 * refer to each other, and the org says what it thinks of that.
 */
export function withoutYounger(records: readonly PlannedWrite[]): readonly PlannedWrite[] {
  const present = new Set(records.map(({ record }) => keyText(record.key)));
  const isYounger = ({ record: { key }, parents }: PlannedWrite): boolean =>
    parents.some((parent) => parent.kind === key.kind && parent.id !== key.id && present.has(keyText(parent)));
  const first = records.filter((planned) => !isYounger(planned));
  return first.length === 0 ? records : first;
}
