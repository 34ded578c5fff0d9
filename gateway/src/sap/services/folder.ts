/** The folder of published service files: what is in it now, and how a file gets into it whole. */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceProblem } from './problems.ts';
import { maxFileBytes } from './read-service-file.ts';

/** A company publishes tens of functions; each file is looked at every second or two. */
const maxFiles = 200;

export interface FolderEntry {
  /** Name of the file, without the folder. */
  readonly name: string;
  /** Differs as soon as the file has been written again. */
  readonly stamp: string;
}

export interface FolderProblem extends ServiceProblem {
  readonly file: string;
}

export interface FolderListing {
  readonly entries: readonly FolderEntry[];
  readonly problems: readonly FolderProblem[];
}

/** By name, so that everybody sees the same order. Files that begin with a dot are being written. */
export function listFolder(folder: string): FolderListing {
  // Nothing has been published yet: publishing makes it.
  if (isAbsent(folder)) return { entries: [], problems: [] };
  const names = namesIn(folder);
  if (names === undefined)
    return {
      entries: [],
      problems: [{ file: folder, path: '', message: 'the folder cannot be read; check its rights' }],
    };
  const files = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).toSorted();
  const entries: FolderEntry[] = [];
  const problems: FolderProblem[] = [];
  for (const name of files.slice(0, maxFiles)) {
    const found = statOf(join(folder, name));
    if (found === undefined) problems.push({ file: name, path: '', message: 'cannot be looked at; check its rights' });
    // Gone since, a folder, or a link that leads nowhere: no file to serve.
    if (found === undefined || !found.isFile) continue;
    if (found.size > maxFileBytes)
      problems.push({ file: name, path: '', message: `is larger than ${maxFileBytes} bytes` });
    else entries.push({ name, stamp: `${found.mtimeMs}:${found.size}:${found.ino}` });
  }
  const rest = files.length - maxFiles;
  if (rest > 0)
    problems.push({
      file: folder,
      path: '',
      message: `holds ${files.length} files; the last ${rest} of more than ${maxFiles} are left out`,
    });
  return { entries, problems };
}

function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    // Not readable, or no folder: said to the operator as a problem of it.
    return undefined;
  }
}

function isAbsent(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false }) === undefined;
  } catch {
    // It may not even be looked at, so it is not known to be absent.
    return false;
  }
}

interface Found {
  readonly isFile: boolean;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Links are followed: mounted configuration consists of them. Undefined for what the agent may not look at. */
function statOf(path: string): Found | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return { isFile: false, size: 0, mtimeMs: 0, ino: 0 };
    return { isFile: found.isFile(), size: found.size, mtimeMs: found.mtimeMs, ino: found.ino };
  } catch {
    // No rights, or links in a circle: said to the operator as a problem of the file.
    return undefined;
  }
}

/** Undefined for a file that cannot be read (any more). */
export function readEntry(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    // Removed between listing and reading, or without rights: the caller reports it.
    return undefined;
  }
}

/** Whole or not at all: the watching agent never sees half a file. */
export function writeEntry(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  const unfinished = join(folder, `.${name}.${process.pid}.tmp`);
  try {
    writeFileSync(unfinished, text, { flush: true });
    renameSync(unfinished, file);
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    throw thrown;
  }
  return file;
}

/** Removes a published file; gives its path. */
export function removeEntry(folder: string, name: string): string {
  const file = join(folder, name);
  rmSync(file, { force: true });
  return file;
}
