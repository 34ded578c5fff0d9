/** One of the threads that share a run. */
import { parentPort, workerData } from 'node:worker_threads';
import { runMany } from './run-many.ts';
import type { Share } from './run-many.ts';

// Given by run-on-threads.ts, and by nobody else.
const share = workerData as Share;

// Thousands of failures are thrown on purpose, and nobody reads their stacks; a replay has them.
Error.stackTraceLimit = 0;

const tally = await runMany(share, ({ schedules }) => {
  parentPort?.postMessage({ kind: 'progress', schedules });
  return true;
});
parentPort?.postMessage({ kind: 'over', tally });
