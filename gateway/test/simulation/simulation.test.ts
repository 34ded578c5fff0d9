/** A small part of the simulation, always the same seeds: the whole of it is `npm run simulate`. */
import { describe, expect, test } from '@jest/globals';
import { emptyTally, runMany } from '../../simulation/run/run-many.ts';
import { runSchedule } from '../../simulation/run/run-schedule.ts';

describe('the shipped agent under the scheduler', () => {
  test('keeps every promise in three hundred schedules', async () => {
    const { failure, schedules } = await runMany({ first: 1, step: 1, count: 300 });
    expect(failure).toBeUndefined();
    expect(schedules).toBe(300);
  }, 180_000);

  test('is exercised by what may go wrong: a run without crashes and lost answers would prove nothing', async () => {
    const { counts } = await runMany({ first: 5_000, step: 1, count: 100 });
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
