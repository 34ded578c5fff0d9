/** What leaves through a port at once, and how it ends. */
import type { SimulatorClock } from '../system/clock.ts';
import type { Idoc, OutgoingIdoc } from './idoc.ts';
import type { IdocFault, TransportFaultKind } from './idoc-faults.ts';

/** IDocs that share one document, with the faults that strike it on its way. */
export interface Packet {
  readonly idocs: readonly Idoc[];
  readonly outgoing: readonly OutgoingIdoc[];
  readonly faults: Readonly<Partial<Record<TransportFaultKind, IdocFault>>>;
}

/** Whether the port took it, in the words of the status record; `bytes` were written. */
export interface Outcome {
  readonly isSent: boolean;
  readonly text: string;
  readonly bytes: number;
}

/** What a port needs besides the packet: time, and word that the system is shut down. */
export interface PortContext {
  readonly clock: SimulatorClock;
  readonly signal: AbortSignal;
}

/** Waits, but not beyond the end of the system. */
export function rest({ clock, signal }: PortContext, delayMs: number): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(delayMs, () => end());
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
  });
}

/** Cuts blocks into pieces of one size, for senders that are slow or stop in the middle. */
export function* inPieces(blocks: Iterable<Buffer>, size: number): Generator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for (const block of blocks) {
    rest = rest.length === 0 ? block : Buffer.concat([rest, block]);
    while (rest.length >= size) {
      yield rest.subarray(0, size);
      rest = rest.subarray(size);
    }
  }
  if (rest.length > 0) yield rest;
}

/** The first `limit` bytes. */
export function* upTo(blocks: Iterable<Buffer>, limit: number): Generator<Buffer> {
  let left = limit;
  for (const block of blocks) {
    if (left <= 0) return;
    yield block.length <= left ? block : block.subarray(0, left);
    left -= block.length;
  }
}

/** Bytes of a document that is rendered twice: once to know its length, once to send it. */
export function measure(blocks: Iterable<Buffer>): number {
  let bytes = 0;
  for (const block of blocks) bytes += block.length;
  return bytes;
}
