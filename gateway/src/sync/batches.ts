/** Which records go into the next call: parents first, rows of one parent together, as many as one call takes. */
import { keyText, recordKindsInOrder } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { PlannedWrite } from './plan.ts';
import type { Suspects } from './suspects.ts';

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

/**
 * By kind, and within it what refers to another one of the set last; then by what Salesforce would lock with it, so that two calls
 * rarely want the same parent.
 */
export function inWritingOrder(records: readonly PlannedWrite[]): readonly PlannedWrite[] {
  const present = new Set(records.map(({ record }) => keyText(record.key)));
  const isYounger = ({ record: { key }, parents }: PlannedWrite): boolean =>
    parents.some((parent) => parent.kind === key.kind && parent.id !== key.id && present.has(keyText(parent)));
  const keyed = records.map((planned) => {
    const at = placeOf(planned.record.key) + (isYounger(planned) ? 0.5 : 0);
    return { planned, at, by: lockOf(planned) };
  });
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

/** What decides about the next call. */
export interface CallChoice {
  readonly room: CallRoom;
  readonly underWay: readonly UnderWay[];
  readonly limitOf: Suspects['limitOf'];
}

/** Records nobody suspects first; those under suspicion go in groups of their own. */
export function chooseCall(pool: readonly PlannedWrite[], { room, underWay, limitOf }: CallChoice): NextCall {
  const free = pool.filter((planned) => !underWay.some((call) => call.blocks(planned)));
  const limits = free.map((planned) => ({ planned, limit: limitOf(planned.record.key) ?? Number.POSITIVE_INFINITY }));
  const innocent = limits.filter(({ limit }) => limit === Number.POSITIVE_INFINITY);
  if (innocent.length > 0) return fillCall(inWritingOrder(innocent.map(({ planned }) => planned)), room);
  // The smallest group first: it is closest to the one that is to blame.
  const smallest = Math.min(...limits.map(({ limit }) => limit));
  const group = limits.filter(({ limit }) => limit === smallest).map(({ planned }) => planned);
  return { records: fillCall(inWritingOrder(group), room).records.slice(0, smallest), isFull: false };
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
