/**
 * The lease of an org and SAP system as this agent knows it (docs/decisions/0013): who begins a write looks here.
 *
 * 1. A holding ends for good: by its time, by what the org or SAP says. What began under it does not go on under the
 *    next one, because between the two somebody else may have acted.
 * 2. Time is measured with the monotonic clock, from before the visit that took the lease.
 */
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { Clock } from '../timing/index.ts';

/** One unbroken time of holding the lease. */
export interface Holding {
  readonly fence: number;
  /** Aborted when it has ended. */
  readonly ended: AbortSignal;
  /** Looks at the clock: a timer may be late in a process that was stopped for a while. */
  isHeld(): boolean;
}

interface OpenHolding extends Holding {
  untilMs: number;
  readonly end: AbortController;
}

export class Lease {
  readonly #clock: Clock;
  readonly #known = Promise.withResolvers<void>();
  #holding: OpenHolding | undefined;
  #holder: string | undefined;
  /** SAP has seen a higher fence than this one. */
  #refusedFence = -1;
  readonly #listeners: (() => void)[] = [];
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get holding(): Holding | undefined {
    return this.#holding?.isHeld() === true ? this.#holding : undefined;
  }

  /** Who holds it, as far as the org has told, while this agent does not. */
  get holder(): string | undefined {
    return this.#holder;
  }

  /** Resolves when the org has been asked for the first time, or cannot be. */
  get known(): Promise<void> {
    return this.#known.promise;
  }

  /** What the org said has been heeded, or it could not be asked: nobody needs to wait for it any more. */
  settle(): void {
    this.#known.resolve();
  }

  /** Tells of each holding that has ended, however it ended. */
  onLost(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The org gave the lease, until this moment of the monotonic clock. False where SAP has refused that fence already. */
  take(fence: number, untilMs: number): boolean {
    if (fence <= this.#refusedFence) return false;
    this.#holder = undefined;
    if (this.#holding === undefined || this.#holding.fence !== fence || !this.#holding.isHeld()) this.#open(fence);
    if (this.#holding !== undefined) this.#holding.untilMs = untilMs;
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(Math.max(0, untilMs - this.#clock.monotonic()), () => this.#close());
    return true;
  }

  /** The org says that somebody else holds it, or this agent gives it back. */
  lose(holder: string | undefined): void {
    this.#holder = holder;
    this.#close();
  }

  /** SAP says that this fence is too old, whatever the org said. */
  refuse(fence: number): void {
    this.#refusedFence = Math.max(this.#refusedFence, fence);
    if (this.#holding !== undefined && this.#holding.fence <= fence) this.#close();
  }

  #open(fence: number): void {
    this.#close();
    const end = new AbortController();
    const isHeld = (): boolean => {
      if (!end.signal.aborted && this.#clock.monotonic() >= holding.untilMs) end.abort();
      return !end.signal.aborted;
    };
    const holding: OpenHolding = { fence, end, ended: end.signal, untilMs: Infinity, isHeld };
    this.#holding = holding;
  }

  #close(): void {
    this.#cancelTimer();
    const holding = this.#holding;
    this.#holding = undefined;
    if (holding === undefined) return;
    holding.end.abort();
    for (const tell of this.#listeners) tell();
  }
}

/** The leases of one agent; an org without a mailbox has none. */
export class Leases {
  readonly #leases = new Map<string, Lease>();

  of(org: OrgId, system: SapSystemId): Lease | undefined {
    return this.#leases.get(`${org} ${system}`);
  }

  add(org: OrgId, system: SapSystemId, lease: Lease): void {
    this.#leases.set(`${org} ${system}`, lease);
  }
}
