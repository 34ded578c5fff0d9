/** Our own probe: kept by the queue, taken in its turn, reported to the org. How long ago the last one was is how alive the flow is. */
import { createHash } from 'node:crypto';
import { toGatewayError } from '../errors/index.ts';
import { orderOf } from '../model/index.ts';
import type { ArrivedDocument, OrgId, SapSystemId } from '../model/index.ts';
import type { ChangeQueue, WaitingRecord } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import type { Log } from '../telemetry/index.ts';
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';

export interface CanaryParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly queue: Pick<ChangeQueue, 'accept'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs: number;
}

/** The last canary that went round. */
export interface CanaryRound {
  readonly atMs: number;
  /** From its keeping to Salesforce's commit. */
  readonly tookMs: number;
}

export class Canary {
  readonly #parts: CanaryParts;
  readonly #startedMs: number;
  #last: CanaryRound | undefined;

  constructor(parts: CanaryParts) {
    this.#parts = parts;
    this.#startedMs = parts.clock.now();
  }

  get last(): CanaryRound | undefined {
    return this.#last;
  }

  /** Since the last one went round, or since the start where none has. */
  get ageMs(): number {
    return Math.max(0, this.#parts.clock.now() - (this.#last?.atMs ?? this.#startedMs));
  }

  /** Sends one after the other on its way until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, everyMs } = this.#parts;
    // Soon, because nobody knows yet whether the way is open; not at once, because what an earlier run has left goes first.
    await sleep(clock, Math.round(everyMs / 6), signal);
    while (!signal.aborted) {
      await this.#send();
      await sleep(clock, everyMs, signal);
    }
  }

  /** Its round as it is while the report that ends it is being sent. */
  roundOf(record: WaitingRecord): CanaryRound {
    const atMs = this.#parts.clock.now();
    const sentMs = Math.min(atMs, ...record.changes.map(({ arrivedAtMs }) => arrivedAtMs));
    return { atMs, tookMs: atMs - sentMs };
  }

  wentRound(round: CanaryRound): void {
    this.#last = round;
  }

  async #send(): Promise<void> {
    const { queue, log, org, system } = this.#parts;
    try {
      await queue.accept([this.#document()]);
    } catch (thrown) {
      // Its age says it louder than a log line could.
      log.debug({ org, system, ...errorFields(toGatewayError(thrown)) }, 'The queue does not take the canary');
    }
  }

  #document(): ArrivedDocument {
    const { clock, org, system } = this.#parts;
    const nowMs = clock.now();
    // Chance, so that a clock that is set back makes no number twice.
    const number = `${nowMs}-${Math.floor(clock.random() * 1_000_000)}`;
    const createdAt = new Date(nowMs).toISOString();
    const key = { system, kind: 'canary', id: org } as const;
    const order = orderOf(createdAt, number);
    return {
      source: { kind: 'canary', sender: `canary/${org}`, number, type: 'canary', createdAt },
      contentHash: createHash('sha256').update(number).digest('hex'),
      changes: [{ key, facet: 'master', order, fields: {}, isRemoved: false, parents: [] }],
    };
  }
}
