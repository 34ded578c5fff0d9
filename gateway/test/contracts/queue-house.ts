/** A queue in its place for each test of the contract, with what the tests do again and again. */
import { afterEach, beforeEach } from '@jest/globals';
import type { RecordKey } from '../../src/model/index.ts';
import type { ChangeQueue, ChangeTrace, Settlement, WaitingRecord } from '../../src/ports/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { document, held, org, StandingClock, system } from '../queue/examples.ts';

/** One place where a queue lives: opened, closed, and opened again as after a restart. Its orgs are those of the examples. */
export interface QueuePlace {
  open(clock: Clock): Promise<ChangeQueue>;
  remove(): Promise<void>;
}

/** Opened before each test, and removed after it. */
export class QueueHouse {
  #place: QueuePlace | undefined;
  #queue: ChangeQueue | undefined;
  clock = new StandingClock();

  constructor(createPlace: () => Promise<QueuePlace>) {
    beforeEach(async () => {
      this.clock = new StandingClock();
      this.#place = await createPlace();
      await this.open();
    });
    afterEach(async () => {
      await this.queue.close();
      await this.#place?.remove();
    });
  }

  get queue(): ChangeQueue {
    if (this.#queue === undefined) throw new Error('The queue is not open');
    return this.#queue;
  }

  open = async (): Promise<void> => {
    this.#queue = await this.#place?.open(this.clock);
  };
  restart = async (): Promise<void> => {
    await this.queue.close();
    await this.open();
  };
  take = (limit = 100): Promise<readonly WaitingRecord[]> => this.queue.take(org, system, limit);
  takeOne = async (): Promise<WaitingRecord> => {
    const [record, ...more] = await this.take();
    if (record === undefined || more.length > 0) throw new Error('Not exactly one record is due');
    return record;
  };
  settle = (...settlements: readonly Settlement[]): Promise<void> => this.queue.settle(org, settlements);
  /** Accepts one change and lets its turn end with it held. */
  hold = async (number: number, of: RecordKey, waitsFor?: RecordKey): Promise<void> => {
    await this.queue.accept([document(number, of)]);
    await this.settle(held(await this.takeOne(), waitsFor));
  };
  heldNames = async (): Promise<readonly string[]> => (await this.queue.held(100)).map((each) => each.name);
  traceOne = async (number: string): Promise<ChangeTrace> => {
    const [found, ...more] = await this.queue.trace(number, 10);
    if (found === undefined || more.length > 0) throw new Error('Not exactly one change has this number');
    return found;
  };
}

export const ids = (records: readonly WaitingRecord[]): readonly string[] => records.map((record) => record.key.id);
