import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UsageKeeper, listDays, readDay } from '../../../src/agent/usage/index.ts';
import type { FunctionUsage, LoadSpan } from '../../../src/ports/index.ts';
import { silentLog } from '../../../src/telemetry/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { ManualClock, settle } from '../execute/manual-clock.ts';

const minuteMs = 60_000;
const granted = { name: 'day', workProcesses: 8, callsPerMinute: 1_200, bulkWorkProcesses: 4 };

const usageOf = (functionName: string, calls: number, more: Partial<FunctionUsage> = {}): FunctionUsage => ({
  ...{ functionName, calls, failures: 0, durationMs: calls * 100, rowsRead: calls * 2, rowsWritten: 0, mostRunning: 1 },
  failuresByCode: {},
  ...more,
});

/** A load that tells what a test puts in. */
class ToldLoad {
  functions: FunctionUsage[] = [];
  span: Partial<LoadSpan> = {};

  takeUsage(): readonly FunctionUsage[] {
    return this.functions.splice(0);
  }

  takeSpan(): LoadSpan {
    const span = { granted, mostRunning: 0, mostWaiting: 0, turnedAway: {}, ...this.span };
    this.span = {};
    return span;
  }
}

describe('the usage of a day', () => {
  let folder: string;
  let clock: ManualClock;
  let load: ToldLoad;

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'gangway-usage-')), 'usage');
    // 2026-11-21T08:00:00Z is 09:00 in Berlin.
    clock = new ManualClock();
    load = new ToldLoad();
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const keep = (timeZone = 'Europe/Berlin'): UsageKeeper =>
    new UsageKeeper({ folder, system: 'ERPCLNT100', timeZone, load, clock, log: silentLog });
  /** Files are written by the system, which the manual clock does not wait for. */
  const until = async (isSo: () => boolean): Promise<void> => {
    const endMs = systemClock.monotonic() + 4_000;
    while (!isSo() && systemClock.monotonic() < endMs) await settle();
    expect(isSo()).toBe(true);
  };
  /** Lets time pass, minute by minute, as the keeper follows it. */
  const pass = async (ms: number): Promise<void> => {
    for (let leftMs = ms; leftMs > 0; leftMs -= minuteMs) {
      await until(() => clock.waiting > 0);
      await clock.pass(Math.min(leftMs, minuteMs));
    }
    await until(() => clock.waiting > 0);
  };
  const callsOf = (date: string): number => readDay(folder, date)?.functions['READ']?.calls ?? 0;

  test('is written once a minute, by function and by hour of SAP, and goes on after a restart', async () => {
    const keeper = keep();
    load.functions = [usageOf('READ', 3, { purpose: 'reading', failures: 1, failuresByCode: { SAP_SHORT_DUMP: 1 } })];
    load.span = { mostRunning: 2, mostWaiting: 5, turnedAway: { AGENT_BUSY: 4 } };
    await pass(minuteMs);
    expect(callsOf('2026-11-21')).toBe(3);
    load.functions = [usageOf('READ', 4), usageOf('WRITE', 1, { rowsWritten: 7 })];
    await keeper.close();

    const again = keep();
    load.functions = [usageOf('READ', 5, { mostRunning: 3 })];
    await pass(60 * minuteMs);
    expect(callsOf('2026-11-21')).toBe(12);
    await again.close();
    const day = readDay(folder, '2026-11-21');
    expect(day?.functions).toEqual({
      READ: {
        ...{ purpose: 'reading', calls: 12, failures: 1, durationMs: 1_200, rowsRead: 24, rowsWritten: 0 },
        ...{ mostRunning: 3, failuresByCode: { SAP_SHORT_DUMP: 1 } },
      },
      WRITE: {
        ...{ calls: 1, failures: 0, durationMs: 100, rowsRead: 2, rowsWritten: 7, mostRunning: 1, failuresByCode: {} },
      },
    });
    expect(day?.hours[9]).toEqual({ calls: 13, failures: 1, mostRunning: 2, mostWaiting: 5 });
    expect(day).toMatchObject({ busiestMinute: 5, turnedAway: { AGENT_BUSY: 4 }, grants: [{ name: 'day' }] });
    expect(day?.grants[0]?.minutes).toBeCloseTo(61, 1);
    expect(readdirSync(folder).sort()).toEqual(['usage-2026-11-21.html', 'usage-2026-11-21.json']);
  });

  test("ends at midnight of SAP's time zone, and what is counted after belongs to the next day", async () => {
    await clock.pass(15 * 60 * minuteMs - 30_000);
    const keeper = keep();
    await until(() => clock.waiting > 0);
    load.functions = [usageOf('READ', 2)];
    await pass(30_000);
    expect(callsOf('2026-11-21')).toBe(2);
    load.functions = [usageOf('READ', 7)];
    await pass(minuteMs);
    expect(callsOf('2026-11-22')).toBe(7);
    await keeper.close();
    expect(callsOf('2026-11-21')).toBe(2);
    expect(readDay(folder, '2026-11-21')?.hours[23]?.calls).toBe(2);
    expect(readDay(folder, '2026-11-22')?.hours[0]?.calls).toBe(7);
  });

  test('has pauses to the second, also short ones, and one that lasts as one', async () => {
    const keeper = keep();
    await pass(10_000);
    keeper.notePause('short');
    await pass(5_000);
    keeper.notePause(undefined);
    await pass(10_000);
    keeper.notePause('long');
    await pass(10 * minuteMs);
    keeper.notePause(undefined);
    await keeper.close();
    const spans = readDay(folder, '2026-11-21')?.pauses.map(({ fromMs, toMs, reason }) => [reason, toMs - fromMs]);
    expect(spans).toEqual([
      ['short', 5_000],
      ['long', 10 * minuteMs],
    ]);
  });

  test('joins minutes in which less was taken, and keeps the least', async () => {
    const keeper = keep();
    for (const workProcesses of [5, 3, 4]) {
      load.span = { throttled: { workProcesses, because: 'SAP was slow' } };
      await pass(minuteMs);
    }
    await pass(10 * minuteMs);
    load.span = { throttled: { workProcesses: 6, because: 'locks' } };
    await pass(minuteMs);
    await keeper.close();
    const throttled = readDay(folder, '2026-11-21')?.throttled;
    expect(throttled?.map(({ workProcesses, because }) => [workProcesses, because])).toEqual([
      [3, 'SAP was slow'],
      [6, 'locks'],
    ]);
  });

  test('is kept for four hundred days, and nothing else in the folder is touched', async () => {
    await keep().close();
    const names = ['usage-2025-10-16.json', 'usage-2025-10-17.html', 'usage-2025-10-16.html', 'usage-notes.json', 'x'];
    for (const name of names) writeFileSync(join(folder, name), '');
    const keeper = keep();
    await keeper.close();
    const left = readdirSync(folder).filter((name) => names.includes(name));
    expect(left.sort()).toEqual(['usage-2025-10-17.html', 'usage-notes.json', 'x']);
    expect(listDays(folder)).toEqual(['2025-10-17', '2026-11-21']);
  });

  test('begins anew where its file cannot be understood, which is put aside', async () => {
    await keep().close();
    writeFileSync(join(folder, 'usage-2026-11-21.json'), '{"format":1,"half":');
    const keeper = keep();
    load.functions = [usageOf('READ', 1)];
    await keeper.close();
    expect(callsOf('2026-11-21')).toBe(1);
    expect(readFileSync(join(folder, 'usage-2026-11-21.json.unreadable'), 'utf8')).toContain('half');
  });

  test('is kept in memory while the disk takes nothing', async () => {
    writeFileSync(folder, 'in the way');
    const keeper = keep();
    load.functions = [usageOf('READ', 3)];
    await pass(minuteMs);
    rmSync(folder);
    load.functions = [usageOf('READ', 4)];
    await keeper.close();
    expect(callsOf('2026-11-21')).toBe(7);
  });
});
