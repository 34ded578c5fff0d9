/** Which files of the folder may be read: plain ones that nobody writes any more, oldest first. */
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../timing/index.ts';
import type { Claimable } from './claims.ts';
import { codeOf } from './moves.ts';

/** Hidden ones, and names that transfers use until a file is whole. */
const passedOver = /^\.|\.(?:tmp|temp|part|partial|filepart|crdownload|swp)$|~$/i;
/** Stands where bytes of a name are not UTF-8, so that the file cannot be asked for by it. */
const notUtf8 = '\ufffd';
/** In memory at a time; the rest is found with the next look. */
const maxFiles = 20_000;

interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sinceMs: number;
  /** It was read and ends too early. */
  isCut: boolean;
}

export interface WaitingFile extends Claimable {
  /** It has not changed for so long that nobody can be still writing it. */
  readonly isOld: boolean;
}

export interface WaitingFilesSettings {
  readonly settledMs: number;
  /** A file that ends too early and has not grown for so long was cut. */
  readonly cutAfterMs: number;
}

export class WaitingFiles {
  readonly #folder: string;
  readonly #settings: WaitingFilesSettings;
  readonly #clock: Clock;
  /** Seen with the last look. */
  #seen = new Map<string, Seen>();
  #nameless: readonly string[] = [];

  constructor(folder: string, settings: WaitingFilesSettings, clock: Clock) {
    this.#folder = folder;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Something is there that is not settled yet. */
  get isAwaiting(): boolean {
    return [...this.#seen.values()].some(({ isCut }) => !isCut);
  }

  /** Of the last look: what cannot be read before somebody has renamed it. */
  get nameless(): readonly string[] {
    return this.#nameless;
  }

  /** Those that may be read, oldest first, and by name within a second. */
  async look(): Promise<readonly WaitingFile[]> {
    const seen = new Map<string, Seen>();
    const nameless: string[] = [];
    for await (const { name } of await opendir(this.#folder)) {
      if (passedOver.test(name)) continue;
      const found = await this.#lookAt(name);
      if (found !== undefined) seen.set(name, found);
      else if (name.includes(notUtf8)) nameless.push(name);
      if (seen.size >= maxFiles) break;
    }
    this.#seen = seen;
    this.#nameless = nameless;
    const nowMs = this.#clock.monotonic();
    const { cutAfterMs } = this.#settings;
    return [...seen]
      .filter(([, file]) => this.#isReadable(file, nowMs))
      .sort(byAge)
      .map(([name, { sinceMs }]) => ({ name, path: join(this.#folder, name), isOld: nowMs - sinceMs >= cutAfterMs }));
  }

  /** It ended too early: it is left alone until it changes, or is old. */
  noteCut(name: string): void {
    const file = this.#seen.get(name);
    if (file !== undefined) file.isCut = true;
  }

  /** It is not there any more. */
  forget(name: string): void {
    this.#seen.delete(name);
  }

  /** Links are not followed, and folders are not files. */
  async #lookAt(name: string): Promise<Seen | undefined> {
    try {
      const stats = await lstat(join(this.#folder, name));
      if (!stats.isFile()) return undefined;
      const { size, mtimeMs } = stats;
      const known = this.#seen.get(name);
      if (known?.size === size && known.mtimeMs === mtimeMs) return known;
      return { size, mtimeMs, sinceMs: this.#clock.monotonic(), isCut: false };
    } catch (error) {
      // Somebody was quicker.
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  #isReadable({ size, sinceMs, isCut }: Seen, nowMs: number): boolean {
    const { settledMs, cutAfterMs } = this.#settings;
    // An empty file is one that was just begun.
    return nowMs - sinceMs >= (isCut || size === 0 ? cutAfterMs : settledMs);
  }
}

type Entry = readonly [name: string, seen: Seen];

/** File systems keep fractions of a second differently; SAP's names carry the number. */
const byAge = ([nameA, a]: Entry, [nameB, b]: Entry): number => {
  const seconds = Math.floor(a.mtimeMs / 1000) - Math.floor(b.mtimeMs / 1000);
  return seconds !== 0 ? seconds : nameA < nameB ? -1 : 1;
};
