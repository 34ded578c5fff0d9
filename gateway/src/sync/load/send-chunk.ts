/** One chunk of records into the org: what the network or a lock kept away is sent again, everything else ends here. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { RecordKind } from '../../model/index.ts';
import type { RecordOutcome, RecordSink, RecordWrite } from '../../ports/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';

export interface ChunkParts {
  readonly sink: Pick<RecordSink, 'load'>;
  readonly clock: Clock;
  /** Ends the load behind the chunk that is under way, and every wait at once. */
  readonly stopping?: AbortSignal | undefined;
  /** A chunk is waited for before it is sent again. */
  onWait(error: GatewayError, delayMs: number): void;
}

/** A bulk job of one chunk may wait behind other people's jobs; after two hours something is wrong with it. */
const chunkMs = 2 * 3_600_000;
/** An org that is away for longer than some twenty minutes is worth a person's look; the load goes on where it stopped. */
const maxAttempts = 10;
/** A row that is locked four times within half a minute is locked for longer than the others should wait. */
const maxRowAttempts = 4;
const backoff = { firstMs: 2_000, maxMs: 300_000 };

type Outcomes = Map<RecordWrite, RecordOutcome>;

/** The outcomes in the order of the records; throws what stops the whole load. */
export async function sendChunk(
  kind: RecordKind,
  records: readonly RecordWrite[],
  parts: ChunkParts,
): Promise<readonly RecordOutcome[]> {
  const outcomes: Outcomes = new Map();
  for (let attempt = 1; ; attempt += 1) {
    const open = records.filter((each) => isOpen(outcomes.get(each)));
    const broken = await sendOnce(kind, open, outcomes, parts);
    const failure = broken ?? failureOfRows(open, outcomes);
    if (failure === undefined) break;
    const isOver = attempt >= (broken === undefined ? maxRowAttempts : maxAttempts);
    // Rows alone may stay behind; where nothing at all passes, it is the org that is wrong, and the next chunk would fare no better.
    if (isOver && broken === undefined && records.some((each) => !isOpen(outcomes.get(each)))) break;
    if (isOver || failure.disposition !== 'retry') throw failure;
    const delayMs = backoffMs(parts.clock, backoff, attempt);
    parts.onWait(failure, delayMs);
    await sleep(parts.clock, delayMs, parts.stopping);
    if (parts.stopping?.aborted === true) throw failure;
  }
  return records.map((each) => outcomes.get(each) ?? { ended: 'failed', error: new GatewayError('INTERNAL') });
}

/** Gives what broke the call; what had its outcome by then keeps it. */
async function sendOnce(
  kind: RecordKind,
  records: readonly RecordWrite[],
  outcomes: Outcomes,
  { sink, clock }: ChunkParts,
): Promise<GatewayError | undefined> {
  let index = 0;
  try {
    for await (const outcome of sink.load(kind, streamOf(records), Deadline.in(clock, chunkMs))) {
      const record = records[index];
      if (record !== undefined) outcomes.set(record, outcome);
      index += 1;
    }
  } catch (error) {
    return toGatewayError(error);
  }
  return index === records.length ? undefined : new GatewayError('INTERNAL', { outcomes: index });
}

/** A row that waits for a lock, say: the same row may pass the next time. */
function isOpen(outcome: RecordOutcome | undefined): boolean {
  return outcome === undefined || (outcome.ended === 'failed' && outcome.error.disposition === 'retry');
}

function failureOfRows(records: readonly RecordWrite[], outcomes: Outcomes): GatewayError | undefined {
  for (const record of records) {
    const outcome = outcomes.get(record);
    if (outcome?.ended === 'failed' && isOpen(outcome)) return outcome.error;
  }
  return undefined;
}

async function* streamOf(records: readonly RecordWrite[]): AsyncGenerator<RecordWrite> {
  yield* records;
}
