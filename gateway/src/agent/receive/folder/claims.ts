/**
 * Who reads which file: a file is claimed by moving it into a folder of the reader's own, `reading/<host>.<process>.<chance>`.
 *
 * 1. Only one of two agents can move a file away.
 * 2. A reader's folder is touched now and then. One whose process has gone, or that nobody touched for a while, is given up, and
 *    what lies in it is claimed by others. Should both read a file after all, the queue knows its IDocs by their numbers.
 */
import { lstat, readdir, rename, rmdir, utimes } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../../timing/index.ts';
import type { Clock } from '../../../timing/index.ts';
import { codeOf, makeFolder } from './moves.ts';

/** Often enough that several may be missed before others take over. */
const touchEveryMs = 30_000;
const givenUpAfterMs = 180_000;

/** A file that may be claimed. */
export interface Claimable {
  readonly name: string;
  readonly path: string;
}

export class Claims {
  readonly #reading: string;
  readonly #clock: Clock;
  readonly #token: string;
  readonly #stop = new AbortController();
  /** Of other readers: when their folder was touched last, and since when we have seen it so. */
  readonly #seen = new Map<string, { readonly touchedMs: number; readonly sinceMs: number }>();
  #touching: Promise<void> | undefined;

  constructor(folder: string, clock: Clock) {
    this.#reading = join(folder, 'reading');
    this.#clock = clock;
    const host = hostname()
      .replace(/[^A-Za-z0-9-]/g, '-')
      .slice(0, 40);
    this.#token = `${host}.${process.pid}.${clock.random().toString(36).slice(2, 10)}`;
  }

  get own(): string {
    return join(this.#reading, this.#token);
  }

  /** The reader's folder is there. What is above the two is never made: see ReadFiles. */
  async open(): Promise<void> {
    await makeFolder(this.#reading);
    await makeFolder(this.own);
    this.#touching ??= this.#touch();
  }

  /** What earlier attempts of this reader, and readers that are gone, have left behind. */
  async left(): Promise<readonly Claimable[]> {
    const found = await filesIn(this.own);
    for (const { name } of (await entriesOf(this.#reading)).filter((entry) => entry.isDirectory())) {
      if (name === this.#token || !(await this.#isGivenUp(name))) continue;
      const folder = join(this.#reading, name);
      const files = await filesIn(folder);
      found.push(...files);
      if (files.length === 0) await removeIfEmpty(folder);
    }
    return found;
  }

  /** Where the file is now; undefined when somebody else was first. */
  async claim({ name, path }: Claimable): Promise<string | undefined> {
    const own = join(this.own, name);
    if (path === own) return own;
    try {
      await rename(path, own);
      return own;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#touching;
    await removeIfEmpty(this.own);
  }

  async #touch(): Promise<void> {
    for (;;) {
      await sleep(this.#clock, touchEveryMs, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      const now = new Date(this.#clock.now());
      // A folder that cannot be touched cannot be read either, and that is told by who reads it.
      await utimes(this.own, now, now).catch(() => undefined);
    }
  }

  async #isGivenUp(token: string): Promise<boolean> {
    const [host, pid] = token.split('.');
    if (host === this.#token.split('.')[0] && !isRunning(Number(pid))) return true;
    const touchedMs = await touchedAt(join(this.#reading, token));
    const known = this.#seen.get(token);
    if (known?.touchedMs === touchedMs) return this.#clock.monotonic() - known.sinceMs > givenUpAfterMs;
    this.#seen.set(token, { touchedMs, sinceMs: this.#clock.monotonic() });
    return false;
  }
}

const touchedAt = (path: string): Promise<number> =>
  lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    // Its reader has just ended in order.
    () => 0,
  );

/** Whether a process of this machine runs; one of another user does, though it may not be signalled. */
function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

async function filesIn(folder: string): Promise<Claimable[]> {
  const entries = await entriesOf(folder);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => ({ name, path: join(folder, name) }));
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
