/**
 * What reading IDocs costs, as ratios inside this run: `node gateway/bench/idoc.ts [--quick]`.
 *
 * - XML to whole, checked IDocs against the streaming parser saxes, which sees the same bytes and keeps nothing.
 * - Flat files likewise against splitting alone: into fields by name, and, for the record, into lines alone.
 * - Peak memory with 1 GB against that with 10 MB, each document made on the fly by a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { documentOf } from './idoc/documents.ts';
import type { Form } from './idoc/documents.ts';
import type { MemoryOrder, MemoryTaken } from './idoc/memory.ts';
import { parseXml, readIdocs, splitFields, splitLines } from './idoc/yardsticks.ts';
import { pairedRounds } from './rounds.ts';

const isQuick = process.argv.includes('--quick');
const repetitions = isQuick ? 3 : 8;
const megabyte = 1024 * 1024;
const documentBytes = (isQuick ? 16 : 32) * megabyte;
const [smallBytes, largeBytes] = [10 * megabyte, (isQuick ? 200 : 1024) * megabyte];

/** The flags that Docker image and systemd unit start the agent with. */
const deployedFlags = ['--max-semi-space-size=8'];

/** MB/s of one way to read a document that lies in memory; each way must find as many segments as the others. */
function rateOf(
  chunks: readonly Buffer[],
  expectedSegments: number,
  read: (chunks: Iterable<Buffer>) => Promise<number> | number,
) {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return async (): Promise<number> => {
    const startedMs = performance.now();
    const segments = await read(chunks);
    const seconds = (performance.now() - startedMs) / 1000;
    if (segments !== expectedSegments) throw new Error(`${segments} segments instead of ${expectedSegments}`);
    return bytes / 1e6 / seconds;
  };
}

async function compare(form: Form, yardstick: (chunks: Iterable<Buffer>) => number, goal?: string): Promise<object> {
  const chunks = [...documentOf(form, documentBytes)];
  const segments = yardstick(chunks);
  const ours = rateOf(chunks, segments, (each) => readIdocs(form, each));
  const bare = rateOf(chunks, segments, yardstick);
  // Once unmeasured: compiling is not what is compared.
  await ours();
  await bare();
  const { ratio, ours: oursRate, yardstick: bareRate } = await pairedRounds(repetitions, ours, bare);
  return { ...(goal === undefined ? {} : { goal }), ratio, mbPerSecond: { ours: oursRate, bare: bareRate } };
}

async function memoryWith(order: MemoryOrder): Promise<MemoryTaken> {
  const child = fork(new URL('./idoc/memory.ts', import.meta.url), {
    execArgv: deployedFlags,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(order);
  const [taken] = (await once(child, 'message')) as [MemoryTaken];
  return taken;
}

async function compareMemory(form: Form): Promise<object> {
  const small = await memoryWith({ form, bytes: smallBytes });
  const large = await memoryWith({ form, bytes: largeBytes });
  const megabytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
  return {
    goal: 'flat: growth <= 1.25',
    growth: Math.round((large.peakRssBytes / small.peakRssBytes) * 100) / 100,
    documentsMb: [megabytes(smallBytes), megabytes(largeBytes)],
    peakRssMb: [megabytes(small.peakRssBytes), megabytes(large.peakRssBytes)],
  };
}

const report = {
  xmlAgainstBareParser: await compare('xml', parseXml, 'ratio >= 0.5'),
  flatAgainstSplittingIntoFields: await compare('flat', splitFields, 'ratio >= 0.5'),
  flatAgainstSplittingIntoLines: await compare('flat', splitLines),
  xmlMemory: await compareMemory('xml'),
  flatMemory: await compareMemory('flat'),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
