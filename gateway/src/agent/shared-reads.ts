/** Equal reads in flight ask SAP once: the second of two reps on the same page gets the first one's answer. */
import { GatewayError } from '../errors/index.ts';
import type { Deadline } from '../timing/index.ts';
import type { Call } from './call.ts';

/** A caller of a read; `isWaiting` turns false when it has gone. */
export interface Reader {
  readonly call: Call;
  readonly isWaiting: () => boolean;
}

interface SharedRead<Answer> {
  readonly readers: Reader[];
  /** Undefined once it is over. */
  answer: Promise<Answer> | undefined;
}

export class SharedReads<Answer> {
  readonly #running = new Map<string, SharedRead<Answer>>();

  /**
   * The answer of an equal read that is under way, or of a new one, begun with `read`; `isWanted` tells it whether
   * anybody still waits. A read that failed because *another* reader's deadline passed is made again for this one.
   */
  async share(reader: Reader, read: (isWanted: () => boolean) => Promise<Answer>): Promise<Answer> {
    const key = keyOf(reader.call);
    const running = this.#running.get(key);
    if (running?.answer === undefined) return this.#begin(key, reader, read);
    running.readers.push(reader);
    return running.answer.catch((failure: unknown) => {
      if (!wasOthersDeadline(failure, reader.call.deadline)) throw failure;
      return this.share(reader, read);
    });
  }

  #begin(key: string, reader: Reader, read: (isWanted: () => boolean) => Promise<Answer>): Promise<Answer> {
    const readers = [reader];
    const isWanted = (): boolean => readers.some((each) => each.isWaiting());
    const shared: SharedRead<Answer> = { readers, answer: undefined };
    const answer = read(isWanted).finally(() => {
      this.#running.delete(key);
      // A table of the map that was replaced meanwhile keeps its entries until the next full collection.
      shared.answer = undefined;
      readers.length = 0;
    });
    shared.answer = answer;
    this.#running.set(key, shared);
    return answer;
  }
}

/** Only within one org: what one org may see must never depend on what another one asked. */
function keyOf(call: Call): string {
  return JSON.stringify([call.org, call.system, call.operation, call.params, call.query, call.body ?? null]);
}

function wasOthersDeadline(failure: unknown, own: Deadline): boolean {
  return failure instanceof GatewayError && failure.code === 'DEADLINE_PASSED' && !own.hasPassed;
}
