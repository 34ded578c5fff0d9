/** What is known of one write, journaled before anybody is told. */
import { toGatewayError } from '../../errors/index.ts';
import type { WriteOperation } from '../../model/index.ts';
import type { WriteIntent, WriteJournal } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, sleep } from '../../timing/index.ts';
import type { BackoffPolicy, Clock } from '../../timing/index.ts';

export interface RecordParts {
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly waits: BackoffPolicy;
  /** Aborted when the program stops. */
  readonly stop: AbortSignal;
}

export class RunRecord {
  readonly #key: Pick<WriteIntent, 'org' | 'system' | 'id'>;
  readonly #parts: RecordParts;
  #operation: WriteOperation;

  constructor(key: Pick<WriteIntent, 'org' | 'system' | 'id'>, operation: WriteOperation, parts: RecordParts) {
    this.#key = key;
    this.#operation = operation;
    this.#parts = parts;
  }

  /** As the journal holds it. */
  get operation(): WriteOperation {
    return this.#operation;
  }

  /** Journals the change until the journal takes it; false only when the program stops before. */
  async note(change: Partial<WriteOperation>): Promise<boolean> {
    const { clock, journal, log, waits, stop } = this.#parts;
    const operation = { ...this.#operation, ...change, asOf: laterAsOf(this.#operation, clock) };
    for (let failures = 1; ; failures += 1) {
      try {
        await journal.record(this.#key, operation);
        this.#operation = operation;
        return true;
      } catch (error) {
        const fields = errorFields(toGatewayError(error));
        log.error({ ...fields, failures }, 'The journal takes no entry; the write waits for it');
        if (stop.aborted) return false;
        await sleep(clock, backoffMs(clock, waits, failures), stop);
      }
    }
  }
}

/** Now, and always later than before: the org takes nothing older than what it knows, and clocks are set back. */
export function laterAsOf({ asOf }: Pick<WriteOperation, 'asOf'>, clock: Clock): string {
  return new Date(Math.max(clock.now(), Date.parse(asOf) + 1)).toISOString();
}
