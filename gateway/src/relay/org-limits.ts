/** What one org may use of a relay: calls per second with a burst of twice that, and calls under way at once. */
import { GatewayError } from '../errors/index.ts';
import type { OrgId } from '../model/index.ts';
import type { Clock } from '../timing/index.ts';
import type { RelayLimits } from './settings.ts';

interface Usage {
  tokens: number;
  refilledAtMs: number;
  running: number;
}

const burstFactor = 2;

/** One entry per registered org: only verified orgs come here. */
export class OrgLimits {
  readonly #limits: Pick<RelayLimits, 'callsPerSecond' | 'concurrentCalls'>;
  readonly #clock: Clock;
  readonly #usage = new Map<OrgId, Usage>();

  constructor(limits: Pick<RelayLimits, 'callsPerSecond' | 'concurrentCalls'>, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Calls of all orgs under way. */
  get running(): number {
    return [...this.#usage.values()].reduce((sum, usage) => sum + usage.running, 0);
  }

  /** Throws RATE_LIMITED; otherwise `leave` must follow. */
  enter(org: OrgId): void {
    const usage = this.#refilled(org);
    if (usage.tokens < 1 || usage.running >= this.#limits.concurrentCalls) throw new GatewayError('RATE_LIMITED');
    usage.tokens -= 1;
    usage.running += 1;
  }

  leave(org: OrgId): void {
    const usage = this.#usage.get(org);
    if (usage !== undefined) usage.running -= 1;
  }

  #refilled(org: OrgId): Usage {
    const nowMs = this.#clock.monotonic();
    const most = this.#limits.callsPerSecond * burstFactor;
    const usage = this.#usage.get(org) ?? { tokens: most, refilledAtMs: nowMs, running: 0 };
    const earned = ((nowMs - usage.refilledAtMs) / 1000) * this.#limits.callsPerSecond;
    usage.tokens = Math.min(most, usage.tokens + earned);
    usage.refilledAtMs = nowMs;
    this.#usage.set(org, usage);
    return usage;
  }
}
