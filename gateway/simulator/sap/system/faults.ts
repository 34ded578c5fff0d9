/** Faults on demand: what should go wrong, for which function, how often. */

export const faultKinds = [
  'slow',
  'work-processes-exhausted',
  'lock-held',
  'logon-refused',
  'short-dump',
  'cut-before-commit',
  'cut-after-commit',
  'hang',
  'garbage',
  'no-authorization',
  'drop-in-call',
  'drop-session',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Only calls of this function; all unless given. */
  readonly function?: string | undefined;
  /** So often, then never again; until removed unless given. */
  readonly times?: number | undefined;
  /** Lets so many matching calls pass first. */
  readonly after?: number | undefined;
  readonly delayMs?: number | undefined;
  /** For `slow`: before the function runs (default), or while it holds its locks, just before its commit. */
  readonly stage?: 'start' | 'commit' | undefined;
  /**
   * For `lock-held`: the lock object, e.g. KNA1 or ZGANGWAY_KEY; its key (every key unless given); who holds it.
   * For `no-authorization`: the authorization object that the pack checks, e.g. F_KNKA_KKB; S_RFC unless given.
   */
  readonly object?: string | undefined;
  readonly key?: string | undefined;
  readonly user?: string | undefined;
}

interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  toPass: number;
  left: number;
}

export class Faults {
  #active: ActiveFault[] = [];
  #lastId = 0;
  #onClear: (() => void)[] = [];
  /** Breaks so many connections whose session is idle; the RFC door sets it. */
  dropIdleSessions: (most: number) => void = () => undefined;

  add(fault: Fault): number {
    this.#lastId += 1;
    if (fault.kind === 'drop-session' && fault.function === undefined) {
      this.dropIdleSessions(fault.times ?? Infinity);
      return this.#lastId;
    }
    this.#active.push({ id: this.#lastId, fault, toPass: fault.after ?? 0, left: fault.times ?? Infinity });
    return this.#lastId;
  }

  clear(): void {
    this.#active = [];
    const waiting = this.#onClear;
    this.#onClear = [];
    waiting.forEach((wake) => wake());
  }

  /** Resolves when the faults are taken away: a hanging call ends then. */
  cleared(): Promise<void> {
    return new Promise((resolve) => this.#onClear.push(resolve));
  }

  list(): readonly object[] {
    return this.#active.map(({ id, fault, left }) => ({ id, ...fault, left: Number.isFinite(left) ? left : null }));
  }

  /** The fault that strikes now, counted down. */
  strike(kind: FaultKind, functionName: string, stage: 'start' | 'commit' = 'start'): Fault | undefined {
    if (this.#active.length === 0) return undefined;
    return this.#take(({ fault }) => {
      // Before the request is read no function is known, and a refused logon refuses every function.
      const isFor = fault.function === undefined || functionName === '' || fault.function === functionName;
      if (fault.kind === 'no-authorization' && fault.object !== undefined) return false;
      return fault.kind === kind && isFor && (fault.stage ?? 'start') === stage;
    });
  }

  /** Whether the user lacks an authorization object by a fault. */
  lacksAuthority(object: string, functionName: string): Fault | undefined {
    if (this.#active.length === 0) return undefined;
    return this.#take(({ fault }) => {
      const isFor = fault.function === undefined || fault.function === functionName;
      return fault.kind === 'no-authorization' && fault.object === object && isFor;
    });
  }

  /** Who holds a lock by a fault. */
  lockHolder(object: string, key: string): string | undefined {
    if (this.#active.length === 0) return undefined;
    const fault = this.#take(({ fault: it }) => {
      const isFor = it.object === undefined || it.object === object;
      return it.kind === 'lock-held' && isFor && (it.key === undefined || it.key === key);
    });
    return fault === undefined ? undefined : (fault.user ?? 'SMITH');
  }

  #take(matches: (active: ActiveFault) => boolean): Fault | undefined {
    const found = this.#active.find(matches);
    if (found === undefined) return undefined;
    if (found.toPass > 0) {
      found.toPass -= 1;
      return undefined;
    }
    found.left -= 1;
    if (found.left <= 0) this.#active = this.#active.filter((it) => it !== found);
    return found.fault;
  }
}
