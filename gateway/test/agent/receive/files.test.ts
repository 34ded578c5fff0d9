/** One file on its way: found, read, moved. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { moveInto } from '../../../src/agent/receive/folder/moves.ts';
import { ReadFiles } from '../../../src/agent/receive/folder/read-files.ts';
import { takeFile } from '../../../src/agent/receive/folder/take-file.ts';
import type { FileEnd } from '../../../src/agent/receive/folder/take-file.ts';
import { WaitingFiles } from '../../../src/agent/receive/folder/waiting-files.ts';
import { createReceiveMetrics, Intake } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { SapChanges } from '../../../src/ports/index.ts';
import { createMetrics } from '../../../src/telemetry/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { makeFolder } from './folder-under-test.ts';
import { QueueInMemory } from './queue-in-memory.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
  for (const name of ['done', 'failed']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));
const make = (name: string, text = 'x'): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const namesIn = (name: string): readonly string[] => readdirSync(join(folder, name)).toSorted();

describe('a file that waits', () => {
  const settings = { settledMs: 1_000, cutAfterMs: 60_000 };
  function look() {
    const clock = new ManualClock();
    const waiting = new WaitingFiles(folder, settings, clock);
    return { clock, waiting, names: async () => (await waiting.look()).map(({ name }) => name) };
  }

  test('is read once neither its size nor its time has changed for a while', async () => {
    const { clock, names } = look();
    const path = make('a');
    utimesSync(path, 1_000, 1_000);
    expect(await names()).toEqual([]);
    await clock.pass(900);
    // As large as before, and written anew.
    utimesSync(path, 2_000, 2_000);
    expect(await names()).toEqual([]);
    await clock.pass(900);
    expect(await names()).toEqual([]);
    // Grown within what the file system tells of times.
    appendFileSync(path, 'y');
    utimesSync(path, 2_000, 2_000);
    expect(await names()).toEqual([]);
    await clock.pass(999);
    expect(await names()).toEqual([]);
    await clock.pass(1);
    expect(await names()).toEqual(['a']);
  });

  test('and is empty has just been begun, and is awaited', async () => {
    const { clock, names, waiting } = look();
    make('a', '');
    expect(await names()).toEqual([]);
    expect(waiting.isAwaiting).toBe(true);
    await clock.pass(59_999);
    expect(await names()).toEqual([]);
    await clock.pass(1);
    expect(await names()).toEqual(['a']);
  });

  test('and was cut is not awaited at every look', async () => {
    const { clock, names, waiting } = look();
    make('a');
    await names();
    await clock.pass(1_000);
    waiting.noteCut('a');
    expect(await names()).toEqual([]);
    expect(waiting.isAwaiting).toBe(false);
  });
});

describe('a file that is read', () => {
  type Read = (text: string) => void;
  /** Reads all of it, and then does something. */
  function take(path: string, atEnd: Read = () => undefined): Promise<FileEnd> {
    const readFlatIdocs: SapChanges['readFlatIdocs'] = async function* (chunks) {
      let text = '';
      for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      atEnd(text);
      yield* [];
    };
    const measure = createReceiveMetrics(createMetrics('agent'));
    const intake = new Intake({ queue: new QueueInMemory(), measure });
    return takeFile(path, { changes: { readFlatIdocs }, intake, measure, clock: systemClock });
  }

  test('and is whole is done', async () => {
    expect(await take(make('a'))).toMatchObject({ end: 'done' });
  });

  test.each([
    ['grows', (path: string) => appendFileSync(path, 'y')],
    ['shrinks', (path: string) => truncateSync(path, 1)],
  ])('and %s meanwhile is not complete yet', async (_, change) => {
    const path = make('a', 'xyz');
    expect(await take(path, () => change(path))).toMatchObject({ end: 'cut', error: { code: 'IDOC_TRUNCATED' } });
  });

  test.each([
    ['IDOC_MALFORMED', 'failed'],
    ['INTERNAL', 'failed'],
    ['QUEUE_FULL', 'away'],
    ['SAP_UNREACHABLE', 'away'],
    ['IDOC_TRUNCATED', 'cut'],
  ] as const)('and ends with %s is %s', async (code, end) => {
    const failed = await take(make('a'), () => {
      throw new GatewayError(code);
    });
    expect(failed).toMatchObject({ end, error: { code } });
  });

  test('because of a bug of ours holds up no other', async () => {
    const failed = await take(make('a'), () => {
      throw new TypeError('a bug');
    });
    expect(failed).toMatchObject({ end: 'failed', error: { code: 'INTERNAL' } });
  });

  test('is no link, and not one that cannot be opened', async () => {
    symlinkSync(make('secret'), join(folder, 'link'));
    for (const name of ['link', 'missing'])
      expect(await take(join(folder, name))).toMatchObject({ end: 'failed', error: { code: 'IDOC_FILE_UNREADABLE' } });
  });

  (process.platform === 'linux' ? test : test.skip)('is closed whatever became of it', async () => {
    const path = make('a');
    const handles = (): number => readdirSync('/proc/self/fd').length;
    const before = handles();
    const failing = (): void => {
      throw new GatewayError('IDOC_MALFORMED');
    };
    for (let count = 1; count <= 50; count += 1) await take(path, count % 2 === 0 ? failing : undefined);
    expect(handles()).toBeLessThan(before + 50);
  });
});

describe('a file that is moved', () => {
  test('overwrites nothing, also where a file may have one name only', async () => {
    make('done/a', 'there before');
    expect(await moveInto(join(folder, 'done'), 'a', make('a', 'new'))).toBe(join(folder, 'done', 'a.2'));
    expect(readFileSync(join(folder, 'done', 'a'), 'utf8')).toBe('there before');
    expect(readFileSync(join(folder, 'done', 'a.2'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).not.toContain('a');
    // Of a folder no file system makes a second name.
    for (const name of ['one', 'done/one']) mkdirSync(join(folder, name));
    expect(basename(await moveInto(join(folder, 'done'), 'one', join(folder, 'one')))).toBe('one.2');
    expect(namesIn('done')).toEqual(['a', 'a.2', 'one', 'one.2']);
  });

  test('finds no name where a thousand are taken', async () => {
    make('done/a');
    for (let count = 2; count <= 1_000; count += 1) make(`done/a.${count}`);
    await expect(moveInto(join(folder, 'done'), 'a', make('a'))).rejects.toThrow('files of one name');
    expect(readdirSync(folder)).toContain('a');
  });

  test('may have as long a name as there can be', async () => {
    const files = new ReadFiles(folder, systemClock);
    const name = 'ä'.repeat(127) + 'x';
    for (let count = 1; count <= 2; count += 1) await files.done(name, make(name));
    for (let count = 1; count <= 2; count += 1)
      await files.failed(name, make(name), new GatewayError('IDOC_MALFORMED'));
    expect(namesIn('done')).toHaveLength(2);
    expect(namesIn('failed').filter((each) => each.endsWith('.txt'))).toHaveLength(2);
    expect(namesIn('failed')).toHaveLength(4);
    expect(readdirSync(folder)).toEqual(['done', 'failed']);
  });

  test('has words of its own for each of one name', async () => {
    const files = new ReadFiles(folder, systemClock);
    for (const code of ['IDOC_MALFORMED', 'IDOC_ENCODING_WRONG'] as const)
      await files.failed('a', make('a', code), new GatewayError(code));
    // A text alone, of a file that somebody has taken away: it stays.
    rmSync(join(folder, 'failed', 'a'));
    await files.failed('a', make('a'), new GatewayError('IDOC_TOO_LARGE'));
    expect(namesIn('failed')).toEqual(['a.2', 'a.2.txt', 'a.3', 'a.3.txt', 'a.txt']);
    for (const [name, code] of [
      ['a.txt', 'IDOC_MALFORMED'],
      ['a.2.txt', 'IDOC_ENCODING_WRONG'],
      ['a.3.txt', 'IDOC_TOO_LARGE'],
    ] as const)
      expect(readFileSync(join(folder, 'failed', name), 'utf8')).toContain(`Code: ${code}`);
  });
});

describe('power that fails at any moment', () => {
  /** What was in the folders each time something was brought to the disk. */
  async function syncsOf(work: () => Promise<void>): Promise<readonly string[]> {
    const probe = await open(folder, 'r');
    const handles = Object.getPrototypeOf(probe) as { sync: FileHandle['sync'] };
    await probe.close();
    const { sync } = handles;
    const seen: string[] = [];
    const paths = (): readonly string[] => [
      ...['done', 'failed'].flatMap((name) => [name, ...namesIn(name).map((file) => `${name}/${file}`)]),
      ...readdirSync(folder),
    ];
    handles.sync = async function (this: FileHandle): Promise<void> {
      const { ino } = await this.stat();
      const mine = paths().filter((path) => statSync(join(folder, path)).ino === ino);
      const name = mine[0] ?? (statSync(folder).ino === ino ? '.' : '?');
      seen.push(
        `${name}: ${readdirSync(folder).includes('a') ? 'old' : '-'} ${[...namesIn('done'), ...namesIn('failed')].join(' ')}`,
      );
      return sync.call(this);
    };
    try {
      await work();
    } finally {
      handles.sync = sync;
    }
    return seen;
  }

  test('leaves a file with its old name or the new one, never with none', async () => {
    const path = make('a');
    const files = new ReadFiles(folder, systemClock);
    expect(await syncsOf(() => files.done('a', path))).toEqual(['done: old a', '.: - a']);
  });

  test('leaves no file in failed without its words', async () => {
    const path = make('a');
    const files = new ReadFiles(folder, systemClock);
    expect(await syncsOf(() => files.failed('a', path, new GatewayError('IDOC_MALFORMED')))).toEqual([
      'failed/a.txt: old a.txt',
      'failed: old a a.txt',
      '.: - a a.txt',
    ]);
  });
});
