/**
 * Whether an SAP system can be worked with now, shared by all writes of it: while it is away one ping asks for all, and
 * after a refused logon nothing is sent any more.
 */
import { toGatewayError } from '../../errors/index.ts';
import type { GatewayError } from '../../errors/index.ts';
import type { SapSystem } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { BackoffPolicy, Clock } from '../../timing/index.ts';
import { causeOf } from './policy.ts';
import type { Cause, ExecutePolicy } from './policy.ts';

export interface SapStandingParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: ExecutePolicy;
  /** Aborted when the program stops. */
  readonly stop: AbortSignal;
}

interface Obstacle {
  readonly failure: GatewayError;
  /** Before it nobody asks; never for a refused logon. */
  readonly nextMs: number;
}

export class SapStanding {
  readonly #sap: SapSystem;
  readonly #parts: SapStandingParts;
  #obstacle: Obstacle | undefined;
  /** In a row; only what SAP really did ends the row, because a ping may get through where a write does not. */
  #failures = 0;
  #probe: Promise<void> | undefined;

  constructor(sap: SapSystem, parts: SapStandingParts) {
    this.#sap = sap;
    this.#parts = parts;
  }

  /** What stands in the way of every write; undefined while SAP takes them. */
  get failure(): GatewayError | undefined {
    return this.#obstacle?.failure;
  }

  /** The logon was refused: until the process is started anew nothing is sent. */
  get isRefused(): boolean {
    return this.#obstacle?.nextMs === Infinity;
  }

  /** SAP answered as it should. */
  noteSuccess(): void {
    this.#failures = 0;
    this.#clear();
  }

  /** Something failed; only what concerns every write changes the standing. */
  noteFailure(failure: GatewayError): void {
    if (!isShared(causeOf(failure))) return;
    // Those that were under way together fail together: that is one failure.
    if (this.#obstacle === undefined || causeOf(failure) === 'logon') this.#enter(failure);
  }

  #clear(): void {
    if (!this.isRefused) this.#obstacle = undefined;
  }

  #enter(failure: GatewayError): void {
    const { clock, log, policy } = this.#parts;
    const cause = causeOf(failure);
    if (this.isRefused) return;
    if (cause === 'logon') {
      this.#obstacle = { failure, nextMs: Infinity };
      log.error(
        { system: this.#sap.system, ...errorFields(failure) },
        'SAP cannot be worked with until an operator acts; all writes wait',
      );
      return;
    }
    this.#failures += 1;
    const waits = waitsFor(cause, policy);
    this.#obstacle = { failure, nextMs: clock.monotonic() + backoffMs(clock, waits, this.#failures) };
  }

  /** Resolves when something has changed or `signal` aborts: to be looked at again. */
  async change(signal: AbortSignal): Promise<void> {
    if (this.#obstacle === undefined || signal.aborted) return;
    const aborted = Promise.withResolvers<void>();
    const tell = (): void => aborted.resolve();
    signal.addEventListener('abort', tell, { once: true });
    if (!this.isRefused) this.#probe ??= this.#ask().finally(() => (this.#probe = undefined));
    await Promise.race([aborted.promise, ...(this.#probe === undefined ? [] : [this.#probe])]);
    signal.removeEventListener('abort', tell);
  }

  /** One for all who wait. */
  async #ask(): Promise<void> {
    const { clock, policy, stop } = this.#parts;
    await sleep(clock, Math.max(0, (this.#obstacle?.nextMs ?? 0) - clock.monotonic()), stop);
    if (stop.aborted || this.#obstacle === undefined || this.isRefused) return;
    try {
      await this.#sap.ping(Deadline.in(clock, policy.lookUpTimeoutMs));
      this.#clear();
    } catch (error) {
      const failure = toGatewayError(error);
      // Whatever else it complains about: it is there, and a write will hear its own answer.
      if (isShared(causeOf(failure))) this.#enter(failure);
      else this.#clear();
    }
  }
}

function waitsFor(cause: Cause, policy: ExecutePolicy): BackoffPolicy {
  if (cause === 'paused') return policy.pausedWaits;
  return cause === 'busy' ? policy.busyWaits : policy.awayWaits;
}

const shared: ReadonlySet<Cause> = new Set(['away', 'busy', 'paused', 'logon']);
const isShared = (cause: Cause): boolean => shared.has(cause);
