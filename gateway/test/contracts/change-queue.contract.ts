/** What every queue of changes must promise to those who bring changes and who deliver them, as the port's comments state it. */
import { describe, expect, test } from '@jest/globals';
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
  retried,
  salesArea,
  sharedSystem,
  skipped,
  system,
} from '../queue/examples.ts';
import type { Settlement, WaitingRecord } from '../../src/ports/index.ts';
import { ids, QueueHouse } from './queue-house.ts';
import type { QueuePlace } from './queue-house.ts';

export function describeChangeQueue(name: string, createPlace: () => Promise<QueuePlace>): void {
  describe(`the promises of the queue ${name}`, () => {
    const house = new QueueHouse(createPlace);
    const { restart, takeOne, take, settle, hold, heldNames, traceOne } = house;

    describe('accepting', () => {
      test('what was accepted is taken with everything it says, also after a restart', async () => {
        const arrived = document(7, change(customer(4711), 7, { isRemoved: true, parents: [customer(1)] }));
        const [{ position } = { position: 0 }] = await house.queue.accept([arrived]);
        await restart();
        const record = await takeOne();
        expect(record).toEqual({
          key: customer(4711),
          changes: [{ ...arrived.changes[0], position, source: arrived.source, arrivedAtMs: house.clock.nowMs }],
          attempts: 0,
          applied: {},
          appliedPaths: {},
          written: undefined,
        });
      });

      test('positions grow with each document, in the order given, and are never used again', async () => {
        const first = await house.queue.accept([document(2, customer(1)), document(1, customer(2), customer(3))]);
        await restart();
        const second = await house.queue.accept([document(3), document(4, customer(1))]);
        const positions = [...first, ...second].map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((one, other) => one - other));
        expect(new Set(positions).size).toBe(4);
        const records = await take();
        const own = records.flatMap(({ changes }) => changes.map(({ position }) => position));
        expect(new Set(own).size).toBe(4);
      });

      test('a document that comes again changes nothing, even after it was delivered and after a restart', async () => {
        const accepted = await house.queue.accept([document(1, customer(1)), document(1, customer(1))]);
        const position = accepted[0]?.position;
        expect(accepted).toEqual([
          { result: 'new', position },
          { result: 'repeated', position },
        ]);
        await settle(delivered(await takeOne()));
        await restart();
        expect(await house.queue.accept([document(1, customer(1))])).toEqual([{ result: 'repeated', position }]);
        expect(await take()).toEqual([]);
      });

      test('the same number of another sender is another document', async () => {
        const other = document(1, customer(2));
        await house.queue.accept([document(1, customer(1))]);
        const source = { ...other.source, sender: 'OTHERCLNT1' };
        expect(await house.queue.accept([{ ...other, source }])).toMatchObject([{ result: 'new' }]);
        expect(await take()).toHaveLength(2);
      });

      test('a number that is known with other content is kept as a refused document, once, and not delivered', async () => {
        await house.queue.accept([document(1, customer(1))]);
        const reused = { ...document(1, customer(2)), contentHash: 'f'.repeat(64) };
        const [conflict] = await house.queue.accept([reused]);
        expect(conflict?.result).toBe('conflict');
        expect(await house.queue.accept([reused])).toEqual([conflict]);
        expect(ids(await take())).toEqual([customer(1).id]);
        expect(await house.queue.refused(10)).toMatchObject([
          { source: reused.source, position: conflict?.position, error: { code: 'DOCUMENT_NUMBER_REUSED' } },
        ]);
      });

      test('a document without changes is known again', async () => {
        await house.queue.accept([document(1)]);
        expect(await house.queue.accept([document(1)])).toMatchObject([{ result: 'repeated' }]);
        expect(await take()).toEqual([]);
      });

      test('every org that has the system gets its own copy, with a turn of its own', async () => {
        const shared = key('customer', '0000004711', sharedSystem);
        await house.queue.accept([document(1, shared)]);
        const [mine] = await house.queue.take(org, sharedSystem, 10);
        const [theirs] = await house.queue.take(otherOrg, sharedSystem, 10);
        if (mine === undefined || theirs === undefined) throw new Error('An org got nothing');
        await house.queue.settle(org, [delivered(mine)]);
        await house.queue.settle(otherOrg, [held(theirs)]);
        expect(await house.queue.counts(org, sharedSystem)).toMatchObject({ waiting: 0, held: 0 });
        expect(await house.queue.counts(otherOrg, sharedSystem)).toMatchObject({ waiting: 0, held: 1 });
        expect(await house.queue.held(10)).toMatchObject([{ org: otherOrg, key: shared }]);
      });

      test('a thousand callers at once are all kept', async () => {
        const numbers = Array.from({ length: 1000 }, (_, index) => index);
        await Promise.all(numbers.map((number) => house.queue.accept([document(number, customer(number + 1))])));
        await restart();
        expect(await house.queue.counts(org, system)).toMatchObject({ waiting: 1000 });
        expect(await take(2000)).toHaveLength(1000);
      });

      test('a checkpoint is kept together with its documents, and without any', async () => {
        expect(await house.queue.checkpoint('credit')).toBeUndefined();
        await house.queue.accept([document(1, customer(1))], { name: 'credit', value: 'A' });
        await house.queue.remember({ name: 'clearing', value: 'B' });
        await house.queue.remember({ name: 'clearing', value: 'C' });
        await restart();
        expect([await house.queue.checkpoint('credit'), await house.queue.checkpoint('clearing')]).toEqual(['A', 'C']);
      });
    });

    describe('taking', () => {
      test('everything that waits for a record comes together, oldest first; records with the oldest change first', async () => {
        await house.queue.accept([document(1, customer(2)), document(2, customer(1)), document(3, customer(2))]);
        const records = await take();
        expect(ids(records)).toEqual([customer(2).id, customer(1).id]);
        expect(records[0]?.changes.map(({ source }) => source.number)).toEqual([idocNumber(1), idocNumber(3)]);
        expect(records[0]?.changes.map(({ key: of }) => of)).toEqual([customer(2), customer(2)]);
      });

      test('not more records than asked for, and none twice before it is settled', async () => {
        await house.queue.accept([document(1, customer(1)), document(2, customer(2)), document(3, customer(3))]);
        expect(ids(await take(2))).toEqual([customer(1).id, customer(2).id]);
        expect(ids(await take(2))).toEqual([customer(3).id]);
        expect(await take()).toEqual([]);
      });

      test('what was taken and not settled is taken again after a restart', async () => {
        await house.queue.accept([document(1, customer(1))]);
        await takeOne();
        await restart();
        expect(ids(await take())).toEqual([customer(1).id]);
      });

      test('only of the org and the system asked for', async () => {
        await house.queue.accept([document(1, customer(1))]);
        expect(await house.queue.take(otherOrg, system, 10)).toEqual([]);
        expect(await house.queue.take(org, sharedSystem, 10)).toEqual([]);
        expect(await take()).toHaveLength(1);
      });

      test('at most 200 changes of a record at once; the rest comes with the next turn', async () => {
        const numbers = Array.from({ length: 450 }, (_, index) => index);
        await house.queue.accept(numbers.map((number) => document(number, customer(1))));
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
        await house.queue.accept([document(1, customer(1))]);
        const first = await takeOne();
        await house.queue.accept([document(2, customer(1))]);
        expect(await take()).toEqual([]);
        await settle(delivered(first));
        expect((await takeOne()).changes.map(({ source }) => source.number)).toEqual([idocNumber(2)]);
      });
    });

    describe('settling', () => {
      test('what was delivered is known with the next turn: its order by facet, and the hash of what was written', async () => {
        await house.queue.accept([document(1, change(customer(1), 1), change(customer(1), 1, { facet: 'credit' }))]);
        const first = await takeOne();
        await settle(delivered(first));
        await house.queue.accept([document(2, customer(1))]);
        const { changes } = first;
        const second = await takeOne();
        expect(second.applied).toEqual({ master: changes[0]?.order, credit: changes[1]?.order });
        expect(second.written).toBe(`hash of ${changes[1]?.position}`);
        await settle(delivered(second));
        await house.queue.accept([document(3, customer(1))]);
        await restart();
        expect((await takeOne()).applied).toEqual({ master: second.changes[0]?.order, credit: changes[1]?.order });
      });

      test('the order of each path is kept, the greater one of each, also by what is skipped and after a restart', async () => {
        const [first, second, third] = [1, 2, 3].map((number) => change(customer(1), number).order);
        if (first === undefined || second === undefined || third === undefined) throw new Error('There are three');
        const next = async (number: number): Promise<WaitingRecord> => {
          await house.queue.accept([document(number, customer(1))]);
          return takeOne();
        };
        const of = { master: third, credit: first };
        await settle(
          delivered(await next(1), { applied: of, appliedPaths: { name: third, city: second, limit: first } }),
        );
        const known = await next(2);
        expect(known.appliedPaths).toEqual({ name: third, city: second, limit: first });
        const said = { name: first, industry: second, limit: second, '*credit': second };
        await settle({ ...skipped(known, 'older'), applied: { credit: third }, appliedPaths: said } as Settlement);
        await restart();
        const all = { name: third, city: second, industry: second, limit: second, '*credit': second };
        const last = await next(3);
        expect(last).toMatchObject({ applied: { master: third, credit: third }, appliedPaths: all });
        await settle(delivered(last));
        expect((await next(4)).appliedPaths).toEqual(all);
      });

      test('a change that arrives during a turn lets go what is held at its end, after an older part was skipped', async () => {
        await house.queue.accept([document(1, customer(1)), document(2, customer(1))]);
        const record = await takeOne();
        const only = (index: number): WaitingRecord => ({ ...record, changes: record.changes.slice(index, index + 1) });
        await house.queue.accept([document(3, customer(1))]);
        await settle(skipped(only(0), 'older'), held(only(1)));
        expect((await takeOne()).changes.map(({ source }) => source.number)).toEqual([idocNumber(2), idocNumber(3)]);
      });

      test.each(['older', 'echo', 'unwanted'] as const)('what is skipped as %s is over, and says why', async (why) => {
        await house.queue.accept([document(1, customer(1))]);
        await settle(skipped(await takeOne(), why));
        expect(await take()).toEqual([]);
        expect(await house.queue.counts(org, system)).toEqual({ waiting: 0, held: 0, oldestAtMs: undefined });
        expect(await traceOne('1')).toMatchObject({
          state: why,
          reason: `because it is ${why}`,
          committedAt: undefined,
        });
      });

      test('what is to be tried again comes when it is due, not before, with how often it failed', async () => {
        await house.queue.accept([document(1, customer(1))]);
        await settle(retried(await takeOne(), house.clock.nowMs + 5000));
        expect(await take()).toEqual([]);
        house.clock.nowMs += 4999;
        expect(await take()).toEqual([]);
        house.clock.nowMs += 1;
        const second = await takeOne();
        expect(second.attempts).toBe(1);
        await settle(retried(second, house.clock.nowMs));
        const third = await takeOne();
        expect(third.attempts).toBe(2);
        await settle(delivered(third));
        await house.queue.accept([document(2, customer(1))]);
        expect((await takeOne()).attempts).toBe(0);
      });

      test('something newer of a record that waits for its next try brings it at once, all together', async () => {
        await house.queue.accept([document(1, customer(1))]);
        await settle(retried(await takeOne(), house.clock.nowMs + 60_000));
        await house.queue.accept([document(2, customer(1))]);
        expect((await takeOne()).changes).toHaveLength(2);
      });

      test('something newer that came during the failing turn brings the record at once, too', async () => {
        await house.queue.accept([document(1, customer(1))]);
        const first = await takeOne();
        await house.queue.accept([document(2, customer(1))]);
        await settle(retried(first, house.clock.nowMs + 60_000));
        const second = await takeOne();
        expect(second.changes).toHaveLength(2);
        await house.queue.accept([document(3, customer(1))]);
        await settle(held(second));
        expect((await takeOne()).changes).toHaveLength(3);
      });

      test('a record that fails with more than one turn of changes waits all the same', async () => {
        await house.queue.accept(Array.from({ length: 250 }, (_, number) => document(number, customer(1))));
        await settle(retried(await takeOne(), house.clock.nowMs + 60_000));
        expect(await take()).toEqual([]);
      });

      test('what fails holds its own record alone', async () => {
        await house.queue.accept([document(1, customer(1)), document(2, customer(2))]);
        const [poison, fine] = await take();
        if (poison === undefined || fine === undefined) throw new Error('Both are due');
        await settle(held(poison), delivered(fine));
        await house.queue.accept([document(3, customer(2))]);
        expect(ids(await take())).toEqual([customer(2).id]);
      });

      test('a settlement of what this queue does not know changes nothing', async () => {
        await house.queue.accept([document(1, customer(1))]);
        const record = await takeOne();
        await settle(delivered({ ...record, key: customer(99) }), delivered({ ...record, key: salesArea(1) }));
        expect(await house.queue.counts(org, system)).toMatchObject({ waiting: 1 });
        expect(await traceOne('1')).toMatchObject({ state: 'waiting' });
      });
    });

    describe('telling', () => {
      const listen = (): { count: number; stop: () => void } => {
        const told = { count: 0, stop: () => undefined as void };
        told.stop = house.queue.onDue(() => void (told.count += 1));
        return told;
      };

      test('who listens is told after an accept, a release and a retry, until it stops listening', async () => {
        const told = listen();
        await hold(1, salesArea(1), customer(1));
        expect(told.count).toBeGreaterThan(0);
        await house.queue.accept([document(2, customer(1))]);
        told.count = 0;
        await settle(delivered(await takeOne()));
        expect(told.count).toBeGreaterThan(0);
        await settle(held(await takeOne()));
        told.count = 0;
        await house.queue.retry(await heldNames());
        expect(told.count).toBeGreaterThan(0);
        told.stop();
        told.count = 0;
        await house.queue.accept([document(3, customer(3))]);
        expect(told.count).toBe(0);
      });

      test('the next due time is that of what waits by itself', async () => {
        expect(await house.queue.nextDueAtMs(org, system)).toBeUndefined();
        await house.queue.accept([document(1, customer(1))]);
        expect(await house.queue.nextDueAtMs(org, system)).toBeLessThanOrEqual(house.clock.nowMs);
        const record = await takeOne();
        expect(await house.queue.nextDueAtMs(org, system)).toBeUndefined();
        await settle(retried(record, house.clock.nowMs + 5000));
        expect(await house.queue.nextDueAtMs(org, system)).toBe(house.clock.nowMs + 5000);
        await hold(2, customer(2));
        expect(await house.queue.nextDueAtMs(org, system)).toBe(house.clock.nowMs + 5000);
      });

      test('counts tell what waits by itself, what is held, and since when', async () => {
        const startMs = house.clock.nowMs;
        await hold(1, customer(1));
        house.clock.nowMs += 1000;
        await house.queue.accept([document(2, customer(2))]);
        house.clock.nowMs += 1000;
        await house.queue.accept([document(3, customer(2)), document(4, customer(3))]);
        expect(await house.queue.counts(org, system)).toEqual({ waiting: 2, held: 1, oldestAtMs: startMs + 1000 });
        const [first] = await take(1);
        if (first === undefined) throw new Error('Something is due');
        await settle(retried(first, house.clock.nowMs + 5000));
        expect(await house.queue.counts(org, system)).toEqual({ waiting: 2, held: 1, oldestAtMs: startMs + 1000 });
        await house.queue.retry(await heldNames());
        expect(await house.queue.counts(org, system)).toEqual({ waiting: 3, held: 0, oldestAtMs: startMs });
      });
    });

    test('what was asked before closing is kept; what is asked after is refused', async () => {
      const accepted = house.queue.accept([document(1, customer(1))]);
      await house.queue.close();
      await expect(accepted).resolves.toMatchObject([{ result: 'new' }]);
      await expect(house.queue.accept([document(2, customer(1))])).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
      await house.open();
      expect(await take()).toHaveLength(1);
    });
  });
}
