/** Sorts more than memory holds: runs of a fixed size on disk, merged line by line. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from './spooled-lines.ts';

export interface Entry {
  /** Compared by its characters' codes; no tab and no end of line in it. */
  readonly key: string;
  /** Without ends of line. */
  readonly text: string;
}

/** Some 30,000 records; sorting takes twice as much for a moment. */
const defaultRunCharacters = 16 * 1024 * 1024;
const writeCharacters = 256 * 1024;

const byKey = (one: Entry, other: Entry): number => (one.key === other.key ? 0 : one.key < other.key ? -1 : 1);

/** The same entries by key; equal keys stay in their order. Nothing is written where all of it fits into one run. */
export async function sortEntries(
  entries: AsyncIterable<Entry>,
  folder: string,
  name: string,
  runCharacters = defaultRunCharacters,
): Promise<AsyncIterable<Entry>> {
  const runs: string[] = [];
  let run: Entry[] = [];
  let characters = 0;
  for await (const entry of entries) {
    run.push(entry);
    characters += entry.key.length + entry.text.length;
    if (characters < runCharacters) continue;
    runs.push(await writeRun(run.sort(byKey), join(folder, `${name}-${runs.length}`)));
    run = [];
    characters = 0;
  }
  if (runs.length === 0) return fromMemory(run.sort(byKey));
  if (run.length > 0) runs.push(await writeRun(run.sort(byKey), join(folder, `${name}-${runs.length}`)));
  return merge(runs);
}

async function* fromMemory(run: readonly Entry[]): AsyncGenerator<Entry> {
  yield* run;
}

async function writeRun(run: readonly Entry[], path: string): Promise<string> {
  const file = await open(path, 'wx', 0o600);
  try {
    let block = '';
    for (const { key, text } of run) {
      block += `${key}\t${text}\n`;
      if (block.length < writeCharacters) continue;
      await file.write(block);
      block = '';
    }
    await file.write(block);
  } finally {
    await file.close();
  }
  return path;
}

interface Head {
  readonly entry: Entry;
  readonly run: number;
  readonly rest: AsyncIterator<Entry>;
}

/** Of equal keys the earlier run comes first. */
const isBefore = (one: Head, other: Head): boolean => {
  const order = byKey(one.entry, other.entry);
  return order === 0 ? one.run < other.run : order < 0;
};

async function* merge(paths: readonly string[]): AsyncGenerator<Entry> {
  const heads: Head[] = [];
  for (const [run, path] of paths.entries()) await advance(heads, run, readRun(path)[Symbol.asyncIterator]());
  try {
    for (let first = heads.shift(); first !== undefined; first = heads.shift()) {
      yield first.entry;
      await advance(heads, first.run, first.rest);
    }
  } finally {
    for (const { rest } of heads) await rest.return?.();
  }
}

/** Puts the run's next entry where it belongs among the others. */
async function advance(heads: Head[], run: number, rest: AsyncIterator<Entry>): Promise<void> {
  const next = await rest.next();
  if (next.done === true) return;
  const head = { entry: next.value, run, rest };
  let from = 0;
  let to = heads.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = heads[middle];
    if (there !== undefined && isBefore(there, head)) from = middle + 1;
    else to = middle;
  }
  heads.splice(from, 0, head);
}

async function* readRun(path: string): AsyncGenerator<Entry> {
  for await (const lines of linesOf(path)) {
    for (const line of lines) {
      const border = line.indexOf('\t');
      yield { key: line.slice(0, border), text: line.slice(border + 1) };
    }
  }
}
