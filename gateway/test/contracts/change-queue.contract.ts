/** What every queue of changes must promise, as the port's comments state it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordKey } from '../../src/model/index.ts';
import type { ChangeQueue, Settlement, WaitingRecord } from '../../src/ports/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import {
  change,
  customer,
  delivered,
  document,
  held,
  idocNumber,
  key,
  org,
  otherOrg,
  refusedDocument,
  retried,
  salesArea,
  sharedSystem,
  skipped,
  StandingClock,
  system,
} from '../queue/examples.ts';

/** One place where a queue lives: opened, closed, and opened again as after a restart. Its orgs are those of the examples. */
export interface QueuePlace {
  open(clock: Clock): Promise<ChangeQueue>;
  remove(): Promise<void>;
}

export function describeChangeQueue(name: string, createPlace: () => Promise<QueuePlace>): void {
  describe(`the promises of the queue ${name}`, () => {
    let place: QueuePlace;
    let queue: ChangeQueue;
    let clock: StandingClock;

    beforeEach(async () => {
      clock = new StandingClock();
      place = await createPlace();
      queue = await place.open(clock);
    });
    afterEach(async () => {
      await queue.close();
      await place.remove();
    });

    const restart = async (): Promise<void> => {
      await queue.close();
      queue = await place.open(clock);
    };
    const take = (limit = 100): Promise<readonly WaitingRecord[]> => queue.take(org, system, limit);
    const takeOne = async (): Promise<WaitingRecord> => {
      const [record, ...more] = await take();
      if (record === undefined || more.length > 0) throw new Error('Not exactly one record is due');
      return record;
    };
    const settle = (...settlements: readonly Settlement[]): Promise<void> => queue.settle(org, settlements);
    const ids = (records: readonly WaitingRecord[]): readonly string[] => records.map((record) => record.key.id);
    /** Accepts one change and lets its turn end with it held. */
    const hold = async (number: number, of: RecordKey, waitsFor?: RecordKey): Promise<void> => {
      await queue.accept([document(number, of)]);
      await settle(held(await takeOne(), waitsFor));
    };
    const heldNames = async (): Promise<readonly string[]> => (await queue.held(100)).map((each) => each.name);
    const traceOne = async (number: string) => {
      const [found, ...more] = await queue.trace(number, 10);
      if (found === undefined || more.length > 0) throw new Error('Not exactly one change has this number');
      return found;
    };

    describe('accepting', () => {
      test('what was accepted is taken with everything it says, also after a restart', async () => {
        const arrived = document(7, change(customer(4711), 7, { isRemoved: true, parents: [customer(1)] }));
        const [{ position } = { position: 0 }] = await queue.accept([arrived]);
        await restart();
        const record = await takeOne();
        expect(record).toEqual({
          key: customer(4711),
          changes: [{ ...arrived.changes[0], position, source: arrived.source, arrivedAtMs: clock.nowMs }],
          attempts: 0,
          applied: {},
          written: undefined,
        });
      });

      test('positions grow with each document, in the order given, and are never used again', async () => {
        const first = await queue.accept([document(2, customer(1)), document(1, customer(2), customer(3))]);
        await restart();
        const second = await queue.accept([document(3), document(4, customer(1))]);
        const positions = [...first, ...second].map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((one, other) => one - other));
        expect(new Set(positions).size).toBe(4);
        const records = await take();
        const own = records.flatMap(({ changes }) => changes.map(({ position }) => position));
        expect(new Set(own).size).toBe(4);
      });

      test('a document that comes again changes nothing, even after it was delivered and after a restart', async () => {
        const accepted = await queue.accept([document(1, customer(1)), document(1, customer(1))]);
        const position = accepted[0]?.position;
        expect(accepted).toEqual([
          { result: 'new', position },
          { result: 'repeated', position },
        ]);
        await settle(delivered(await takeOne()));
        await restart();
        expect(await queue.accept([document(1, customer(1))])).toEqual([{ result: 'repeated', position }]);
        expect(await take()).toEqual([]);
      });

      test('the same number of another sender is another document', async () => {
        const other = document(1, customer(2));
        await queue.accept([document(1, customer(1))]);
        const source = { ...other.source, sender: 'OTHERCLNT1' };
        expect(await queue.accept([{ ...other, source }])).toMatchObject([{ result: 'new' }]);
        expect(await take()).toHaveLength(2);
      });

      test('a number that is known with other content is kept as a refused document, once, and not delivered', async () => {
        await queue.accept([document(1, customer(1))]);
        const reused = { ...document(1, customer(2)), contentHash: 'f'.repeat(64) };
        const [conflict] = await queue.accept([reused]);
        expect(conflict?.result).toBe('conflict');
        expect(await queue.accept([reused])).toEqual([conflict]);
        expect(ids(await take())).toEqual([customer(1).id]);
        expect(await queue.refused(10)).toMatchObject([
          { source: reused.source, position: conflict?.position, error: { code: 'DOCUMENT_NUMBER_REUSED' } },
        ]);
      });

      test('a document without changes is known again', async () => {
        await queue.accept([document(1)]);
        expect(await queue.accept([document(1)])).toMatchObject([{ result: 'repeated' }]);
        expect(await take()).toEqual([]);
      });

      test('every org that has the system gets its own copy, with a turn of its own', async () => {
        const shared = key('customer', '0000004711', sharedSystem);
        await queue.accept([document(1, shared)]);
        const [mine] = await queue.take(org, sharedSystem, 10);
        const [theirs] = await queue.take(otherOrg, sharedSystem, 10);
        if (mine === undefined || theirs === undefined) throw new Error('An org got nothing');
        await queue.settle(org, [delivered(mine)]);
        await queue.settle(otherOrg, [held(theirs)]);
        expect(await queue.counts(org, sharedSystem)).toMatchObject({ waiting: 0, held: 0 });
        expect(await queue.counts(otherOrg, sharedSystem)).toMatchObject({ waiting: 0, held: 1 });
        expect(await queue.held(10)).toMatchObject([{ org: otherOrg, key: shared }]);
      });

      test('a thousand callers at once are all kept', async () => {
        const numbers = Array.from({ length: 1000 }, (_, index) => index);
        await Promise.all(numbers.map((number) => queue.accept([document(number, customer(number + 1))])));
        await restart();
        expect(await queue.counts(org, system)).toMatchObject({ waiting: 1000 });
        expect(await take(2000)).toHaveLength(1000);
      });

      test('a checkpoint is kept together with its documents, and without any', async () => {
        expect(await queue.checkpoint('credit')).toBeUndefined();
        await queue.accept([document(1, customer(1))], { name: 'credit', value: 'A' });
        await queue.remember({ name: 'clearing', value: 'B' });
        await queue.remember({ name: 'clearing', value: 'C' });
        await restart();
        expect([await queue.checkpoint('credit'), await queue.checkpoint('clearing')]).toEqual(['A', 'C']);
      });
    });

    describe('taking', () => {
      test('everything that waits for a record comes together, oldest first; records with the oldest change first', async () => {
        await queue.accept([document(1, customer(2)), document(2, customer(1)), document(3, customer(2))]);
        const records = await take();
        expect(ids(records)).toEqual([customer(2).id, customer(1).id]);
        expect(records[0]?.changes.map(({ source }) => source.number)).toEqual([idocNumber(1), idocNumber(3)]);
        expect(records[0]?.changes.map(({ key: of }) => of)).toEqual([customer(2), customer(2)]);
      });

      test('not more records than asked for, and none twice before it is settled', async () => {
        await queue.accept([document(1, customer(1)), document(2, customer(2)), document(3, customer(3))]);
        expect(ids(await take(2))).toEqual([customer(1).id, customer(2).id]);
        expect(ids(await take(2))).toEqual([customer(3).id]);
        expect(await take()).toEqual([]);
      });

      test('what was taken and not settled is taken again after a restart', async () => {
        await queue.accept([document(1, customer(1))]);
        await takeOne();
        await restart();
        expect(ids(await take())).toEqual([customer(1).id]);
      });

      test('only of the org and the system asked for', async () => {
        await queue.accept([document(1, customer(1))]);
        expect(await queue.take(otherOrg, system, 10)).toEqual([]);
        expect(await queue.take(org, sharedSystem, 10)).toEqual([]);
        expect(await take()).toHaveLength(1);
      });

      test('at most 200 changes of a record at once; the rest comes with the next turn', async () => {
        const numbers = Array.from({ length: 450 }, (_, index) => index);
        await queue.accept(numbers.map((number) => document(number, customer(1))));
        const turns: number[] = [];
        for (let record = await takeOne(); ; record = await takeOne()) {
          turns.push(record.changes.length);
          await settle(delivered(record));
          if (turns.length === 3) break;
        }
        expect(turns).toEqual([200, 200, 50]);
        expect(await take()).toEqual([]);
      });

      test('a change that arrives during the turn of its record comes with the next one', async () => {
        await queue.accept([document(1, customer(1))]);
        const first = await takeOne();
        await queue.accept([document(2, customer(1))]);
        expect(await take()).toEqual([]);
        await settle(delivered(first));
        expect((await takeOne()).changes.map(({ source }) => source.number)).toEqual([idocNumber(2)]);
      });
    });

    describe('settling', () => {
      test('what was delivered is known with the next turn: its order by facet, and the hash of what was written', async () => {
        await queue.accept([document(1, change(customer(1), 1), change(customer(1), 1, { facet: 'credit' }))]);
        const first = await takeOne();
        await settle(delivered(first));
        await queue.accept([document(2, customer(1))]);
        const { changes } = first;
        const second = await takeOne();
        expect(second.applied).toEqual({ master: changes[0]?.order, credit: changes[1]?.order });
        expect(second.written).toBe(`hash of ${changes[1]?.position}`);
        await settle(delivered(second));
        await queue.accept([document(3, customer(1))]);
        await restart();
        expect((await takeOne()).applied).toEqual({ master: second.changes[0]?.order, credit: changes[1]?.order });
      });

      test.each(['older', 'echo', 'unwanted'] as const)('what is skipped as %s is over, and says why', async (why) => {
        await queue.accept([document(1, customer(1))]);
        await settle(skipped(await takeOne(), why));
        expect(await take()).toEqual([]);
        expect(await queue.counts(org, system)).toEqual({ waiting: 0, held: 0, oldestAtMs: undefined });
        expect(await traceOne('1')).toMatchObject({
          state: why,
          reason: `because it is ${why}`,
          committedAt: undefined,
        });
      });

      test('what is to be tried again comes when it is due, not before, with how often it failed', async () => {
        await queue.accept([document(1, customer(1))]);
        await settle(retried(await takeOne(), clock.nowMs + 5000));
        expect(await take()).toEqual([]);
        clock.nowMs += 4999;
        expect(await take()).toEqual([]);
        clock.nowMs += 1;
        const second = await takeOne();
        expect(second.attempts).toBe(1);
        await settle(retried(second, clock.nowMs));
        const third = await takeOne();
        expect(third.attempts).toBe(2);
        await settle(delivered(third));
        await queue.accept([document(2, customer(1))]);
        expect((await takeOne()).attempts).toBe(0);
      });

      test('something newer of a record that waits for its next try brings it at once, all together', async () => {
        await queue.accept([document(1, customer(1))]);
        await settle(retried(await takeOne(), clock.nowMs + 60_000));
        await queue.accept([document(2, customer(1))]);
        expect((await takeOne()).changes).toHaveLength(2);
      });

      test('something newer that came during the failing turn brings the record at once, too', async () => {
        await queue.accept([document(1, customer(1))]);
        const first = await takeOne();
        await queue.accept([document(2, customer(1))]);
        await settle(retried(first, clock.nowMs + 60_000));
        const second = await takeOne();
        expect(second.changes).toHaveLength(2);
        await queue.accept([document(3, customer(1))]);
        await settle(held(second));
        expect((await takeOne()).changes).toHaveLength(3);
      });

      test('a record that fails with more than one turn of changes waits all the same', async () => {
        await queue.accept(Array.from({ length: 250 }, (_, number) => document(number, customer(1))));
        await settle(retried(await takeOne(), clock.nowMs + 60_000));
        expect(await take()).toEqual([]);
      });

      test('what fails holds its own record alone', async () => {
        await queue.accept([document(1, customer(1)), document(2, customer(2))]);
        const [poison, fine] = await take();
        if (poison === undefined || fine === undefined) throw new Error('Both are due');
        await settle(held(poison), delivered(fine));
        await queue.accept([document(3, customer(2))]);
        expect(ids(await take())).toEqual([customer(2).id]);
      });

      test('a settlement of what this queue does not know changes nothing', async () => {
        await queue.accept([document(1, customer(1))]);
        const record = await takeOne();
        await settle(delivered({ ...record, key: customer(99) }), delivered({ ...record, key: salesArea(1) }));
        expect(await queue.counts(org, system)).toMatchObject({ waiting: 1 });
        expect(await traceOne('1')).toMatchObject({ state: 'waiting' });
      });
    });

    describe('holding', () => {
      test('what is held is shown with why, since when, and where it came from, also after a restart', async () => {
        clock.nowMs += 1000;
        await queue.accept([document(1, salesArea(1))]);
        const record = await takeOne();
        const arrivedAtMs = clock.nowMs;
        clock.nowMs += 1000;
        await settle(held(record, customer(1)));
        await restart();
        const position = record.changes[0]?.position ?? 0;
        expect(await queue.held(10)).toEqual([
          {
            name: `SC-${String(position).padStart(6, '0')}`,
            org,
            key: salesArea(1),
            problem: expect.objectContaining({ code: 'CHANGE_PARENT_MISSING' }),
            waitsFor: customer(1),
            attempts: 1,
            changes: 1,
            source: document(1).source,
            arrivedAtMs,
            heldAtMs: clock.nowMs,
          },
        ]);
        expect(await take()).toEqual([]);
      });

      test('names are unique, and lists go on after one', async () => {
        await queue.accept([document(1, customer(1), customer(2), customer(3))]);
        await settle(...(await take()).map((record) => held(record)));
        const names = await heldNames();
        expect(new Set(names).size).toBe(3);
        const [first] = await queue.held(1);
        const rest = await queue.held(10, first?.name);
        expect([first, ...rest].map((each) => each?.name)).toEqual(names);
      });

      test('a held record comes back when its parent is delivered, and only then', async () => {
        await hold(1, salesArea(1), customer(1));
        await hold(2, salesArea(2), customer(2));
        await queue.accept([document(3, customer(1))]);
        const parent = await takeOne();
        expect(parent.key).toEqual(customer(1));
        await settle(delivered(parent));
        expect(ids(await take())).toEqual([salesArea(1).id]);
        expect(await queue.held(10)).toMatchObject([{ key: salesArea(2) }]);
      });

      test('a parent that is delivered during the turn of its child brings the child back, too', async () => {
        await queue.accept([document(1, salesArea(1)), document(2, customer(1))]);
        const [child, parent] = await take();
        if (child === undefined || parent === undefined) throw new Error('Both are due');
        await settle(delivered(parent));
        await settle(held(child, customer(1)));
        expect(ids(await take())).toEqual([salesArea(1).id]);
      });

      test('a parent that was delivered before the turn of its child does not bring it back again and again', async () => {
        await queue.accept([document(1, customer(1))]);
        await settle(delivered(await takeOne()));
        await hold(2, salesArea(1), customer(1));
        expect(await take()).toEqual([]);
      });

      test.each(['older', 'echo'] as const)('a parent that is %s is there, and releases its children', async (why) => {
        await hold(1, salesArea(1), customer(1));
        await queue.accept([document(2, customer(1))]);
        await settle(skipped(await takeOne(), why));
        expect(ids(await take())).toEqual([salesArea(1).id]);
      });

      test('the parent of another org releases nothing', async () => {
        const parent = key('customer', '0000000001', sharedSystem);
        const child = key('contact', '0000000009', sharedSystem);
        await queue.accept([document(1, child)]);
        for (const each of [org, otherOrg]) {
          const [record] = await queue.take(each, sharedSystem, 1);
          if (record !== undefined) await queue.settle(each, [held(record, parent)]);
        }
        await queue.accept([document(2, parent)]);
        const [record] = await queue.take(otherOrg, sharedSystem, 1);
        if (record === undefined) throw new Error('The parent is due');
        await queue.settle(otherOrg, [delivered(record)]);
        expect(await queue.held(10)).toMatchObject([{ org, key: child }]);
      });

      test('a held record comes back when something newer of it arrives, with all that waits', async () => {
        await hold(1, customer(1));
        await queue.accept([document(2, customer(1))]);
        expect(await queue.held(10)).toEqual([]);
        expect(await takeOne()).toMatchObject({ attempts: 1, changes: [{}, {}] });
      });

      test('a held record comes back when a person says so; others stay', async () => {
        await hold(1, customer(1));
        await hold(2, customer(2));
        const [name = '', other = ''] = await heldNames();
        expect(await queue.retry([name, 'SC-999999', 'nonsense', name])).toEqual([name]);
        expect(await heldNames()).toEqual([other]);
        expect(ids(await take())).toEqual([customer(1).id]);
        expect(await queue.retry([name])).toEqual([]);
      });

      test('what is discarded is over, with the reason and who said it; what comes later has its turn', async () => {
        await hold(1, customer(1));
        const [name = ''] = await heldNames();
        expect(await queue.discard([name, 'SC-999999'], 'entered twice', 'ops')).toEqual([name]);
        expect(await take()).toEqual([]);
        expect(await queue.held(10)).toEqual([]);
        const traced = await traceOne('1');
        expect(traced.state).toBe('discarded');
        expect(traced.reason).toMatch(/entered twice.*ops/);
        await queue.accept([document(2, customer(1))]);
        expect((await takeOne()).changes).toHaveLength(1);
      });
    });

    describe('refusing', () => {
      test('what could not be understood is listed with its error, once, also after a restart', async () => {
        const first = await queue.refuse(refusedDocument(1));
        expect(first.result).toBe('new');
        expect(await queue.refuse(refusedDocument(1))).toEqual({ ...first, result: 'repeated' });
        await restart();
        const [listed, ...more] = await queue.refused(10);
        const { source, contentHash, error } = refusedDocument(1);
        expect(more).toEqual([]);
        expect(listed).toMatchObject({ source, contentHash, position: first.position, arrivedAtMs: clock.nowMs });
        expect([listed?.error.message, listed?.error.issues]).toEqual([error.message, error.issues]);
      });

      test('it is discarded by its name, and then may be refused anew', async () => {
        const { position } = await queue.refuse(refusedDocument(1));
        const name = `SC-${String(position).padStart(6, '0')}`;
        expect(await queue.discard([name], 'nobody needs it', 'ops')).toEqual([name]);
        expect(await queue.refused(10)).toEqual([]);
        expect(await queue.discard([name], 'nobody needs it', 'ops')).toEqual([]);
        expect((await queue.refuse(refusedDocument(1))).result).toBe('new');
      });

      test('the same content that is understood later is taken, and not listed any more', async () => {
        await queue.refuse(refusedDocument(1));
        expect(await queue.accept([document(1, customer(1))])).toMatchObject([{ result: 'new' }]);
        expect(await queue.refused(10)).toEqual([]);
        expect(await take()).toHaveLength(1);
      });
    });

    describe('telling', () => {
      const listen = (): { count: number; stop: () => void } => {
        const told = { count: 0, stop: () => undefined as void };
        told.stop = queue.onDue(() => void (told.count += 1));
        return told;
      };

      test('who listens is told after an accept, a release and a retry, until it stops listening', async () => {
        const told = listen();
        await hold(1, salesArea(1), customer(1));
        expect(told.count).toBeGreaterThan(0);
        await queue.accept([document(2, customer(1))]);
        told.count = 0;
        await settle(delivered(await takeOne()));
        expect(told.count).toBeGreaterThan(0);
        await settle(held(await takeOne()));
        told.count = 0;
        await queue.retry(await heldNames());
        expect(told.count).toBeGreaterThan(0);
        told.stop();
        told.count = 0;
        await queue.accept([document(3, customer(3))]);
        expect(told.count).toBe(0);
      });

      test('the next due time is that of what waits by itself', async () => {
        expect(await queue.nextDueAtMs(org, system)).toBeUndefined();
        await queue.accept([document(1, customer(1))]);
        expect(await queue.nextDueAtMs(org, system)).toBeLessThanOrEqual(clock.nowMs);
        const record = await takeOne();
        expect(await queue.nextDueAtMs(org, system)).toBeUndefined();
        await settle(retried(record, clock.nowMs + 5000));
        expect(await queue.nextDueAtMs(org, system)).toBe(clock.nowMs + 5000);
        await hold(2, customer(2));
        expect(await queue.nextDueAtMs(org, system)).toBe(clock.nowMs + 5000);
      });

      test('counts tell what waits by itself, what is held, and since when', async () => {
        const startMs = clock.nowMs;
        await hold(1, customer(1));
        clock.nowMs += 1000;
        await queue.accept([document(2, customer(2))]);
        clock.nowMs += 1000;
        await queue.accept([document(3, customer(2)), document(4, customer(3))]);
        expect(await queue.counts(org, system)).toEqual({ waiting: 2, held: 1, oldestAtMs: startMs + 1000 });
        const [first] = await take(1);
        if (first === undefined) throw new Error('Something is due');
        await settle(retried(first, clock.nowMs + 5000));
        expect(await queue.counts(org, system)).toEqual({ waiting: 2, held: 1, oldestAtMs: startMs + 1000 });
        await queue.retry(await heldNames());
        expect(await queue.counts(org, system)).toEqual({ waiting: 3, held: 0, oldestAtMs: startMs });
      });
    });

    describe('tracing', () => {
      test('says for each change by which document it came, and when Salesforce had it', async () => {
        await queue.accept([document(1234, customer(104711))]);
        await settle(delivered(await takeOne()));
        await restart();
        const traced = await traceOne('0000104711');
        expect(traced).toEqual({
          org,
          key: customer(104711),
          facet: 'master',
          position: expect.any(Number),
          source: document(1234).source,
          fields: { name: 'Nordwind 1234' },
          arrivedAtMs: clock.nowMs,
          state: 'delivered',
          committedAt: '2026-11-21T10:00:30.000Z',
          recordId: '0015g00000NORD1AAA',
          problem: undefined,
          reason: undefined,
        });
      });

      test.each(['0000104711', '104711', ' 000104711 '])('finds %j as a part of ids, newest first', async (number) => {
        await queue.accept([
          document(1, customer(104711)),
          document(2, salesArea(104711)),
          document(3, customer(4711)),
        ]);
        await queue.accept([document(4, customer(104711))]);
        const traces = await queue.trace(number, 10);
        expect(traces.map(({ source }) => source.number)).toEqual([4, 2, 1].map(idocNumber));
        expect(await queue.trace(number, 2)).toEqual(traces.slice(0, 2));
      });

      test.each(['WEB4711', 'web4711'])('finds the letters of %s', async (number) => {
        await queue.accept([document(1, key('customer', 'WEB4711'))]);
        expect(await traceOne(number)).toMatchObject({ key: { id: 'WEB4711' } });
      });

      test('finds what a document brought by its number, once where a record has that number, too', async () => {
        await queue.accept([document(77, customer(1), customer(77)), document(78, customer(3))]);
        const traces = await queue.trace('77', 10);
        expect(traces.map((each) => each.key.id).sort()).toEqual([customer(1).id, customer(77).id]);
        expect(await queue.trace(idocNumber(77), 10)).toEqual(traces);
      });

      test('says of what waits or is held why', async () => {
        await queue.accept([document(1, customer(9))]);
        expect(await traceOne('9')).toMatchObject({ state: 'waiting', problem: undefined });
        await settle(retried(await takeOne(), clock.nowMs));
        expect(await traceOne('9')).toMatchObject({ state: 'waiting', problem: { code: 'AGENT_BUSY' } });
        await settle(held(await takeOne()));
        expect(await traceOne('9')).toMatchObject({ state: 'held', problem: { code: 'CHANGE_PARENT_MISSING' } });
      });

      test('knows nothing of other numbers', async () => {
        await queue.accept([document(1, customer(104711))]);
        for (const number of ['4711', '10471', '0', '', '%', '104711/'])
          expect(await queue.trace(number, 10)).toEqual([]);
      });
    });

    test('what was asked before closing is kept; what is asked after is refused', async () => {
      const accepted = queue.accept([document(1, customer(1))]);
      await queue.close();
      await expect(accepted).resolves.toMatchObject([{ result: 'new' }]);
      await expect(queue.accept([document(2, customer(1))])).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      queue = await place.open(clock);
      expect(await take()).toHaveLength(1);
    });
  });
}
