/**
 * What writing down costs, as ratios inside this run: `node gateway/bench/journal.ts [--quick]`.
 *
 * - Journalled writes per second with 64 in flight, each its intent and its outcome, against raw appends of the same bytes to a
 *   file, synced in batches the same way.
 * - The p99 of reads while such writes run, against the p99 of reads alone.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createExecutor } from '../src/agent/execute/index.ts';
import { openJournal } from '../src/journal/index.ts';
import type { WriteIntent, WriteJournal } from '../src/ports/index.ts';
import { createMetrics, silentLog } from '../src/telemetry/index.ts';
import { systemClock } from '../src/timing/index.ts';
import { rateOf } from './callers.ts';
import { pairedRounds, quantile } from './rounds.ts';
import { QuickSap, readCall, writeCall, writeIntent, doneOperation, system } from './roles/quick-sap.ts';
import { folderOnDisk, RawAppends } from './roles/raw-appends.ts';

const isQuick = process.argv.includes('--quick');
const repetitions = isQuick ? 3 : 8;
const writesPerWindow = isQuick ? 1_500 : 6_000;
const readsPerWindow = isQuick ? 600 : 2_000;
const inFlight = 64;

const quiet = { clock: systemClock, log: silentLog };
const folder = folderOnDisk('journal');
let serial = 0;
const next = (): number => (serial += 1);

function journalRate(journal: WriteJournal): Promise<number> {
  const write = async (): Promise<void> => {
    const intent = writeIntent(next());
    await journal.begin(intent);
    await journal.record(intent, doneOperation(intent));
  };
  return rateOf(writesPerWindow, inFlight, write);
}

function rawRate(file: RawAppends): Promise<number> {
  const write = async (): Promise<void> => {
    const intent: WriteIntent = writeIntent(next());
    await file.append(JSON.stringify(intent));
    await file.append(JSON.stringify(doneOperation(intent)));
  };
  return rateOf(writesPerWindow, inFlight, write);
}

async function compareRates(journal: WriteJournal): Promise<object> {
  const raw = await RawAppends.open(join(folder, 'raw'));
  await journalRate(journal);
  await rawRate(raw);
  const rounds = await pairedRounds(
    repetitions,
    () => journalRate(journal),
    () => rawRate(raw),
  );
  await raw.close();
  return { goal: 'ratio >= 0.5', ...rounds };
}

async function compareReads(journal: WriteJournal): Promise<object> {
  const sap = new QuickSap();
  const executor = createExecutor({
    ...quiet,
    sap: new Map([[system, sap]]),
    journal,
    metrics: createMetrics('agent'),
  });
  const reads = async (): Promise<number> => {
    const durations: number[] = [];
    await rateOf(readsPerWindow, 8, async () => {
      const startedMs = performance.now();
      await executor.execute(readCall());
      durations.push(performance.now() - startedMs);
    });
    return quantile(durations, 0.99);
  };
  const readsDuringWrites = async (): Promise<number> => {
    let isOver = false;
    const writer = async (): Promise<void> => {
      while (!isOver) await executor.execute(writeCall(next()));
    };
    const writers = Promise.all(Array.from({ length: inFlight }, writer));
    const measured = await reads();
    isOver = true;
    await writers;
    return measured;
  };
  await readsDuringWrites();
  return { goal: 'ratio <= 2', ...(await pairedRounds(repetitions, readsDuringWrites, reads)) };
}

const journal = await openJournal({ file: join(folder, 'journal.sqlite'), maxBytes: 4 * 1024 ** 3 }, quiet);
try {
  const report = {
    writesPerSecondAgainstRawAppends: await compareRates(journal),
    readsP99DuringWrites: await compareReads(journal),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await journal.close();
  rmSync(folder, { recursive: true });
}
