/** What should go wrong with the org's interfaces, on demand: how often, and for which calls. */

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
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One order for trouble. */
export interface Fault {
  readonly kind: FaultKind;
  /** Only calls whose address contains this, such as `/visit`; every API call when absent. */
  readonly path?: string | undefined;
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
}

/** A REST client waits half a minute and more; this is seen, and ends before a test does. */
const defaultDelayMs = 1_000;

export class Faults {
  #active: ActiveFault[] = [];
  #lastId = 0;
  readonly #struck = new Map<FaultKind, number>();

  add(fault: Fault): number {
    this.#lastId += 1;
    this.#active.push({ id: this.#lastId, fault, toPass: fault.after ?? 0, left: fault.times ?? Infinity });
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
    const found = this.#active.find(({ fault }) => kinds.includes(fault.kind) && path.includes(fault.path ?? ''));
    if (found === undefined) return undefined;
    if (found.toPass > 0) {
      found.toPass -= 1;
      return undefined;
    }
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
