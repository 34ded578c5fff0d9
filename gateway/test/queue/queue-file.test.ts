/** The queue's file: one agent, commands beside it, a limit of its size, power failures, and what is forgotten when. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ArrivedDocument } from '../../src/model/index.ts';
import type { ChangeQueue, WaitingRecord } from '../../src/ports/index.ts';
import { openChangeQueue, openQueueDesk } from '../../src/queue/index.ts';
import type { QueueDesk, QueueSettings } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import {
  change,
  customer,
  delivered,
  document,
  held,
  org,
  orgsOf,
  refusedDocument,
  StandingClock,
  system,
} from './examples.ts';

const dayMs = 24 * 60 * 60 * 1000;
const megabyte = 1024 * 1024;

describe('the file of changes', () => {
  let folder: string;
  let file: string;
  let clock: StandingClock;
  const opened: (ChangeQueue | QueueDesk)[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gangway-queue-'));
    file = join(folder, 'changes.sqlite');
    clock = new StandingClock();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await rm(folder, { recursive: true });
  });

  const keep = <Opened extends ChangeQueue | QueueDesk>(each: Opened): Opened => {
    opened.push(each);
    return each;
  };
  const open = async (more: Partial<QueueSettings> = {}): Promise<ChangeQueue> =>
    keep(await openChangeQueue({ file, maxBytes: 64 * megabyte, orgsOf, ...more }, { clock, log: silentLog }));
  const openDesk = async (): Promise<QueueDesk> => keep(await openQueueDesk(file, { clock, log: silentLog }));
  const refusal = (reason: RegExp) => ({ code: 'QUEUE_FAILED', context: { reason: expect.stringMatching(reason) } });
  const large = (number: number): ArrivedDocument =>
    document(
      number,
      change(customer(number), number, { fields: { name: 'Very Secret GmbH', name2: 'x'.repeat(2000) } }),
    );
  /** Accepts large documents, from this number on, until there is no room. */
  const fill = async (queue: ChangeQueue, from: number): Promise<number> => {
    for (let number = from; ; number += 1) {
      const failure: unknown = await queue.accept([large(number)]).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) continue;
      expect(failure).toMatchObject({ code: 'QUEUE_FULL', disposition: 'retry' });
      return number - from;
    }
  };
  const takeAll = (queue: ChangeQueue): Promise<readonly WaitingRecord[]> => queue.take(org, system, 10_000);

  test('can be read by its owner only, with its companions', async () => {
    await (await open()).accept([document(1, customer(1))]);
    for (const name of await readdir(folder))
      expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600]);
  });

  test('holds what was accepted by the time the answer comes', async () => {
    await (await open()).accept([document(1, customer(1))]);
    // What is in the file and its WAL now is what a power cut would leave.
    const cut = join(folder, 'cut.sqlite');
    await copyFile(file, cut);
    await copyFile(`${file}-wal`, `${cut}-wal`);
    file = cut;
    expect(await takeAll(await open())).toMatchObject([{ key: customer(1) }]);
  });

  test('serves one agent at a time, and is free when that has ended', async () => {
    const queue = await open();
    await expect(open()).rejects.toMatchObject(refusal(/in use by another agent/));
    await queue.close();
    await expect(open()).resolves.toBeDefined();
  });

  test('of another program is refused and left as it is', async () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE recipe (name TEXT)');
    database.close();
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject(refusal(/not a Gangway queue of changes/));
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('is not made by a command that only looks', async () => {
    await expect(openDesk()).rejects.toMatchObject(refusal(/cannot be opened/));
    expect(await readdir(folder)).toEqual([]);
  });

  test('a command beside the agent sees what arrived last, and what it does is noticed', async () => {
    const queue = await open();
    await queue.accept([document(1, customer(1)), document(2, customer(2))]);
    await queue.settle(
      org,
      (await takeAll(queue)).map((record) => held(record)),
    );
    await queue.accept([document(3, customer(3))]);
    const desk = await openDesk();
    expect(await desk.trace('3', 10)).toMatchObject([{ state: 'waiting', key: customer(3) }]);
    const [first, second] = await desk.held(10);
    const told = new Promise<void>((resolve) => void queue.onDue(resolve));
    expect(await desk.retry([first?.name ?? ''])).toEqual([first?.name]);
    expect(await desk.discard([second?.name ?? ''], 'not wanted', 'ops')).toEqual([second?.name]);
    await told;
    expect((await takeAll(queue)).map(({ key }) => key)).toEqual([customer(1), customer(3)]);
    expect(await queue.held(10)).toEqual([]);
  });

  test('that is full takes nothing new, but everything in it is delivered, and then there is room again', async () => {
    const queue = await open({ maxBytes: megabyte });
    const count = await fill(queue, 1);
    expect(count).toBeGreaterThan(50);
    const records = await takeAll(queue);
    expect(records).toHaveLength(count);
    await queue.settle(
      org,
      records.map((record) => delivered(record)),
    );
    clock.nowMs += 1;
    // What has ended gives way, in small steps.
    expect(await fill(queue, 10_000)).toBeGreaterThan(count / 2);
    expect((await stat(file)).size).toBeLessThanOrEqual(megabyte);
  });

  test('refuses what has no room, and nothing that came together with it', async () => {
    const queue = await open({ maxBytes: megabyte });
    const [fits, tooLarge] = [500_000, 2_000_000].map((length, number) =>
      document(number, change(customer(number), number, { fields: { name: 'x'.repeat(length) } })),
    );
    if (fits === undefined || tooLarge === undefined) throw new Error('Two documents are needed');
    const [kept, refused] = await Promise.allSettled([queue.accept([fits]), queue.accept([tooLarge])]);
    expect(kept).toMatchObject({ status: 'fulfilled', value: [{ result: 'new' }] });
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'QUEUE_FULL' } });
  });

  test('that is full has room to hold everything that is in it, and to bring it back', async () => {
    const queue = await open({ maxBytes: megabyte });
    const count = await fill(queue, 1);
    const longest = 'ä'.repeat(30_000);
    const withLongProblems = (await takeAll(queue)).map((record) => {
      const settlement = held(record, customer(99_999));
      if (settlement.ended !== 'held') return settlement;
      return { ...settlement, problem: { ...settlement.problem, title: longest, advice: longest } };
    });
    await queue.settle(org, withLongProblems);
    const shown = await queue.held(1000);
    expect(shown).toHaveLength(count);
    expect(await queue.retry(shown.map(({ name }) => name))).toHaveLength(count);
    expect(await takeAll(queue)).toHaveLength(count);
  });

  test('takes only so many refused documents, and again some when they were discarded', async () => {
    const queue = await open({ limits: { refusedDocuments: 2 } });
    const { position } = await queue.refuse(refusedDocument(1));
    await queue.refuse(refusedDocument(2));
    await expect(queue.refuse(refusedDocument(3))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    await queue.discard([`SC-${position}`], 'seen', 'ops');
    await expect(queue.refuse(refusedDocument(3))).resolves.toMatchObject({ result: 'new' });
  });

  test('forgets values after a week, also in its bytes, and receipts with their records after 90 days', async () => {
    const queue = await open();
    await queue.accept([large(1)]);
    await queue.settle(
      org,
      (await takeAll(queue)).map((record) => delivered(record)),
    );
    const state = async (number: number): Promise<object | undefined> => {
      // Removed while nobody waits, after something else was asked for.
      for (const each of [number, number + 1]) await queue.accept([document(each, customer(2))]);
      const [found] = await queue.trace('0000000001', 1);
      return found === undefined ? undefined : { state: found.state, hasValues: 'name' in found.fields };
    };
    clock.nowMs += 6 * dayMs;
    expect(await state(10)).toEqual({ state: 'delivered', hasValues: true });
    clock.nowMs += 2 * dayMs;
    expect(await state(20)).toEqual({ state: 'delivered', hasValues: false });
    clock.nowMs += 84 * dayMs;
    expect(await state(30)).toBeUndefined();
    // What waits stays, however old it is.
    expect((await takeAll(queue))[0]?.changes).toHaveLength(6);
    await queue.close();
    expect((await readFile(file)).includes('Very Secret')).toBe(false);
  });

  test('never holds up the thread that asks', async () => {
    const queue = await open();
    let turns = 0;
    let isWatching = true;
    const watch = (): void => {
      turns += 1;
      if (isWatching) setImmediate(watch);
    };
    watch();
    for (let number = 0; number < 20; number += 1) await queue.accept([document(number, customer(number + 1))]);
    isWatching = false;
    // The event loop turns many times while each of the twenty commits is synced elsewhere.
    expect(turns).toBeGreaterThan(40);
  });
});
