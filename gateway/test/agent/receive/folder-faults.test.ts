/** The folder's reader when something is not as it should be: what waits, what is tried again and when, what is left. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FolderReceiverSettings } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { until } from '../../flows/stack.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { flatIdoc, makeFolder, openFolder } from './folder-under-test.ts';
import type { FolderSurroundings, FolderUnderTest } from './folder-under-test.ts';

let opened: FolderUnderTest[] = [];
let logged = '';
function open(settings: Partial<FolderReceiverSettings> = {}, more: FolderSurroundings = {}): FolderUnderTest {
  logged = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString();
      done();
    },
  });
  const it = openFolder(settings, { log: createLog('agent', { level: 'info' }, sink), ...more });
  opened.push(it);
  return it;
}
afterEach(async () => {
  for (const it of opened) await it.close();
  opened = [];
});

const when = (isSo: () => boolean): Promise<boolean> =>
  until(
    () => Promise.resolve(isSo()),
    (so) => so,
  );
const isDone = (it: FolderUnderTest, ...names: readonly string[]): Promise<boolean> =>
  when(() => names.every((name) => it.names('done').includes(name)));

/** The reader waits for its next look, and nothing is under way: one timer touches its claim, one is the look. */
const rests = (clock: ManualClock): Promise<boolean> => when(() => clock.waiting === 2);

/** Holds what is read at the queue. */
function hold(it: FolderUnderTest): { readonly asked: Promise<void>; readonly release: () => void } {
  const disk = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  it.queue.gate = () => {
    asked.resolve();
    return disk.promise;
  };
  return { asked: asked.promise, release: () => disk.resolve() };
}

describe('while the queue takes nothing', () => {
  test('one file is tried, ever more rarely, and that is told once for each time', async () => {
    const clock = new ManualClock();
    const it = open({ pollMs: 10_000 }, { clock });
    await rests(clock);
    let tries = 0;
    const refuse = (): Promise<void> => {
      tries += 1;
      return Promise.reject(new GatewayError('QUEUE_FULL'));
    };
    it.queue.gate = refuse;
    for (const name of ['a', 'b', 'c']) it.write(name, flatIdoc(name.charCodeAt(0)));
    // The first wait of a second and each longer one, in the middle of its jitter.
    for (const [attempt, waitMs] of [10_000, 750, 1_500, 3_000].entries()) {
      await clock.pass(waitMs - 1);
      expect(tries).toBe(attempt);
      await clock.pass(1);
      await when(() => tries === attempt + 1);
      await rests(clock);
    }
    it.queue.gate = () => Promise.resolve();
    await clock.pass(6_000);
    await isDone(it, 'a', 'b', 'c');
    await rests(clock);
    it.queue.gate = refuse;
    it.write('d', flatIdoc(1));
    await clock.pass(10_000);
    await when(() => logged.split('Files of IDocs wait for the queue').length === 3);
  });
});

describe('a look', () => {
  test('that found something is followed by another at once, because more has come meanwhile', async () => {
    const clock = new ManualClock();
    const it = open({ pollMs: 10_000 }, { clock });
    await rests(clock);
    const { asked, release } = hold(it);
    it.write('a', flatIdoc(1));
    await clock.pass(10_000);
    await asked;
    it.write('b', flatIdoc(2));
    release();
    await until(
      async () => {
        // No time goes by: only what is due at once is done.
        await clock.pass(0);
        return it.names('done');
      },
      (names) => names.includes('a') && names.includes('b'),
    );
  });

  test('leaves alone what ends too early until it has changed', async () => {
    const it = open();
    it.write('a', flatIdoc(1).slice(0, 700));
    await when(() => logged.includes('not complete yet'));
    for (const name of ['b', 'c', 'd']) {
      it.write(name, flatIdoc(2));
      await isDone(it, name);
    }
    expect(logged.split('not complete yet')).toHaveLength(2);
    appendFileSync(join(it.folder, 'a'), flatIdoc(1).slice(700, 710));
    await when(() => logged.split('not complete yet').length === 3);
  });

  test('is not held up by a folder that somebody has made in done', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'done', 'kept'), { recursive: true });
    const it = open({ path: folder, keepDays: 0 });
    await it.receiver.ready();
    it.write('a', flatIdoc(1));
    await isDone(it, 'a');
    expect(it.names('done')).toContain('kept');
    expect(logged).not.toContain('IDOC_FOLDER_FAILED');
    expect(it.receiver.isOpen).toBe(true);
  });

  test('is not held up by a file with the longest name there can be that cannot be read', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('0'.repeat(255), 'no IDoc\n');
    it.write('a', flatIdoc(1));
    await isDone(it, 'a');
    expect(it.names('failed')).toHaveLength(2);
    expect(logged).not.toContain('IDOC_FOLDER_FAILED');
  });

  (process.platform === 'linux' ? test : test.skip)(
    'is not silent about a file whose name is not UTF-8, says so once, and reads it under another name',
    async () => {
      const clock = new ManualClock();
      const it = open({ pollMs: 1_000 }, { clock });
      await rests(clock);
      const strange = Buffer.concat([Buffer.from(join(it.folder, 'Auftr')), Buffer.from([0xe4, 0x67, 0x65])]);
      writeFileSync(strange, flatIdoc(7));
      for (let look = 0; look < 3; look += 1) {
        await clock.pass(1_000);
        await rests(clock);
      }
      expect(logged.match(/its name is not UTF-8/g)).toHaveLength(1);
      expect(it.queue.documents).toHaveLength(0);
      renameSync(strange, join(it.folder, 'Auftraege'));
      await clock.pass(1_000);
      await isDone(it, 'Auftraege');
    },
  );

  test('removes old files once an hour', async () => {
    const clock = new ManualClock();
    const it = open({ pollMs: 600_000, keepDays: 0 }, { clock });
    await rests(clock);
    it.write('a', flatIdoc(1));
    await clock.pass(600_000);
    await isDone(it, 'a');
    await rests(clock);
    await clock.pass(600_000);
    await rests(clock);
    expect(it.names('done')).toEqual(['a']);
    // The file's time is the machine's, and today is before it.
    clock.now = () => Date.now() + 1_000;
    await until(
      async () => {
        await rests(clock);
        await clock.pass(600_000);
        return it.names('done');
      },
      (names) => names.length === 0,
    );
  });
});

describe('a folder that goes away while it is used', () => {
  test('is told, and read on when it is back', async () => {
    const it = open();
    await it.receiver.ready();
    it.write('a', flatIdoc(1));
    await isDone(it, 'a');
    renameSync(it.folder, `${it.folder}-away`);
    await when(() => !it.receiver.isOpen);
    expect(logged).toContain('IDOC_FOLDER_FAILED');
    // Were it made here, a share that is not there would be hidden by it.
    expect(existsSync(it.folder)).toBe(false);
    renameSync(`${it.folder}-away`, it.folder);
    it.write('b', flatIdoc(2));
    await isDone(it, 'b');
    expect(it.receiver.isOpen).toBe(true);
  });
});

describe('at the end', () => {
  test('the file under way is read to its end, and no other is begun', async () => {
    const folder = makeFolder();
    for (const name of ['a', 'b']) appendFileSync(join(folder, name), flatIdoc(name.charCodeAt(0)));
    const it = open({ path: folder });
    const { asked, release } = hold(it);
    await asked;
    const drained = it.receiver.drain(Deadline.in(systemClock, 20_000));
    release();
    await drained;
    expect([it.names('done'), it.names()]).toEqual([['a'], ['b', 'done', 'failed', 'reading']]);
    expect(it.names('reading')).toEqual([]);
  });

  test('no longer than there is time, and the file is read again by the next', async () => {
    const it = open();
    const { asked, release } = hold(it);
    it.write('a', flatIdoc(1));
    await asked;
    await it.receiver.drain(Deadline.in(systemClock, 20));
    expect(it.names('done')).toEqual([]);
    release();
    await isDone(it, 'a');
  });
});

test('what a reader that is gone has left and ends too early may still grow: it is put back', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const folder = makeFolder();
  const claim = join(folder, 'reading', `${hostname().replace(/[^A-Za-z0-9-]/g, '-')}.${pid}.abc`);
  mkdirSync(claim, { recursive: true });
  appendFileSync(join(claim, 'a'), flatIdoc(1).slice(0, 700));
  const it = open({ path: folder });
  await when(() => it.names().includes('a'));
  appendFileSync(join(folder, 'a'), flatIdoc(1).slice(700));
  await isDone(it, 'a');
  expect(it.names('failed')).toEqual([]);
  rmSync(join(folder, 'done', 'a'));
  expect(readdirSync(join(folder, 'reading'))).toHaveLength(1);
});
