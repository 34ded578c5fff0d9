/** What should go wrong with the org's interfaces, on demand: how often, and for which calls or rows. */
import { sequenceOf } from './chance.ts';

/** What strikes a single row of a write. */
export const rowFaultKinds = [
  'record-locked',
  'rule-refuses',
  'storage-full',
  'duplicate-found',
  'record-gone',
] as const;
export type RowFaultKind = (typeof rowFaultKinds)[number];

export const faultKinds = [
  'lost-before-commit',
  'lost-after-commit',
  'server-error',
  'unavailable',
  'slow',
  'row-locked',
  'limit-reached',
  'session-expired',
  'garbage',
  'bell-silent',
  'bell-late',
  'cut-answer',
  'job-fails',
  ...rowFaultKinds,
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One order for trouble. */
export interface Fault {
  readonly kind: FaultKind;
  /** Only calls whose address contains this, such as `/visit`; every API call when absent. */
  readonly path?: string | undefined;
  /** Only rows of this object. */
  readonly object?: string | undefined;
  /** Only rows in which this text stands: a record's id, its external id, its name. */
  readonly record?: string | undefined;
  /** What a rule of the org says. */
  readonly message?: string | undefined;
  /** Only each n-th call or row that is meant. */
  readonly every?: number | undefined;
  /** Only some of them, from 0 to 1; which ones is the same in every run. */
  readonly chance?: number | undefined;
  /** So often, then never again; until removed when absent. */
  readonly times?: number | undefined;
  /** Lets so many calls pass first. */
  readonly after?: number | undefined;
  /** For `slow` and `bell-late`. */
  readonly delayMs?: number | undefined;
}

interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  toPass: number;
  left: number;
  /** How many were meant so far. */
  seen: number;
  readonly next: () => number;
}

/** A REST client waits half a minute and more; this is seen, and ends before a test does. */
const defaultDelayMs = 1_000;

export class Faults {
  #active: ActiveFault[] = [];
  #lastId = 0;
  readonly #struck = new Map<FaultKind, number>();

  add(fault: Fault): number {
    this.#lastId += 1;
    this.#active.push({
      id: this.#lastId,
      fault,
      toPass: fault.after ?? 0,
      left: fault.times ?? Infinity,
      seen: 0,
      next: sequenceOf(this.#lastId),
    });
    return this.#lastId;
  }

  clear(): void {
    this.#active = [];
  }

  list(): readonly object[] {
    return this.#active.map(({ id, fault, left }) => ({ id, ...fault, left: Number.isFinite(left) ? left : null }));
  }

  /** How often each kind has struck. */
  struck(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#struck);
  }

  /** The fault of one of these kinds that strikes a call to `path` now, counted down. */
  strike(kinds: readonly FaultKind[], path: string): Fault | undefined {
    return this.strikeWhere(kinds, (fault) => path.includes(fault.path ?? ''));
  }

  /** The same for whatever a fault can be about. */
  strikeWhere(kinds: readonly FaultKind[], isMeant: (fault: Fault) => boolean): Fault | undefined {
    if (this.#active.length === 0) return undefined;
    const found = this.#active.find((one) => kinds.includes(one.fault.kind) && isMeant(one.fault) && isDue(one));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#active = this.#active.filter((one) => one !== found);
    this.#struck.set(found.fault.kind, (this.#struck.get(found.fault.kind) ?? 0) + 1);
    return { ...found.fault, delayMs: found.fault.delayMs ?? defaultDelayMs };
  }

  /** What becomes of an event that is published now. */
  fateOfEvent(): { readonly isLost: boolean; readonly delayMs: number } {
    if (this.strike(['bell-silent'], '') !== undefined) return { isLost: true, delayMs: 0 };
    return { isLost: false, delayMs: this.strike(['bell-late'], '')?.delayMs ?? 0 };
  }
}

/** Whether a fault strikes what it is meant for, this time. */
function isDue(one: ActiveFault): boolean {
  if (one.toPass > 0) {
    one.toPass -= 1;
    return false;
  }
  one.seen += 1;
  const { every, chance } = one.fault;
  if (every !== undefined && one.seen % every !== 0) return false;
  return chance === undefined || one.next() < chance;
}
