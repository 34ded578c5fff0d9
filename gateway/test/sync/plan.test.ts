/** What one record's waiting changes become. */
import { describe, expect, test } from '@jest/globals';
import { planRecord, positionsOf, withoutFacets } from '../../src/sync/plan.ts';
import type { PlannedWrite } from '../../src/sync/plan.ts';
import type { QueuedChange, WaitingRecord } from '../../src/ports/index.ts';
import type { ChangeOrder, RecordChange } from '../../src/model/index.ts';
import { change, customer, document, instantAt } from './fakes/bench.ts';

const waiting = (changes: readonly RecordChange[], more: Partial<WaitingRecord> = {}): WaitingRecord => ({
  key: customer(1),
  changes: changes.map((one, index): QueuedChange => ({
    ...one,
    position: index + 1,
    source: document([]).source,
    arrivedAtMs: 0,
  })),
  attempts: 0,
  applied: {},
  appliedPaths: {},
  written: undefined,
  ...more,
});

function planned(record: WaitingRecord): PlannedWrite {
  const plan = planRecord(record);
  if (!('planned' in plan)) throw new Error('Nothing is to be written');
  return plan.planned;
}

describe('the plan of one record', () => {
  test('takes the newest value of each path, whatever order changes arrived in', () => {
    const { write } = planned(
      waiting([
        change(customer(1), { name: 'Newest', name2: '3' }, { at: 30 }),
        change(customer(1), { name: 'Oldest', name2: '1', industry: '1' }, { at: 10 }),
        change(customer(1), { name: 'Middle', name2: null }, { at: 20 }),
      ]),
    );
    expect(write.fields).toEqual({ name: 'Newest', name2: '3', industry: '1' });
    expect(write.facets.master).toBe(change(customer(1), {}, { at: 30 }).order);
  });

  test('does not let a reduced document that omits a field erase it, and lets null clear one', () => {
    const { write } = planned(
      waiting([
        change(customer(1), { name: 'Nordwind', name2: '040', vatNumber: 'DE1' }, { at: 1 }),
        change(customer(1), { vatNumber: null }, { at: 2 }),
      ]),
    );
    expect(write.fields).toEqual({ name: 'Nordwind', name2: '040', vatNumber: null });
  });

  test('keeps facets apart: each has its own newest', () => {
    const { write } = planned(
      waiting([
        change(customer(1), { 'credit.limit': '1' }, { at: 9, facet: 'credit' }),
        change(customer(1), { name: 'A' }, { at: 5 }),
        change(customer(1), { 'credit.limit': '2' }, { at: 3, facet: 'credit' }),
      ]),
    );
    expect(write.fields).toEqual({ name: 'A', 'credit.limit': '1' });
    expect(Object.keys(write.facets).toSorted()).toEqual(['credit', 'master']);
  });

  describe('of what is older than Salesforce has', () => {
    const orderAt = (at: number): ChangeOrder => change(customer(1), {}, { at }).order;
    const late = change(customer(1), { name: 'Old', industry: '1', vatNumber: null }, { at: 9 });
    const standing = { applied: { master: orderAt(10) }, appliedPaths: { name: orderAt(10), industry: orderAt(3) } };

    test('writes the paths that nothing newer has said, under the newest order', () => {
      const { write, pathOrders, ended } = planned(waiting([late], standing));
      expect(write.fields).toEqual({ industry: '1', vatNumber: null });
      expect(write.facets).toEqual({ master: orderAt(10) });
      expect(pathOrders).toEqual({ industry: orderAt(9), vatNumber: orderAt(9) });
      expect(ended).toEqual([]);
    });

    test('drops what has nothing else to say', () => {
      const said = change(customer(1), { name: 'Old' }, { at: 9 });
      const plan = planRecord(waiting([said], standing));
      expect(plan).toEqual({ ended: [expect.objectContaining({ ended: 'skipped', why: 'older', positions: [1] })] });
      const mixed = planned(waiting([said, change(customer(1), { name: 'B' }, { at: 11 })], standing));
      expect(mixed.write.fields).toEqual({ name: 'B' });
      expect(mixed.ended).toEqual([expect.objectContaining({ why: 'older', positions: [1] })]);
      expect(positionsOf(mixed)).toEqual([2]);
    });

    test('lets what waits and is newer stand', () => {
      const newer = change(customer(1), { industry: '2' }, { at: 12 });
      const { write, pathOrders } = planned(waiting([newer, late], standing));
      expect(write.fields).toEqual({ industry: '2', vatNumber: null });
      expect(write.facets).toEqual({ master: orderAt(12) });
      expect(pathOrders).toEqual({ industry: orderAt(12), vatNumber: orderAt(9) });
    });

    test('drops everything where others have written the facet since, whatever they said', () => {
      const byOthers = { ...standing, appliedPaths: { '*master': orderAt(9.5) } };
      expect(planRecord(waiting([late], byOthers))).toEqual({ ended: [expect.objectContaining({ why: 'older' })] });
      const later = change(customer(1), { vatNumber: 'DE1' }, { at: 9.7 });
      expect(planned(waiting([later], byOthers)).write.fields).toEqual({ vatNumber: 'DE1' });
      const credit = change(customer(1), { 'credit.limit': '1' }, { at: 2, facet: 'credit' });
      const ofCredit = { applied: { credit: orderAt(5) }, appliedPaths: byOthers.appliedPaths };
      expect(planned(waiting([credit], ofCredit)).write.fields).toEqual({ 'credit.limit': '1' });
    });

    test('takes no removal back, and tells one that nobody has spoken of since', () => {
      const there = change(customer(1), { isRemoved: false, 'blocks.order': '01' }, { at: 9 });
      const status = { applied: { status: orderAt(10) }, appliedPaths: { isRemoved: orderAt(10) } };
      const { write } = planned(waiting([there], status));
      expect([write.fields, write.isRemoved]).toEqual([{ 'blocks.order': '01' }, false]);
      const gone = change(customer(1), { isRemoved: true }, { at: 9, isRemoved: true });
      const unsaid = { applied: { status: orderAt(10) }, appliedPaths: { 'blocks.order': orderAt(10) } };
      expect(planned(waiting([gone], unsaid)).write).toMatchObject({ isRemoved: true, fields: { isRemoved: true } });
      // The address of a customer that was deleted then, and is back since.
      const address = change(customer(1), { 'address.city': 'Kiel' }, { at: 9, isRemoved: true });
      expect(planned(waiting([address], status)).write.isRemoved).toBe(false);
    });
  });

  test('writes what has the order of what was delivered again: it is a repeat', () => {
    const applied = { master: change(customer(1), {}, { at: 10 }).order };
    const { write } = planned(waiting([change(customer(1), { name: 'A' }, { at: 10 })], { applied, written: 'other' }));
    expect(write.fields).toEqual({ name: 'A' });
  });

  test('lets our position decide between equal orders', () => {
    const both = [
      change(customer(1), { name: 'First' }, { at: 1 }),
      change(customer(1), { name: 'Second' }, { at: 1 }),
    ];
    expect(planned(waiting(both)).write.fields).toEqual({ name: 'Second' });
  });

  test('says that a record is gone when the facet that knows says so, and not when its credit data stays silent', () => {
    const gone = change(customer(1), { isRemoved: true }, { at: 5, isRemoved: true });
    const credit = change(customer(1), { 'credit.limit': '1' }, { at: 9, facet: 'credit' });
    expect(planned(waiting([gone, credit])).write.isRemoved).toBe(true);
    const back = change(customer(1), { isRemoved: false }, { at: 7 });
    expect(planned(waiting([back, gone])).write.isRemoved).toBe(false);
  });

  test('names the newest document', () => {
    const record = waiting([
      change(customer(1), { name: 'A' }, { at: 9 }),
      change(customer(1), { name: 'B' }, { at: 3 }),
    ]);
    expect(planned(record).write.source).toEqual(record.changes[0]?.source);
  });
});

describe('an echo', () => {
  const first = planned(waiting([change(customer(1), { name: 'A', name2: '1' }, { at: 0 })]));
  const after = { applied: first.write.facets, written: first.hash };

  test('is what was written last, in whatever order its paths come', () => {
    const plan = planRecord(waiting([change(customer(1), { name2: '1', name: 'A' }, { at: 60 })], after));
    const applied = { master: change(customer(1), {}, { at: 60 }).order };
    const appliedPaths = { name: applied.master, name2: applied.master };
    expect(plan).toEqual({ ended: [expect.objectContaining({ why: 'echo', applied, appliedPaths })] });
  });

  test('is written where something differs, or is missing', () => {
    expect(planned(waiting([change(customer(1), { name: 'A' }, { at: 60 })], after)).write.fields).toEqual({
      name: 'A',
    });
    const removed = change(customer(1), { name: 'A', name2: '1' }, { at: 60, isRemoved: true });
    expect(planned(waiting([removed], after)).write.isRemoved).toBe(true);
  });

  test('is written when somebody sends the record again later, so that Salesforce can be put right', () => {
    const late = change(customer(1), { name: 'A', name2: '1' }, { at: 16 * 60 });
    expect(planned(waiting([late], after)).write.fields).toEqual({ name: 'A', name2: '1' });
  });

  test('is written when it comes from a load', () => {
    const again = waiting([change(customer(1), { name: 'A', name2: '1' }, { at: 60 })], after);
    const changes = again.changes.map((one) => ({ ...one, source: { ...one.source, kind: 'load' as const } }));
    expect(planned({ ...again, changes }).write.fields).toEqual({ name: 'A', name2: '1' });
  });
});

describe('a write of which the org has newer', () => {
  const until = change(customer(1), {}, { at: 99 }).order;
  const both = planned(
    waiting([
      change(customer(1), { name: 'A' }, { at: 5 }),
      change(customer(1), { 'credit.limit': '1' }, { at: 6, facet: 'credit' }),
    ]),
  );

  test('keeps the facets that are left', () => {
    const plan = withoutFacets(both, ['credit'], until);
    if (!('planned' in plan)) throw new Error('Nothing is left');
    expect(plan.planned.write.fields).toEqual({ name: 'A' });
    expect(Object.keys(plan.planned.write.facets)).toEqual(['master']);
    const appliedPaths = { '*credit': until };
    expect(plan.planned.ended).toEqual([expect.objectContaining({ why: 'older', positions: [2], appliedPaths })]);
  });

  test('is over where what is left is what was written last', () => {
    const alone = planned(waiting([change(customer(1), { name: 'A' }, { at: 4 })]));
    const record = { ...both.record, written: alone.hash, applied: alone.write.facets };
    const plan = withoutFacets({ ...both, record }, ['credit'], until);
    expect('planned' in plan).toBe(false);
    expect(('ended' in plan ? plan.ended : []).map((one) => 'why' in one && one.why)).toEqual(['older', 'echo']);
  });

  test('is over when none is left, with every change ended once', () => {
    const plan = withoutFacets(both, ['credit', 'master'], until);
    expect('planned' in plan).toBe(false);
    expect(('ended' in plan ? plan.ended : []).flatMap(({ positions }) => positions).toSorted()).toEqual([1, 2]);
  });
});

test('SAP time in tests is what it says', () => {
  expect(instantAt(60)).toBe('2026-11-21T07:01:00.000Z');
});
