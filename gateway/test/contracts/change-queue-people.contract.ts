/** What every queue of changes must promise to people: what is held, what they do about it, and what became of a record. */
import { describe, expect, test } from '@jest/globals';
import {
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
} from '../queue/examples.ts';
import { ids, QueueHouse } from './queue-house.ts';
import type { QueuePlace } from './queue-house.ts';

export function describeQueueForPeople(name: string, createPlace: () => Promise<QueuePlace>): void {
  describe(`what people have of the queue ${name}`, () => {
    const house = new QueueHouse(createPlace);
    const { restart, takeOne, take, settle, hold, heldNames, traceOne } = house;

    describe('holding', () => {
      test('what is held is shown with why, since when, and where it came from, also after a restart', async () => {
        house.clock.nowMs += 1000;
        await house.queue.accept([document(1, salesArea(1))]);
        const record = await takeOne();
        const arrivedAtMs = house.clock.nowMs;
        house.clock.nowMs += 1000;
        await settle(held(record, customer(1)));
        await restart();
        const position = record.changes[0]?.position ?? 0;
        expect(await house.queue.held(10)).toEqual([
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
            heldAtMs: house.clock.nowMs,
          },
        ]);
        expect(await take()).toEqual([]);
      });

      test('names are unique, and lists go on after one', async () => {
        await house.queue.accept([document(1, customer(1), customer(2), customer(3))]);
        await settle(...(await take()).map((record) => held(record)));
        const names = await heldNames();
        expect(new Set(names).size).toBe(3);
        const [first] = await house.queue.held(1);
        const rest = await house.queue.held(10, first?.name);
        expect([first, ...rest].map((each) => each?.name)).toEqual(names);
      });

      test('a held record comes back when its parent is delivered, and only then', async () => {
        await hold(1, salesArea(1), customer(1));
        await hold(2, salesArea(2), customer(2));
        await house.queue.accept([document(3, customer(1))]);
        const parent = await takeOne();
        expect(parent.key).toEqual(customer(1));
        await settle(delivered(parent));
        expect(ids(await take())).toEqual([salesArea(1).id]);
        expect(await house.queue.held(10)).toMatchObject([{ key: salesArea(2) }]);
      });

      test('a parent that is delivered during the turn of its child brings the child back, too', async () => {
        await house.queue.accept([document(1, salesArea(1)), document(2, customer(1))]);
        const [child, parent] = await take();
        if (child === undefined || parent === undefined) throw new Error('Both are due');
        await settle(delivered(parent));
        await settle(held(child, customer(1)));
        expect(ids(await take())).toEqual([salesArea(1).id]);
      });

      test('a parent that was delivered before the turn of its child does not bring it back again and again', async () => {
        await house.queue.accept([document(1, customer(1))]);
        await settle(delivered(await takeOne()));
        await hold(2, salesArea(1), customer(1));
        expect(await take()).toEqual([]);
      });

      test.each(['older', 'echo'] as const)('a parent that is %s is there, and releases its children', async (why) => {
        await hold(1, salesArea(1), customer(1));
        await house.queue.accept([document(2, customer(1))]);
        await settle(skipped(await takeOne(), why));
        expect(ids(await take())).toEqual([salesArea(1).id]);
      });

      test('the parent of another org releases nothing', async () => {
        const parent = key('customer', '0000000001', sharedSystem);
        const child = key('contact', '0000000009', sharedSystem);
        await house.queue.accept([document(1, child)]);
        for (const each of [org, otherOrg]) {
          const [record] = await house.queue.take(each, sharedSystem, 1);
          if (record !== undefined) await house.queue.settle(each, [held(record, parent)]);
        }
        await house.queue.accept([document(2, parent)]);
        const [record] = await house.queue.take(otherOrg, sharedSystem, 1);
        if (record === undefined) throw new Error('The parent is due');
        await house.queue.settle(otherOrg, [delivered(record)]);
        expect(await house.queue.held(10)).toMatchObject([{ org, key: child }]);
      });

      test('a held record comes back when something newer of it arrives, with all that waits', async () => {
        await hold(1, customer(1));
        await house.queue.accept([document(2, customer(1))]);
        expect(await house.queue.held(10)).toEqual([]);
        expect(await takeOne()).toMatchObject({ attempts: 1, changes: [{}, {}] });
      });

      test('a held record comes back when a person says so; others stay', async () => {
        await hold(1, customer(1));
        await hold(2, customer(2));
        const [name = '', other = ''] = await heldNames();
        expect(await house.queue.retry([name, 'SC-999999', 'nonsense', name])).toEqual([name]);
        expect(await heldNames()).toEqual([other]);
        expect(ids(await take())).toEqual([customer(1).id]);
        expect(await house.queue.retry([name])).toEqual([]);
      });

      test('what is discarded is over, with the reason and who said it; what comes later has its turn', async () => {
        await hold(1, customer(1));
        const [name = ''] = await heldNames();
        expect(await house.queue.discard([name, 'SC-999999'], 'entered twice', 'ops')).toEqual([name]);
        expect(await take()).toEqual([]);
        expect(await house.queue.held(10)).toEqual([]);
        const traced = await traceOne('1');
        expect(traced.state).toBe('discarded');
        expect(traced.reason).toMatch(/entered twice.*ops/);
        await house.queue.accept([document(2, customer(1))]);
        expect((await takeOne()).changes).toHaveLength(1);
      });
    });

    describe('refusing', () => {
      test('what could not be understood is listed with its error, once, also after a restart', async () => {
        const first = await house.queue.refuse(refusedDocument(1));
        expect(first.result).toBe('new');
        expect(await house.queue.refuse(refusedDocument(1))).toEqual({ ...first, result: 'repeated' });
        await restart();
        const [listed, ...more] = await house.queue.refused(10);
        const { source, contentHash, error } = refusedDocument(1);
        expect(more).toEqual([]);
        expect(listed).toMatchObject({ source, contentHash, position: first.position, arrivedAtMs: house.clock.nowMs });
        expect([listed?.error.message, listed?.error.issues]).toEqual([error.message, error.issues]);
      });

      test('it is discarded by its name, and then may be refused anew', async () => {
        const { position } = await house.queue.refuse(refusedDocument(1));
        const name = `SD-${String(position).padStart(6, '0')}`;
        expect(await house.queue.refused(10)).toMatchObject([{ name, position }]);
        expect(await house.queue.discard([name], 'nobody needs it', 'ops')).toEqual([name]);
        expect(await house.queue.refused(10)).toEqual([]);
        expect(await house.queue.discard([name], 'nobody needs it', 'ops')).toEqual([]);
        expect((await house.queue.refuse(refusedDocument(1))).result).toBe('new');
      });

      test('the same content that is understood later is taken, and not listed any more', async () => {
        await house.queue.refuse(refusedDocument(1));
        expect(await house.queue.accept([document(1, customer(1))])).toMatchObject([{ result: 'new' }]);
        expect(await house.queue.refused(10)).toEqual([]);
        expect(await take()).toHaveLength(1);
      });

      test('the number that comes again corrected is taken, and not listed any more', async () => {
        await house.queue.refuse({ ...refusedDocument(1), contentHash: 'f'.repeat(64) });
        expect(await house.queue.accept([document(1, customer(1))])).toMatchObject([{ result: 'new' }]);
        expect(await house.queue.refused(10)).toEqual([]);
      });

      test('a number that came with other content stays listed when the first content comes again', async () => {
        await house.queue.accept([document(1, customer(1))]);
        await house.queue.accept([{ ...document(1, customer(1)), contentHash: 'f'.repeat(64) }]);
        expect(await house.queue.accept([document(1, customer(1))])).toMatchObject([{ result: 'repeated' }]);
        expect(await house.queue.refused(10)).toMatchObject([{ source: { number: idocNumber(1) } }]);
      });
    });

    describe('tracing', () => {
      test('says for each change by which document it came, and when Salesforce had it', async () => {
        await house.queue.accept([document(1234, customer(104711))]);
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
          arrivedAtMs: house.clock.nowMs,
          state: 'delivered',
          committedAt: '2026-11-21T10:00:30.000Z',
          recordId: '0015g00000NORD1AAA',
          problem: undefined,
          reason: undefined,
        });
      });

      test.each(['0000104711', '104711', ' 000104711 '])('finds %j as a part of ids, newest first', async (number) => {
        await house.queue.accept([
          document(1, customer(104711)),
          document(2, salesArea(104711)),
          document(3, customer(4711)),
        ]);
        await house.queue.accept([document(4, customer(104711))]);
        const traces = await house.queue.trace(number, 10);
        expect(traces.map(({ source }) => source.number)).toEqual([4, 2, 1].map(idocNumber));
        expect(await house.queue.trace(number, 2)).toEqual(traces.slice(0, 2));
      });

      test.each(['WEB4711', 'web4711'])('finds the letters of %s', async (number) => {
        await house.queue.accept([document(1, key('customer', 'WEB4711'))]);
        expect(await traceOne(number)).toMatchObject({ key: { id: 'WEB4711' } });
      });

      test('finds what a document brought by its number, once where a record has that number, too', async () => {
        await house.queue.accept([document(77, customer(1), customer(77)), document(78, customer(3))]);
        const traces = await house.queue.trace('77', 10);
        expect(traces.map((each) => each.key.id).sort()).toEqual([customer(1).id, customer(77).id]);
        expect(await house.queue.trace(idocNumber(77), 10)).toEqual(traces);
      });

      test('says of what waits or is held why', async () => {
        await house.queue.accept([document(1, customer(9))]);
        expect(await traceOne('9')).toMatchObject({ state: 'waiting', problem: undefined });
        await settle(retried(await takeOne(), house.clock.nowMs));
        expect(await traceOne('9')).toMatchObject({ state: 'waiting', problem: { code: 'AGENT_BUSY' } });
        await settle(held(await takeOne()));
        expect(await traceOne('9')).toMatchObject({ state: 'held', problem: { code: 'CHANGE_PARENT_MISSING' } });
      });

      test('knows nothing of other numbers', async () => {
        await house.queue.accept([document(1, customer(104711))]);
        for (const number of ['4711', '10471', '0', '', '%', '104711/'])
          expect(await house.queue.trace(number, 10)).toEqual([]);
      });
    });
  });
}
