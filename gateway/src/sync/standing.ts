/**
 * How the org stands: works, is left alone after a failure until it is asked again by one call, or is stopped until an operator
 * has acted. One for all calls to an org and system, so that nothing hammers an org that is down.
 */
import type { GatewayError } from '../errors/index.ts';
import { backoffMs } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { callCauseOf, callWaitsOf } from './policy.ts';

export class OrgStanding {
  readonly #clock: Clock;
  #failures = 0;
  #underWay = 0;
  #goneOn = 0;
  #closedUntilMs = 0;
  #failure: GatewayError | undefined;
  #stopped: GatewayError | undefined;
  #lastSuccessMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What the last call failed with, while none has succeeded since. */
  get failure(): GatewayError | undefined {
    return this.#stopped ?? this.#failure;
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** On the monotonic clock; undefined before the first. */
  get lastSuccessMs(): number | undefined {
    return this.#lastSuccessMs;
  }

  /** Whether a call may begin now; after a failure one alone asks how it is. */
  get mayCall(): boolean {
    if (this.#stopped !== undefined || this.waitMs > 0) return false;
    return this.#failures === 0 || this.#underWay === 0;
  }

  /** Until the org may be asked again. */
  get waitMs(): number {
    return Math.max(0, this.#closedUntilMs - this.#clock.monotonic());
  }

  /** How often an operator has acted: a call that began before the last time may fail with what was corrected since. */
  get goneOn(): number {
    return this.#goneOn;
  }

  /** To be told of every call, before it; then one of the two ends. Returns `goneOn`. */
  begin(): number {
    this.#underWay += 1;
    return this.#goneOn;
  }

  succeeded(): void {
    this.#underWay -= 1;
    this.#failures = 0;
    this.#failure = undefined;
    this.#closedUntilMs = 0;
    this.#lastSuccessMs = this.#clock.monotonic();
  }

  /** `begun`: what `goneOn` was when the call began. */
  failed(error: GatewayError, begun: number): void {
    this.#underWay -= 1;
    // Two calls that were under way together fail for one reason: the second does not make the wait longer.
    if (this.waitMs === 0) this.#failures += 1;
    this.#failure = error;
    // What failed with what was corrected since is asked again soon: it says nothing about how the org is now.
    const cause = begun === this.#goneOn ? callCauseOf(error) : 'away';
    if (cause === 'stop') this.#stopped = error;
    const waitMs = backoffMs(this.#clock, callWaitsOf(cause), Math.max(1, this.#failures));
    this.#closedUntilMs = Math.max(this.#closedUntilMs, this.#clock.monotonic() + waitMs);
  }

  /** The local end is broken: nothing may be sent whose outcome cannot be kept. */
  stop(error: GatewayError): void {
    this.#stopped = error;
  }

  /** An operator has corrected something: asks again at once. */
  goOn(): void {
    this.#goneOn += 1;
    this.#stopped = undefined;
    this.#closedUntilMs = 0;
    this.#failures = Math.min(this.#failures, 1);
  }
}
