/** A small part of the simulation, always the same seeds: the whole of it is `npm run simulate`. */
import { describe, expect, test } from '@jest/globals';
import { flowOf } from '../../simulation/changes/changes-mix.ts';
import { emptyTally, runMany } from '../../simulation/run/run-many.ts';
import { runSchedule } from '../../simulation/run/run-schedule.ts';

describe('the shipped agent under the scheduler', () => {
  test('keeps every promise in three hundred schedules', async () => {
    const { failure, schedules } = await runMany({ first: 1, step: 1, count: 300 });
    expect(failure).toBeUndefined();
    expect(schedules).toBe(300);
  }, 180_000);

  test('is exercised by what may go wrong: a run without crashes and lost answers would prove nothing', async () => {
    const { counts } = await runMany({ first: 5_000, step: 1, count: 100, flow: 'writes' });
    for (const kind of [
      'fault: crash',
      'fault: pause',
      'SAP answers lost',
      'visit answers lost',
      'leases taken',
      'look-ups',
      'fault: SAP paused',
      'SAP said AGENT_BUSY',
      'calls of services',
      'look-ups of services',
      'sessions lost before the commit',
      'answers of services lost',
      'services: done',
      'services: refused',
      'services: held',
      'services: key reused',
    ]) {
      expect([kind, counts.get(kind) ?? 0]).not.toEqual([kind, 0]);
    }
  }, 60_000);
});

describe('changes of SAP under the scheduler', () => {
  test('are exercised by what may go wrong', async () => {
    const { counts, failure } = await runMany({ first: 7_000, step: 1, count: 120, flow: 'changes' });
    expect(failure).toBeUndefined();
    for (const kind of [
      'fault: crash',
      'fault: power failure',
      'fault: pause',
      'fault: queue disk full',
      'fault: org away',
      'answers of the org lost',
      'calls that arrived twice',
      'documents not taken',
      'documents sent once too often',
      'documents: ADRMAS',
      'documents: DEBMAS',
      'pages of changes',
      'people: delete',
      'people: discard',
      'people: merge',
      'people: repair',
      'people: retry',
      'rows: CUSTOMER_BEING_CREATED',
      'rows: SALESFORCE_ROW_LOCKED',
      'rows: SALESFORCE_VALUE_REFUSED',
      'rows: older',
      'rows: parent-missing',
      'rows: written',
    ]) {
      expect([kind, counts.get(kind) ?? 0]).not.toEqual([kind, 0]);
    }
  }, 120_000);

  test('give the same history to the last line', async () => {
    for (const seed of [3, 14]) {
      const quiet = await runSchedule(seed, false, 'changes');
      const read = await runSchedule(seed, true, 'changes');
      expect(read.hash).toBe(quiet.hash);
      expect(read.lines.length).toBeGreaterThan(10);
    }
  });

  test('leave the schedules of writes the histories that they were', async () => {
    const { hash } = await runSchedule(3, false, 'writes');
    expect((await runSchedule(3, false, flowOf(3) === 'writes' ? undefined : 'writes')).hash).toBe(hash);
    const flows = Array.from({ length: 400 }, (_, seed) => flowOf(seed));
    const writes = flows.filter((flow) => flow === 'writes').length;
    expect(writes).toBeGreaterThan(150);
    expect(writes).toBeLessThan(250);
  });
});

describe('a seed', () => {
  test('gives the same history to the last line, whether somebody reads it or not', async () => {
    for (const seed of [3, 14, 159]) {
      const [quiet, read, again] = [
        await runSchedule(seed, false),
        await runSchedule(seed, true),
        await runSchedule(seed, true),
      ];
      expect(again.lines).toEqual(read.lines);
      expect([quiet.hash, again.hash]).toEqual([read.hash, read.hash]);
    }
  });

  test('is another history than the next seed', async () => {
    expect((await runSchedule(1, false)).hash).not.toBe((await runSchedule(2, false)).hash);
  });
});

describe('a run', () => {
  test('starts with nothing counted', () => {
    expect(emptyTally().counts.size).toBe(0);
  });
});
