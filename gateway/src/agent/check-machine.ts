/** What `gangway check` looks at on the agent's own machine: journal, disk, secrets, threads. */
import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError } from '../errors/index.ts';
import { warning, warnOf } from './check-result.ts';
import type { Check, CheckGroup, Finding } from './check-result.ts';

export interface MachineParts {
  readonly journalFile: string;
  readonly journalMaxMb: number;
  /** Files with secrets, by setting, and whether others than their owner may read them. */
  readonly secrets: readonly { readonly setting: string; readonly file: string; readonly isOpen: boolean }[];
  /** Threads of the process that calls over RFC may take, and connections that each take one; absent over SOAP. */
  readonly threads?: { readonly available: number; readonly connections: number } | undefined;
}

const megabyte = 1024 * 1024;
/** SQLite and its log need room to write even a small change. */
const minFreeMb = 16;

/** None needs another. */
export function machineChecks({ journalFile, journalMaxMb, secrets, threads }: MachineParts): CheckGroup {
  return [
    { name: 'journal', run: () => checkJournal(journalFile) },
    { name: 'disk', run: () => checkDisk(journalFile, journalMaxMb) },
    { name: 'secrets', run: () => Promise.resolve(saySecrets(secrets)) },
    ...(threads === undefined ? [] : [threadCheck(threads)]),
  ];
}

/** Only looks: a running agent holds the file, and that is as it should be. */
async function checkJournal(file: string): Promise<string> {
  if (!(await may(dirname(file), constants.W_OK))) {
    throw new GatewayError('JOURNAL_FAILED', { reason: `the folder of ${file} does not exist or may not be written` });
  }
  const exists = await may(file, constants.F_OK);
  if (exists && !(await may(file, constants.W_OK)))
    throw new GatewayError('JOURNAL_FAILED', { reason: `${file} may not be written` });
  return exists ? 'the file can be written' : 'the file can be created';
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** The journal may grow to its limit; a disk that is full before stops every write. */
async function checkDisk(file: string, maxMb: number): Promise<string | Finding> {
  const { bavail, bsize } = await statfs(dirname(file)).catch((cause: unknown) => {
    throw new GatewayError('JOURNAL_FAILED', { reason: `the disk of ${file} cannot be looked at` }, cause);
  });
  const freeMb = Math.floor((bavail * bsize) / megabyte);
  const usedMb = await stat(file).then(
    ({ size }) => size / megabyte,
    () => 0,
  );
  if (freeMb < minFreeMb)
    throw new GatewayError('JOURNAL_FAILED', { reason: `only ${freeMb} MB are free on the disk of ${file}` });
  const neededMb = Math.ceil(Math.max(0, maxMb - usedMb));
  if (freeMb >= neededMb) return `${freeMb} MB are free; the journal may grow by ${neededMb} MB`;
  const words = `${freeMb} MB are free, but the journal may grow by ${neededMb} MB (agent.journalMaxMb)`;
  return warnOf(new GatewayError('JOURNAL_FAILED', { reason: words }));
}

function saySecrets(secrets: MachineParts['secrets']): string | Finding {
  const open = secrets.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return `${secrets.length} files, none of which others can read`;
  const words = open.map(({ setting, file }) => `${setting} (${file})`).join(', ');
  const advice = `The operator lets only the agent's account read it: chmod 600 ${open.map(({ file }) => file).join(' ')}`;
  return warning(`others on this machine can read ${words}`, 'operator', advice, 'SECRET_MISSING');
}

/** Node itself keeps so many for files and names. */
const spareThreads = 2;

/** One thread each, or fewer calls run at once than SAP Basis grants. */
function threadCheck({ available, connections }: NonNullable<MachineParts['threads']>): Check {
  const words = `${available} threads for ${connections} connections to SAP at once`;
  const advice = `The operator sets UV_THREADPOOL_SIZE=${connections + spareThreads} in the environment of the agent's service, or lowers sap.maxConnections.`;
  const found = available >= connections ? words : warning(words, 'operator', advice);
  return { name: 'threads', run: () => Promise.resolve(found) };
}
