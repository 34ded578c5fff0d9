/** `npm run simulate`: the shipped agent under a scheduler that decides, by seed, what happens next and what breaks. */
import { readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { runMutants } from './mutants/run-mutants.ts';
import { historyOf, summary } from './run/report.ts';
import { runOnThreads } from './run/run-on-threads.ts';
import { runSchedule } from './run/run-schedule.ts';

/** Enough to read the seconds; everything else would scroll away. */
const progressEveryMs = 500;

async function simulate(options: Options): Promise<boolean> {
  const { schedules, seed, workers, withHistory, asJson, flow } = options;
  if (withHistory && schedules === 1) {
    const result = await runSchedule(seed, true, flow);
    print(historyOf(result));
    return result.broken === undefined;
  }
  const startedMs = performance.now();
  const tally = await runOnThreads(
    { schedules, seed, flow, workers: Math.min(workers, schedules) },
    progressOf(schedules),
  );
  const tookMs = performance.now() - startedMs;
  if (asJson) print(JSON.stringify({ ...tally, counts: Object.fromEntries(tally.counts), tookMs }));
  else print(summary(tally, tookMs));
  if (tally.failure !== undefined && !asJson) print(historyOf(await runSchedule(tally.failure.seed, true, flow)));
  return tally.failure === undefined;
}

/** One line that is written over, and only where somebody looks at it. */
function progressOf(schedules: number): (done: number) => void {
  let saidAtMs = 0;
  return (done) => {
    const nowMs = performance.now();
    if (!process.stderr.isTTY || nowMs - saidAtMs < progressEveryMs) return;
    saidAtMs = nowMs;
    process.stderr.write(`\r${done} of ${schedules} schedules`);
    if (done >= schedules) process.stderr.write('\n');
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  const options = readOptions(process.argv.slice(2));
  const isFine = options.mutants === 'none' ? await simulate(options) : await runMutants(options.mutants, print);
  process.exitCode = isFine ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
