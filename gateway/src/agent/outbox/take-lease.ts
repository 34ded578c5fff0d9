/** What a visit's answer says about the lease, and what this agent makes of it. */
import type { OrgId, SapSystemId } from '../../model/index.ts';
import type { LeaseAnswer } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Holding, Lease } from '../lease.ts';

export interface LeaseTakerParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly agentId: string;
  readonly leaseMs: number;
  /** How much of the lease's time is relied on. */
  readonly leaseShare: number;
  readonly lease: Lease;
  readonly log: Log;
}

/** The fence the visit was made with, and when it began. */
export interface LeaseQuestion {
  readonly fence: number | null;
  readonly startedMs: number;
}

export class LeaseTaker {
  readonly #parts: LeaseTakerParts;
  #refusedFence: number | undefined;

  constructor(parts: LeaseTakerParts) {
    this.#parts = parts;
  }

  /**
   * The holding, `undefined` where this agent stands by, or `taken-over` where another process of the same name has the lease
   * that this one was holding: only that can be, for an agent that asks anew is given it.
   */
  read(said: LeaseAnswer, { fence, startedMs }: LeaseQuestion): Holding | 'taken-over' | undefined {
    const { lease, agentId, leaseMs, leaseShare, log, org, system } = this.#parts;
    const before = lease.holding?.fence;
    if (!said.isHeld) {
      const { holder } = said;
      if (lease.holder !== holder) log.info({ org, system, holder }, 'Another agent writes for this org');
      lease.lose(holder);
      return holder === agentId && fence !== null ? 'taken-over' : undefined;
    }
    // By the shorter of both times, and from before the visit: the org's own lease ends later than what is believed here.
    if (!lease.take(said.fence, startedMs + Math.min(leaseMs, said.expiresInMs) * leaseShare)) {
      if (this.#refusedFence !== said.fence) {
        const words = 'SAP has seen a higher fence than the org gives: nothing is written';
        log.error({ org, system, fence: said.fence }, words);
      }
      this.#refusedFence = said.fence;
      return undefined;
    }
    if (before !== said.fence) log.info({ org, system, fence: said.fence }, 'This agent writes for the org now');
    return lease.holding;
  }
}
