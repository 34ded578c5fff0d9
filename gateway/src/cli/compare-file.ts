/** Compares a staging file with an org, shows what differs, and repairs it when the person says so. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Sides } from '../agent/index.ts';
import { GatewayError } from '../errors/index.ts';
import { compareSides, DifferenceList, RepairSpool, StagingSource } from '../sync/index.ts';
import type { CompareStep, Comparison, KindSummary, StagingFile } from '../sync/index.ts';
import { systemClock } from '../timing/index.ts';
import type { Ask, CompareCommandOptions } from './commands/compare.ts';
import { endProcess } from './end-process.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

export interface CompareOrder {
  readonly file: string;
  readonly options: CompareCommandOptions;
  readonly ask?: Ask | undefined;
}

/** Sorted copies of both sides would stay behind, and they are customer data. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;

export async function compareFile(terminal: Terminal, sides: Sides, order: CompareOrder): Promise<void> {
  const { file, options } = order;
  const report = resolve(options.report ?? `${file}.${sides.org}.differences.tsv`);
  // Where the list has room, both sides have; a machine's folder for temporary files may be its memory.
  const folder = await mkdtemp(join(dirname(report), '.gangway-compare-'));
  const stop = (): never => {
    rmSync(folder, { recursive: true, force: true });
    return endProcess(exitCodes.failed);
  };
  for (const signal of stopSignals) process.once(signal, stop);
  try {
    terminal.progress?.('Looking through the file');
    const source = new StagingSource(file, sides.readStaging);
    const staging = await source.lookThrough();
    const origin = { head: staging.head, fileName: source.name, stamp: stampOf(systemClock.now()) };
    const repairs = await RepairSpool.open(join(folder, 'repairs'), origin);
    try {
      const comparison = await compare(terminal, sides, { source, staging, folder, report, repairs });
      say(terminal, { comparison, staging, report, isJson: options.json === true });
      if (repairs.count > 0) await repair(terminal, sides, order, repairs);
    } finally {
      await repairs.close();
    }
  } finally {
    for (const signal of stopSignals) process.off(signal, stop);
    await rm(folder, { recursive: true, force: true });
  }
}

interface CompareGround {
  readonly source: StagingSource;
  readonly staging: StagingFile;
  readonly folder: string;
  readonly report: string;
  readonly repairs: RepairSpool;
}

async function compare(
  terminal: Terminal,
  { sink, queue }: Sides,
  { source, staging, folder, report, repairs }: CompareGround,
): Promise<Comparison> {
  const list = await DifferenceList.open(report);
  try {
    return await compareSides({
      source,
      file: staging,
      sink,
      queue: queue ?? { trace: () => Promise.resolve([]) },
      clock: systemClock,
      folder,
      list,
      repairs,
      onProgress: (step, records) => terminal.progress?.(`${stepWords[step]}: ${records} records`),
    });
  } finally {
    await list.close();
  }
}

const stepWords: Readonly<Record<CompareStep, string>> = {
  'read-sap': 'Reading the file',
  'read-salesforce': 'Reading Salesforce',
  compare: 'Comparing',
};

async function repair(
  terminal: Terminal,
  { queue, org }: Sides,
  { options, ask }: CompareOrder,
  repairs: RepairSpool,
): Promise<void> {
  process.exitCode = exitCodes.failed;
  if (options.repair !== true) return terminal.say('Nothing was changed; --repair puts it right after asking.');
  if (queue === undefined)
    throw new GatewayError('QUEUE_FAILED', {
      reason: 'the agent has made none yet, and only it brings repairs to an org',
    });
  const isWanted =
    options.yes === true || (await (ask ?? askPerson)(`Let ${repairs.count} records of ${org} be put right? [y/N] `));
  if (isWanted !== true) return terminal.say('Nothing was changed.');
  const accepted = await repairs.repair(queue, (count) =>
    terminal.progress?.(`${count} of ${repairs.count} handed over`),
  );
  terminal.say(
    `${accepted} records were handed to the agent, which writes them as it writes every change; newer data stays.`,
  );
  terminal.say('`gangway trace` and `gangway queue` show what became of them.');
  process.exitCode = exitCodes.done;
}

async function askPerson(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}

interface Said {
  readonly comparison: Comparison;
  readonly staging: StagingFile;
  readonly report: string;
  readonly isJson: boolean;
}

function say(terminal: Terminal, { comparison, staging, report, isJson }: Said): void {
  const { kinds, unwanted, refused } = comparison;
  if (isJson) {
    const outcome = { file: staging, kinds: Object.fromEntries(kinds), unwanted, refused, differences: report };
    return terminal.print(JSON.stringify(outcome, null, 2));
  }
  const { head, objects } = staging;
  terminal.print(
    `${objects} ${head.kind} of ${head.system}, extracted ${head.createdAt}, beside Salesforce as it is now`,
  );
  for (const [kind, summary] of kinds) terminal.print(`  ${kind}: ${wordsOf(summary)}`);
  for (const kind of unwanted) terminal.print(`  ${kind}: not compared, the org's rules do not copy it`);
  if (refused > 0) terminal.print(`  not understood: ${refused} objects, so nothing is called deleted`);
  terminal.say(`Each difference stands in ${report}.`);
}

function wordsOf({ same, different, missingInSalesforce, missingInSap, apart }: KindSummary): string {
  const parts: readonly (readonly [number, string])[] = [
    [different, 'different'],
    [missingInSalesforce, 'missing in Salesforce'],
    [missingInSap, 'no longer in SAP'],
    [apart.newer, 'newer in Salesforce than the file'],
    [apart.waiting, 'with a change on its way'],
    [apart.unproven, 'not in the file and never heard of by SAP'],
    [apart['not-extracted'], 'not in the file, which need not have them'],
  ];
  return [
    `${same} the same`,
    ...parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`),
  ].join(', ');
}

/** `YYYYMMDDHHMMSSmmm` in UTC. */
const stampOf = (ms: number): string => new Date(ms).toISOString().replace(/\D/g, '');
