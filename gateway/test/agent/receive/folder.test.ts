/** Files that SAP's file port leaves in a folder. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FolderReceiverSettings } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { until } from '../../flows/stack.ts';
import { flatIdoc, makeFolder, openFolder } from './folder-under-test.ts';
import type { FolderUnderTest } from './folder-under-test.ts';

let opened: FolderUnderTest[] = [];
function open(
  settings: Partial<FolderReceiverSettings> = {},
  more: Parameters<typeof openFolder>[1] = {},
): FolderUnderTest {
  const it = openFolder(settings, more);
  opened.push(it);
  return it;
}
afterEach(async () => {
  for (const it of opened) await it.close();
  opened = [];
});

const names = (it: FolderUnderTest, below: string, count: number): Promise<readonly string[]> =>
  until(
    () => Promise.resolve(it.names(below)),
    (found) => found.length >= count,
  );
const numbers = (...given: readonly number[]): readonly string[] => given.map((one) => String(one).padStart(16, '0'));
/** So many further looks: what was left alone so often is left alone. */
async function looks(it: FolderUnderTest, count: number): Promise<void> {
  for (let look = 1; look <= count; look += 1) {
    it.write(`look-${look}`, flatIdoc(9_000_000 + look));
    await until(
      () => Promise.resolve(it.names('done')),
      (done) => done.includes(`look-${look}`),
    );
  }
}

describe('a file', () => {
  test('lies in done once all of it is in the queue', async () => {
    const it = open();
    await it.receiver.ready();
    const disk = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    it.queue.gate = () => {
      asked.resolve();
      return disk.promise;
    };
    it.write('O_100_1', flatIdoc(1) + flatIdoc(2));
    await asked.promise;
    expect(it.names('done')).toEqual([]);
    disk.resolve();
    expect(await names(it, 'done', 1)).toEqual(['O_100_1']);
    expect(it.queue.numbers).toEqual(numbers(1, 2));
    expect(it.names()).toEqual(['done', 'failed', 'reading']);
  });

  test('that is older is read before a younger one, by name within a second', async () => {
    const folder = makeFolder();
    const at = (name: string, number: number, seconds: number): void => {
      const path = join(folder, name);
      appendFileSync(path, flatIdoc(number));
      utimesSync(path, seconds, seconds);
    };
    at('c', 3, 1_000_000.2);
    at('b', 2, 1_000_000.9);
    at('a', 4, 1_000_002);
    at('d', 1, 999_000);
    const it = open({ path: folder });
    await names(it, 'done', 4);
    expect(it.queue.numbers).toEqual(numbers(1, 2, 3, 4));
  });

  test('that has come before changes nothing', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('a', flatIdoc(1));
    await names(it, 'done', 1);
    it.write('a', flatIdoc(1));
    expect(await names(it, 'done', 2)).toEqual(['a', 'a.2']);
    expect(it.queue.numbers).toEqual(numbers(1));
  });

  test('with an IDoc that is refused keeps that aside, and the others are taken', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('a', flatIdoc(1) + flatIdoc(2, '999') + flatIdoc(3));
    await names(it, 'done', 1);
    expect(it.queue.numbers).toEqual(numbers(1, 3));
    expect(it.queue.refusals.map(({ error }) => error.code)).toEqual(['IDOC_CLIENT_WRONG']);
  });

  test('with a record of a wrong length keeps that IDoc aside', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('a', flatIdoc(1) + flatIdoc(2).replace(/\n$/, 'XX\n'));
    await names(it, 'done', 1);
    expect(it.queue.refusals.map(({ error }) => error.code)).toEqual(['IDOC_RECORD_LENGTH_WRONG']);
  });
});

describe('a file that is not read', () => {
  test('is one that still grows, until it does not', async () => {
    const it = open({ settledMs: 300 });
    await it.receiver.ready();
    const path = it.write('a', flatIdoc(1));
    const grown = setInterval(() => appendFileSync(path, flatIdoc(2)), 30);
    await until(
      () => Promise.resolve(readFileSync(path).length),
      (length) => length > 12 * flatIdoc(1).length,
    );
    expect(it.queue.numbers).toEqual([]);
    clearInterval(grown);
    await names(it, 'done', 1);
    expect(it.queue.numbers).toContain(numbers(1)[0]);
  });

  test('is a link, a folder, a hidden one, or one with a name that transfers use', async () => {
    const it = open();
    await it.receiver.ready();
    const secret = join(it.folder, 'failed', 'elsewhere');
    appendFileSync(secret, flatIdoc(1));
    symlinkSync(secret, join(it.folder, 'link'));
    mkdirSync(join(it.folder, 'sub'));
    for (const name of ['.hidden', 'a.tmp', 'b.PART', 'c.filepart', 'd~']) it.write(name, flatIdoc(2));
    await looks(it, 3);
    expect(it.queue.numbers).toEqual(numbers(9_000_001, 9_000_002, 9_000_003));
    expect(it.names()).toEqual(
      expect.arrayContaining(['link', 'sub', '.hidden', 'a.tmp', 'b.PART', 'c.filepart', 'd~']),
    );
  });

  test('is one that ends in the middle of a record, until the rest has come', async () => {
    const it = open();
    await it.receiver.ready();
    const path = it.write('a', flatIdoc(1).slice(0, 700));
    await until(
      () => it.metrics.registry.metrics(),
      (text) => text.includes('outcome="IDOC_TRUNCATED"'),
    );
    await looks(it, 2);
    expect(it.names()).toContain('a');
    appendFileSync(path, flatIdoc(1).slice(700));
    await until(
      () => Promise.resolve(it.names('done')),
      (done) => done.includes('a'),
    );
    expect(it.queue.numbers).toContain(numbers(1)[0]);
  });
});

describe('a file that cannot be read', () => {
  const cases = [
    ['is no IDoc', 'KUNNR;NAME\n0000104711;Nordwind\n', 'IDOC_'],
    ['is in another encoding', Buffer.from(flatIdoc(1).replace('GANGWAY', 'MÜNCHEN'), 'latin1'), 'IDOC_ENCODING_WRONG'],
  ] as const;
  test.each(cases)(
    'because it %s lies in failed with words about it, and the next one is read',
    async (_, text, code) => {
      const it = open();
      await it.receiver.ready();
      it.write('a', text);
      it.write('b', flatIdoc(7));
      expect(await names(it, 'failed', 2)).toEqual(['a', 'a.txt']);
      const words = readFileSync(join(it.folder, 'failed', 'a.txt'), 'utf8');
      expect(words).toMatch(new RegExp(`What is wrong: [A-Z].*\\nWhat to do: .*\\nWho can do it: .*\\nCode: ${code}`));
      expect(words).not.toMatch(/Nordwind|104711/);
      await names(it, 'done', 1);
      expect(it.queue.numbers).toContain(numbers(7)[0]);
    },
  );

  test('because it was cut lies in failed after a while', async () => {
    const it = open({ cutAfterMs: 50 });
    await it.receiver.ready();
    it.write('a', flatIdoc(1).slice(0, 700));
    expect(await names(it, 'failed', 2)).toEqual(['a', 'a.txt']);
  });

  test('is read when it is put back', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('a', 'KUNNR;NAME\n0000104711;Nordwind\n');
    await names(it, 'failed', 2);
    const path = join(it.folder, 'failed', 'a');
    rmSync(path);
    appendFileSync(path, flatIdoc(1));
    renameSync(path, join(it.folder, 'a'));
    await names(it, 'done', 1);
    expect(it.queue.numbers).toEqual(numbers(1));
  });
});

describe('the folder', () => {
  test('that is missing is told once, and read when it comes', async () => {
    let lines = '';
    const sink = new Writable({
      write: (chunk: Buffer, _, done) => {
        lines += chunk.toString();
        done();
      },
    });
    const folder = makeFolder();
    rmSync(folder, { recursive: true });
    const it = open({ path: folder }, { log: createLog('agent', { level: 'info' }, sink) });
    await until(
      () => Promise.resolve(lines),
      (said) => said.includes('IDOC_FOLDER_FAILED'),
    );
    expect(it.receiver.isOpen).toBe(false);
    mkdirSync(folder);
    await it.receiver.ready();
    it.write('a', flatIdoc(1));
    await names(it, 'done', 1);
    expect(lines.match(/IDOC_FOLDER_FAILED/g)).toHaveLength(1);
    expect(lines).toContain('can be used again');
  });

  (process.getuid?.() === 0 ? test.skip : test)('that may not be written is told', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o500);
    const it = open({ path: folder });
    await looks(it, 0);
    expect(it.receiver.isOpen).toBe(false);
  });

  test('is shared by two agents, and each file is read by one', async () => {
    const one = open();
    const other = open({ path: one.folder }, { queue: one.queue });
    await Promise.all([one.receiver.ready(), other.receiver.ready()]);
    for (let number = 1; number <= 60; number += 1) one.write(`O_${number}`, flatIdoc(number));
    await names(one, 'done', 60);
    const counted = async ({ metrics }: FolderUnderTest): Promise<number> =>
      Number(
        /documents_total\{way="folder",outcome="taken".*\} (\d+)/.exec(await metrics.registry.metrics())?.[1] ?? 0,
      );
    expect((await counted(one)) + (await counted(other))).toBe(60);
    expect(one.queue.numbers.toSorted()).toEqual(numbers(...Array.from({ length: 60 }, (_, index) => index + 1)));
  });

  test('has no old files in done', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'done'));
    appendFileSync(join(folder, 'done', 'read'), 'x');
    const it = open({ path: folder, keepDays: 0 });
    await it.receiver.ready();
    await until(
      () => Promise.resolve(it.names('done')),
      (found) => found.length === 0,
    );
  });

  test('keeps in done what was read today, however old SAP has made it', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'done'));
    const path = join(folder, 'done', 'read');
    appendFileSync(path, 'x');
    utimesSync(path, 1_000, 1_000);
    const it = open({ path: folder, keepDays: 1 });
    await it.receiver.ready();
    await looks(it, 1);
    expect(it.names('done')).toEqual(['look-1', 'read']);
  });
});

describe('a file that was claimed', () => {
  test('by a process that is gone is read by the next one', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const folder = makeFolder();
    const host = hostname().replace(/[^A-Za-z0-9-]/g, '-');
    const claim = join(folder, 'reading', `${host}.${pid}.abc`);
    mkdirSync(claim, { recursive: true });
    appendFileSync(join(claim, 'a'), flatIdoc(1));
    const it = open({ path: folder });
    await names(it, 'done', 1);
    expect(it.queue.numbers).toEqual(numbers(1));
    await until(
      () => Promise.resolve(it.names('reading')),
      (found) => found.length === 1,
    );
  });

  test('by another machine is left to it', async () => {
    const folder = makeFolder();
    const claim = join(folder, 'reading', 'elsewhere.1.abc');
    mkdirSync(claim, { recursive: true });
    appendFileSync(join(claim, 'a'), flatIdoc(1));
    const it = open({ path: folder });
    await it.receiver.ready();
    await looks(it, 2);
    expect(it.queue.numbers).not.toContain(numbers(1)[0]);
  });

  test('is given back at the end when the queue does not take it', async () => {
    const it = open();
    await it.receiver.ready();
    it.queue.gate = () => Promise.reject(new GatewayError('QUEUE_FULL'));
    it.write('a', flatIdoc(1));
    await until(
      () => it.metrics.registry.metrics(),
      (text) => text.includes('outcome="QUEUE_FULL"'),
    );
    await it.receiver.drain(Deadline.in(systemClock, 5_000));
    expect(it.names()).toEqual(['a', 'done', 'failed', 'reading']);
    expect(it.names('reading')).toEqual([]);
    const next = open({ path: it.folder });
    await names(next, 'done', 1);
    expect(next.queue.numbers).toEqual(numbers(1));
  });
});
