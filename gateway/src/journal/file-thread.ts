/** The thread that holds the journal's file, as the agent's thread sees it: messages there, messages back. */
import { Worker } from 'node:worker_threads';
import type { FileSettings, FromFileThread, ToFileThread } from './messages.ts';

/** Whatever runs a `JournalFile`: a worker in the product, a scheduler in a simulation. */
export interface FileThread {
  post(message: ToFileThread): void;
  /** Called once, before anything is posted. */
  onMessage(listener: (message: FromFileThread) => void): void;
  /** Called once; tells that no message will come any more, with the error that ended it where there is one. */
  onExit(listener: (cause?: unknown) => void): void;
}

export type StartFileThread = (settings: FileSettings) => FileThread;

/** Starts the file's worker: syncing to disk never blocks the thread that serves reads. */
export const startWorker: StartFileThread = (settings) => {
  // The same file name in the sources (.ts) and in what operators install (.js).
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const file = new URL(`./sqlite-worker${extension}`, import.meta.url);
  // Without the program's own Node options: some (--input-type) do not fit a thread that runs a file.
  const worker = new Worker(file, { workerData: settings, execArgv: [] });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => {
      worker.once('error', listener);
      worker.once('exit', () => listener());
    },
  };
};
