/**
 * What IDocs cost on their way to the model, as ratios inside this run: `node gateway/bench/idoc.ts [--quick]`.
 *
 * - XML to changes of records, checked, hashed and translated, against the streaming parser saxes, which sees the same bytes
 *   and keeps nothing.
 * - Flat files likewise against splitting alone, into fields by name; and, for the record, into lines alone.
 * - Reading alone, without hash and translation: where the time goes.
 * - Peak memory of that with 100 MB and 1 GB against 10 MB, each document made on the fly by a process of its own.
 *
 * The IDocs are those of every customer, material and order of the simulated SAP, as its ports write them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { documentOf } from './idoc/documents.ts';
import type { MemoryOrder, MemoryTaken } from './idoc/memory.ts';
import { makeTemplates, messageTypes } from './idoc/templates.ts';
import type { Form, MessageType } from './idoc/templates.ts';
import { parseXml, splitFields, splitLines, toIdocs, toModel } from './idoc/yardsticks.ts';
import { pairedRounds } from './rounds.ts';

type Way = (chunks: Iterable<Buffer>) => Promise<number> | number;

const isQuick = process.argv.includes('--quick');
const repetitions = isQuick ? 3 : 8;
/** Some functions are compiled again as they meet more forms of records; after twenty short rounds nothing becomes faster. */
const warmUpRounds = isQuick ? 24 : 12;
const megabyte = 1024 * 1024;
/** Flat files take a fifth of the time. */
const documentBytes: Readonly<Record<Form, number>> = {
  xml: (isQuick ? 4 : 12) * megabyte,
  flat: (isQuick ? 16 : 48) * megabyte,
};
const memoryBytes = (isQuick ? [10, 100] : [10, 100, 1024]).map((size) => size * megabyte);

/** The flags that Docker image and systemd unit start the agent with. */
const deployedFlags = ['--max-semi-space-size=8'];

const templates = await makeTemplates();

/** MB per second of CPU of one way through a document that lies in memory; each way must find as many IDocs as the others. */
function rateOf(chunks: readonly Buffer[], expectedIdocs: number, way: Way): () => Promise<number> {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return async () => {
    // Seconds of CPU, collecting garbage included: nothing here waits, and what else runs on the machine must not weigh.
    const before = process.cpuUsage();
    const idocs = await way(chunks);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (idocs !== expectedIdocs) throw new Error(`${idocs} IDocs instead of ${expectedIdocs}`);
    return bytes / 1e6 / seconds;
  };
}

async function compare(form: Form, type: MessageType, way: Way, yardstick: Way): Promise<object> {
  const chunks = [...documentOf(form, templates[type][form], documentBytes[form])];
  const idocs = await yardstick(chunks);
  const [ours, bare] = [rateOf(chunks, idocs, way), rateOf(chunks, idocs, yardstick)];
  // Unmeasured until all of it is compiled, which is not what is compared.
  for (let round = 0; round < warmUpRounds; round += 1) {
    await ours();
    await bare();
  }
  const { ratio, ours: oursRate, yardstick: bareRate } = await pairedRounds(repetitions, ours, bare);
  return { ratio, mbPerSecond: { ours: oursRate, bare: bareRate } };
}

/** Of each message type, one after the other. */
async function compareAll(form: Form, way: Way, yardstick: Way): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  for (const type of messageTypes) results[type] = await compare(form, type, way, yardstick);
  return results;
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
  const peaks: number[] = [];
  for (const bytes of memoryBytes) {
    const { peakRssBytes } = await memoryWith({ form, template: templates.DEBMAS[form], bytes });
    peaks.push(Math.round(peakRssBytes / 104_857.6) / 10);
  }
  const growth = Math.round(((peaks.at(-1) ?? 0) / (peaks[0] ?? 1)) * 100) / 100;
  return { goal: 'growth <= 1.25', growth, documentsMb: memoryBytes.map((it) => it / megabyte), peakRssMb: peaks };
}

const goal = 'ratio >= 0.5';
const whole =
  (form: Form): Way =>
  (chunks) =>
    toModel(form, chunks);
const reading =
  (form: Form): Way =>
  (chunks) =>
    toIdocs(form, chunks);
const report = {
  xmlToModelAgainstBareParser: { goal, ...(await compareAll('xml', whole('xml'), parseXml)) },
  flatToModelAgainstSplittingIntoFields: { goal, ...(await compareAll('flat', whole('flat'), splitFields)) },
  flatToModelAgainstSplittingIntoLines: await compareAll('flat', whole('flat'), splitLines),
  xmlReadingAgainstBareParser: await compareAll('xml', reading('xml'), parseXml),
  flatReadingAgainstSplittingIntoFields: await compareAll('flat', reading('flat'), splitFields),
  xmlMemory: await compareMemory('xml'),
  flatMemory: await compareMemory('flat'),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
