/** The thread that holds a file, as the thread that asks sees it: messages there, messages back. */
import { Worker } from 'node:worker_threads';
import type { FromFileThread, ToFileThread } from './messages.ts';

/** Whatever runs the file's work: a worker in the product, a scheduler in a simulation. */
export interface FileThread<Request, Reply> {
  post(message: ToFileThread<Request>): void;
  /** Called once, before anything is posted. */
  onMessage(listener: (message: FromFileThread<Reply>) => void): void;
  /** Called once; tells that no message will come any more, with the error that ended it where there is one. */
  onExit(listener: (cause?: unknown) => void): void;
}

/**
 * Starts a room's worker: syncing to disk never blocks the thread that serves. `beside` is the asking module's own URL, `name` the
 * worker's file beside it, without extension.
 */
export function startFileThread<Request, Reply>(
  beside: string,
  name: string,
  settings: unknown,
): FileThread<Request, Reply> {
  // The same file name in the sources (.ts) and in what operators install (.js).
  const extension = beside.slice(beside.lastIndexOf('.'));
  // Without the program's own Node options: some (--input-type) do not fit a thread that runs a file.
  const worker = new Worker(new URL(`./${name}${extension}`, beside), { workerData: settings, execArgv: [] });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => {
      worker.once('error', listener);
      worker.once('exit', () => listener());
    },
  };
}
