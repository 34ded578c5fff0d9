/**
 * What arrives from SAP goes into the queue, by whichever way it came.
 *
 * 1. When `take` resolves, everything that arrived is on disk, what was refused too: only then may it be acknowledged.
 * 2. One batch is written while the next is being read; a slow disk slows the reading down, and memory stays as it is.
 * 3. When reading fails, what came before stays: SAP sends it again under the same numbers, which changes nothing.
 */
import type { Arrival, ChangeQueue, Checkpoint } from '../../ports/index.ts';
import { Batch } from './batch.ts';
import type { ArrivalResult, ReceiveMeasure, Way } from './receive-metrics.ts';

export interface IntakeParts {
  readonly queue: Pick<ChangeQueue, 'accept' | 'refuse'>;
  readonly measure: ReceiveMeasure;
}

export type Arrivals = AsyncIterable<Arrival> | Iterable<Arrival>;

/** What became of the IDocs or rows of one document. */
export type Taken = Readonly<Record<ArrivalResult, number>>;

export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Takes arrivals to their end, with the checkpoint in the transaction of the last ones. Throws what reading or the queue throws. */
  async take(way: Way, arrivals: Arrivals, checkpoint?: Checkpoint): Promise<Taken> {
    const taken = { new: 0, repeated: 0, conflict: 0, refused: 0 };
    const batch = new Batch();
    const note = (type: string, result: ArrivalResult): void => {
      taken[result] += 1;
      this.#parts.measure.arrived(way, type, result);
    };
    let written: Promise<void> = Promise.resolve();
    const write = async (last?: Checkpoint): Promise<void> => {
      await written;
      written = this.#keep(batch, note, last);
      // It is looked at before the next batch, and at the end; until then it must not count as unheeded.
      written.catch(() => undefined);
    };
    try {
      for await (const arrival of arrivals) {
        batch.add(arrival);
        if (batch.isFull) await write();
      }
    } catch (error) {
      await write();
      await written;
      throw error;
    }
    await write(checkpoint);
    await written;
    return taken;
  }

  async #keep(batch: Batch, note: (type: string, result: ArrivalResult) => void, last?: Checkpoint): Promise<void> {
    const { queue } = this.#parts;
    const { documents, refused } = batch.takeAll();
    // Before the documents: a checkpoint must not go past a refusal that is not on disk. At once, so that they are synced together.
    await Promise.all(refused.map((one) => queue.refuse(one)));
    for (const { source } of refused) note(source.type, 'refused');
    if (documents.length === 0 && last === undefined) return;
    const accepted = await queue.accept(documents, last);
    for (const [index, { result }] of accepted.entries()) note(documents[index]?.source.type ?? '', result);
  }
}
