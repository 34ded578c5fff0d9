/** The folder of the days: one JSON file and one page each, written whole or not at all, and not kept for ever. */
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addDays } from '../../timing/index.ts';
import { usageDay } from './usage-day.ts';
import type { UsageDay } from './usage-day.ts';

/** A year and a month, so that the same month can be compared; each day is some 100 KB at most. */
const keptDays = 400;
const named = /^usage-(\d{4}-\d{2}-\d{2})\.(json|html)$/;

/** Where an agent keeps its days. */
export function usageFolderOf(agent: {
  readonly usageFolder?: string | undefined;
  readonly journalFile: string;
}): string {
  return agent.usageFolder ?? join(dirname(agent.journalFile), 'usage');
}

/** Undefined where there is none. What is no such file is thrown as it is. */
export function readDay(folder: string, date: string): UsageDay | undefined {
  const text = readIfThere(fileOf(folder, date, 'json'));
  return text === undefined ? undefined : usageDay.parse(JSON.parse(text));
}

/** The same, for going on with it: a file that cannot be understood is put aside, and the day begins anew. */
export function readDayOrPutAside(folder: string, date: string): UsageDay | undefined {
  try {
    return readDay(folder, date);
  } catch {
    // Figures for people are not worth a program that does not start.
    putAside(fileOf(folder, date, 'json'));
    return undefined;
  }
}

function putAside(file: string): void {
  try {
    renameSync(file, `${file}.unreadable`);
  } catch {
    // A folder nobody can use: writing into it will fail too, and that is logged.
    return;
  }
}

/** Both files of a day. */
export async function writeDay(folder: string, day: UsageDay, page: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await writeWhole(fileOf(folder, day.date, 'json'), `${JSON.stringify(day)}\n`);
  await writeWhole(fileOf(folder, day.date, 'html'), page);
}

/** The dates there are, oldest first. */
export function listDays(folder: string): readonly string[] {
  const dates = namesIn(folder).flatMap((name) => named.exec(name)?.[1] ?? []);
  return [...new Set(dates)].sort();
}

/** Removes what is older than is kept; nothing else in the folder is touched. */
export async function removeOldDays(folder: string, today: string): Promise<void> {
  const oldest = addDays(today, -keptDays);
  const old = namesIn(folder).filter((name) => (named.exec(name)?.[1] ?? today) < oldest);
  for (const name of old) await rm(join(folder, name), { force: true });
}

const fileOf = (folder: string, date: string, kind: 'json' | 'html'): string => join(folder, `usage-${date}.${kind}`);

/** On disk before it has its name, so that a power cut leaves the file of a minute before. */
async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.tmp`, 'w', 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The folder is not there, or something else is in its place: then there are no days. */
function isMissing(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR';
}
