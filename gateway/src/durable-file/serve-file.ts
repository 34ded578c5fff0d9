/** The file's own thread: hands batches to the file, and answers after the commit is on the disk. */
import { parentPort } from 'node:worker_threads';
import { FileRefusal } from './file-reasons.ts';
import type { Failed, FromFileThread, ToFileThread } from './messages.ts';

/** A file at work. */
export interface ServedFile<Request, Reply> {
  /** Replies in the order of the requests; they are on the disk by then. */
  run(requests: readonly Request[]): readonly (Reply | Failed)[];
  /** Removes what is due, while nobody waits; returns why it did not work. */
  pruneAfter(requests: readonly Request[]): string | undefined;
  close(): void;
}

/** Runs in a worker until it is told to close; `open` throws FileRefusal where the file cannot be used. */
export function serveFile<Request, Reply>(open: () => ServedFile<Request, Reply>): void {
  const say = (message: FromFileThread<Reply>): void => parentPort?.postMessage(message);
  const serve = (file: ServedFile<Request, Reply>): void => {
    parentPort?.on('message', (message: ToFileThread<Request>) => {
      if (message === 'close') {
        file.close();
        parentPort?.close();
        return;
      }
      say({ kind: 'batch', replies: file.run(message.batch) });
      const warning = file.pruneAfter(message.batch);
      if (warning !== undefined) say({ kind: 'warning', reason: warning });
    });
  };
  try {
    serve(open());
    say({ kind: 'open' });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    say({ kind: 'open-failed', reason: error.message });
    parentPort?.close();
  }
}
