/** Which reader a file belongs to, and when a reader is given up. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Claims } from '../../../src/agent/receive/folder/claims.ts';
import { until } from '../../flows/stack.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { makeFolder } from './folder-under-test.ts';

let folder: string;
let clock: ManualClock;
let claims: Claims;
beforeEach(async () => {
  folder = makeFolder();
  clock = new ManualClock();
  claims = new Claims(folder, clock);
  await claims.open();
});
afterEach(async () => {
  await claims.close();
  rmSync(folder, { recursive: true });
});

const startMs = new ManualClock().now();
const host = hostname().replace(/[^A-Za-z0-9-]/g, '-');
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;
/** A reader's folder with a file in it. */
function readerOf(token: string): string {
  const path = join(folder, 'reading', token);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'a'), 'x');
  return path;
}
const left = async (): Promise<readonly string[]> => (await claims.left()).map(({ path }) => path);

describe('a reader', () => {
  test('of this machine whose process has gone is given up at once, and one that runs is not', async () => {
    const path = readerOf(`${host}.${gone()}.abc`);
    readerOf(`${host}.${process.ppid}.abc`);
    expect(await left()).toEqual([join(path, 'a')]);
  });

  test('of another machine is not known by its process', async () => {
    readerOf(`another-${host}.${gone()}.abc`);
    expect(await left()).toEqual([]);
  });

  test('whose folder nobody touches for three minutes is given up', async () => {
    const path = readerOf('elsewhere.1.abc');
    expect(await left()).toEqual([]);
    await clock.pass(180_000);
    expect(await left()).toEqual([]);
    await clock.pass(1);
    expect(await left()).toEqual([join(path, 'a')]);
  });

  test('that touches its folder is not, however far its clock is from ours', async () => {
    const path = readerOf('elsewhere.1.abc');
    for (let touch = 1; touch <= 5; touch += 1) {
      utimesSync(path, touch, touch);
      expect(await left()).toEqual([]);
      await clock.pass(170_000);
    }
  });

  test('that was given up loses its folder once it is empty', async () => {
    const path = readerOf(`${host}.${gone()}.abc`);
    const [file] = await claims.left();
    if (file === undefined) throw new Error('a file was expected');
    await claims.claim(file);
    expect(await left()).toEqual([join(claims.own, 'a')]);
    expect(existsSync(path)).toBe(false);
  });
});

test('the own folder is touched so often that others see it', async () => {
  for (const touch of [1, 2, 3]) {
    await until(
      () => Promise.resolve(clock.waiting),
      (count) => count === 1,
    );
    // Two of three touches may be late before anybody gives the reader up.
    await clock.pass(60_000);
    await until(
      () => Promise.resolve(statSync(claims.own).mtimeMs),
      (mtimeMs) => mtimeMs > startMs + (touch - 1) * 60_000 && mtimeMs <= clock.now(),
    );
  }
});

describe('a file', () => {
  test('that somebody else has taken is not claimed, and that is no failure', async () => {
    expect(await claims.claim({ name: 'a', path: join(folder, 'a') })).toBeUndefined();
  });

  test('is claimed by one of many who try', async () => {
    const others = Array.from({ length: 5 }, () => {
      clock.chance = Math.random;
      return new Claims(folder, clock);
    });
    for (const other of others) await other.open();
    const path = join(folder, 'a');
    writeFileSync(path, 'x');
    const claimed = await Promise.all(others.map((other) => other.claim({ name: 'a', path })));
    expect(claimed.filter((own) => own !== undefined)).toHaveLength(1);
    for (const own of claimed) if (own !== undefined) rmSync(own);
    for (const other of others) await other.close();
    expect(readdirSync(join(folder, 'reading'))).toHaveLength(1);
  });
});

test('a folder that is not there is not made: a share that comes later would be hidden by it', async () => {
  const away = new Claims(join(folder, 'share'), clock);
  await expect(away.open()).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(join(folder, 'share'))).toBe(false);
});
