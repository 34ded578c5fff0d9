/** Loads a staging file, shows how far it is, and says what became of its records. */
import type { Sides } from '../agent/index.ts';
import type { OrgId } from '../model/index.ts';
import { loadStaging, ProgressFile, releaseWaiting, StagingSource } from '../sync/index.ts';
import type { KindCounts, LastLoads, LoadProgress, LoadReport } from '../sync/index.ts';
import { systemClock } from '../timing/index.ts';
import { lasting } from './both-sides.ts';
import type { LoadCommandOptions } from './commands/load.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The second one finds no handler any more, and ends the process. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;

export async function loadFile(
  terminal: Terminal,
  { sink, queue, lastLoads, readStaging, org }: Sides,
  file: string,
  options: LoadCommandOptions,
): Promise<void> {
  const failuresPath = `${file}.${org}.failed.tsv`;
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    terminal.say(
      'Stopping behind the records that are under way. Again to end at once; either way it can go on later.',
    );
  };
  terminal.progress?.('Looking through the file');
  for (const signal of stopSignals) process.once(signal, stop);
  const report = await loadStaging({
    source: new StagingSource(file, readStaging),
    sink,
    checkpoints: new ProgressFile(`${file}.${org}.progress.json`),
    clock: systemClock,
    failuresPath,
    again: options.again,
    stopping: stopping.signal,
    onProgress: (progress) => terminal.progress?.(progressLine(progress)),
    onWait: (error, delayMs) => terminal.say(`${error.message} Tried again in ${lasting(delayMs)}.`),
  });
  for (const signal of stopSignals) process.off(signal, stop);
  if (!report.wasLoaded) await noteLoad(lastLoads, org, report);
  const released = queue === undefined || report.wasLoaded ? 0 : await releaseWaiting(queue, org);
  if (options.json === true) terminal.print(JSON.stringify({ ...report, failures: failuresPath, released }, null, 2));
  else for (const line of linesOf(report)) terminal.print(line);
  if (report.state.endedAt === null) sayStopped(terminal);
  if (report.wasLoaded) terminal.say('All of it had been loaded; --again loads it once more.');
  if (released > 0) terminal.say(`${released} changes that had waited for these records go on.`);
  if (sink.callsUsed !== undefined)
    terminal.say(`The org has used ${sink.callsUsed.used} of its ${sink.callsUsed.limit} API calls of today.`);
  sayFailures(terminal, report, failuresPath);
}

function progressLine({ kind, pass, passes, objects, objectsInAll, done, remainingMs }: LoadProgress): string {
  const left = remainingMs === undefined ? '' : `, about ${lasting(remainingMs)} left`;
  return `${Math.floor(done * 100)} %  ${kind} (${pass} of ${passes}): ${objects} of ${objectsInAll}${left}`;
}

function linesOf({ file, state, unwanted }: LoadReport): string[] {
  const { kind, system, createdAt } = file.head;
  return [
    `${file.objects} ${kind} of ${system}, extracted ${createdAt}`,
    ...Object.entries(state.counts).map(([each, counts]) => `  ${each}: ${wordsOf(counts)}`),
    ...unwanted.map((each) => `  ${each}: not copied, by the org's rules`),
    ...(state.refused > 0 ? [`  not understood: ${state.refused}`] : []),
  ];
}

function wordsOf({ written, created, older, unwanted, parentMissing, failed }: KindCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [older, 'already newer in Salesforce'],
    [unwanted, "not wanted by the org's rules"],
    [parentMissing, 'without the record they belong to'],
    [failed, 'failed'],
  ];
  const others = parts.filter(([count]) => count > 0).map(([count, words]) => `, ${count} ${words}`);
  return `${written} written (${created} new)${others.join('')}`;
}

async function noteLoad(lastLoads: LastLoads, org: OrgId, { file, state }: LoadReport): Promise<void> {
  const { head, name } = file;
  const { endedAt, counts, refused } = state;
  if (endedAt === null) return;
  const { kind, system, createdAt } = head;
  await lastLoads.note({ org, kind, system, file: name, createdAt, endedAt, counts, refused });
}

function sayStopped(terminal: Terminal): void {
  process.exitCode = exitCodes.failed;
  terminal.say('Stopped before its end. The same command goes on where it stopped.');
}

function sayFailures(terminal: Terminal, { state }: LoadReport, failuresPath: string): void {
  const counts = Object.values(state.counts);
  const failed = counts.reduce((sum, each) => sum + each.failed, state.refused);
  const apart = counts.reduce((sum, each) => sum + each.parentMissing, 0);
  if (failed + apart === 0) return;
  terminal.say(`What did not reach Salesforce stands in ${failuresPath}, each with its next step.`);
  terminal.say('Once that is done, `gangway compare` finds what is still missing and repairs it.');
  if (failed > 0) process.exitCode = exitCodes.failed;
}
