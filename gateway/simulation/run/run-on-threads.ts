/** Shares a run out among threads; the first broken invariant ends it for all. */
import { Worker } from 'node:worker_threads';
import type { Flow } from '../changes/changes-mix.ts';
import { addCounts, emptyTally } from './run-many.ts';
import type { Share, Tally } from './run-many.ts';

type FromWorker =
  { readonly kind: 'progress'; readonly schedules: number } | { readonly kind: 'over'; readonly tally: Tally };

export interface RunSettings {
  readonly schedules: number;
  readonly seed: number;
  readonly workers: number;
  readonly flow?: Flow | undefined;
}

/** `onProgress` hears how many schedules are done, of all threads together. */
export async function runOnThreads(settings: RunSettings, onProgress: (schedules: number) => void): Promise<Tally> {
  const done = new Map<number, number>();
  const workers: Worker[] = [];
  const tallies = Array.from({ length: settings.workers }, (_, index) => {
    const count = Math.ceil((settings.schedules - index) / settings.workers);
    const worker = startWorker({ first: settings.seed + index, step: settings.workers, count, flow: settings.flow });
    workers.push(worker);
    return listen(worker, (schedules) => {
      done.set(index, schedules);
      onProgress([...done.values()].reduce((sum, each) => sum + each, 0));
    });
  });
  const sum = emptyTally();
  const endAll = (): void => workers.forEach((worker) => void worker.terminate());
  await Promise.all(
    tallies.map(async (over) => {
      const tally = await over;
      if (tally === undefined) return;
      add(sum, tally);
      if (tally.failure !== undefined) endAll();
    }),
  );
  return sum;
}

function startWorker(share: Share): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData: share, execArgv: [] });
}

/** Undefined when the thread was ended because another one had found something. */
function listen(worker: Worker, onProgress: (schedules: number) => void): Promise<Tally | undefined> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'over') resolve(message.tally);
      else onProgress(message.schedules);
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve(undefined));
  });
}

function add(sum: Tally, tally: Tally): void {
  sum.schedules += tally.schedules;
  sum.virtualMs += tally.virtualMs;
  addCounts(sum.counts, tally.counts);
  if (tally.failure !== undefined && (sum.failure === undefined || tally.failure.seed < sum.failure.seed)) {
    sum.failure = tally.failure;
  }
}
