import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection, Urgency } from '../../../src/ports/index.ts';
import { CallCounter } from '../../../src/sap/governor/counted-connection.ts';
import { govern, withUrgency } from '../../../src/sap/governor/governed-connection.ts';
import { Governor } from '../../../src/sap/governor/governor.ts';
import type { GovernorSettings } from '../../../src/sap/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { ManualClock, settle } from '../../agent/execute/manual-clock.ts';
import { ScriptedConnection } from './scripted-connection.ts';

const budget: GovernorSettings = {
  ...{ workProcesses: 2, bulkWorkProcesses: 1, callsPerMinute: 60_000, waiting: 50, slowAboveMs: 3_000 },
  calendar: [],
};

class House {
  readonly clock = new ManualClock();
  readonly sap = new ScriptedConnection();
  readonly governor: Governor;
  readonly connection: SapConnection;

  constructor(settings: Partial<GovernorSettings> = {}) {
    const purposeOf = (name: string): string | undefined => (name === 'READ' ? 'reading' : undefined);
    this.governor = new Governor({
      ...{ settings: { ...budget, ...settings }, timeZone: 'UTC', maxConnections: 256, purposeOf },
      clock: this.clock,
    });
    const { governor, clock } = this;
    const counter = new CallCounter({ usage: governor.usage, clock, further: () => governor.noteFurtherCall() });
    this.connection = govern(counter.count(this.sap), governor, clock);
  }

  options(withinMs = 30_000, urgency?: Urgency): CallOptions {
    const deadline = Deadline.in(this.clock, withinMs);
    return { deadline, effect: 'read', ...(urgency === undefined ? {} : { urgency }) };
  }

  /** Begins a call; gives its end: `ok`, or the code of its failure. */
  call(name: string, options: Partial<CallOptions> = {}, parameters: AbapParameters = {}): Promise<string> {
    return endOf(this.connection.call(name, parameters, { ...this.options(), ...options }));
  }

  async answer(times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      this.sap.open[0]?.answer();
      await settle();
    }
  }
}

const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
  );

describe('work processes', () => {
  test('are never more than granted, however many call; who waits comes in order of arrival', async () => {
    const house = new House();
    const ends = Array.from({ length: 20 }, (_, index) => house.call(`F${index}`));
    for (let answered = 0; answered < 20; answered += 1) {
      await settle();
      expect(house.sap.open.length).toBeLessThanOrEqual(2);
      await house.answer();
    }
    expect(await Promise.all(ends)).toEqual(Array<string>(20).fill('ok'));
    expect(house.sap.mostOpen).toBe(2);
    expect(house.sap.came).toEqual(Array.from({ length: 20 }, (_, index) => `F${index}`));
  });

  test('a failure gives its place back', async () => {
    const house = new House({ workProcesses: 1 });
    const [first, second] = [house.call('A'), house.call('B')];
    await settle();
    house.sap.open[0]?.fail('SAP_NOT_AUTHORIZED');
    await settle();
    await house.answer();
    expect(await Promise.all([first, second])).toEqual(['SAP_NOT_AUTHORIZED', 'ok']);
  });

  test.each(['DEADLINE_PASSED', 'SAP_OUTCOME_UNKNOWN', 'SAP_UNREACHABLE'] as const)(
    'a call without an answer (%s) keeps its place for as long again, for SAP may still be at work',
    async (code) => {
      const house = new House({ workProcesses: 1 });
      void house.call('HANGS');
      const next = house.call('NEXT');
      await house.clock.pass(8_000);
      house.sap.open[0]?.fail(code);
      await house.clock.pass(7_900);
      expect(house.sap.came).toEqual(['HANGS']);
      expect(house.governor.now.running).toBe(1);
      await house.clock.pass(200);
      expect(house.sap.came).toEqual(['HANGS', 'NEXT']);
      await house.answer();
      expect(await next).toBe('ok');
    },
  );

  test('a connection that is refused keeps no place: nobody is at work', async () => {
    const house = new House({ workProcesses: 1 });
    const long = house.call('READ');
    await house.clock.pass(10_000);
    await house.answer();
    await long;
    const refused = house.call('READ');
    await settle();
    house.sap.open[0]?.fail('SAP_UNREACHABLE');
    expect(await refused).toBe('SAP_UNREACHABLE');
    expect(house.governor.now.running).toBe(0);
  });

  test('a call that was given up early keeps its place for as long as such calls take', async () => {
    const house = new House({ workProcesses: 1 });
    const long = house.call('READ');
    await house.clock.pass(10_000);
    await house.answer();
    await long;
    void house.call('READ', house.options(100));
    await house.clock.pass(50);
    house.sap.open[0]?.fail('DEADLINE_PASSED');
    await house.clock.pass(9_900);
    expect(house.governor.now.running).toBe(1);
    await house.clock.pass(200);
    expect(house.governor.now.running).toBe(0);
  });

  test('but never longer than a minute', async () => {
    const house = new House({ workProcesses: 1 });
    void house.call('HANGS', house.options(600_000));
    await house.clock.pass(500_000);
    house.sap.open[0]?.fail('DEADLINE_PASSED');
    await house.clock.pass(60_100);
    expect(house.governor.now.running).toBe(0);
  });
});

describe('who waits', () => {
  test('hears when his deadline has passed, and nothing of it was sent', async () => {
    const house = new House({ workProcesses: 1 });
    void house.call('LONG');
    const late = house.call('LATE', house.options(5_000));
    await house.clock.pass(5_100);
    expect(await late).toBe('DEADLINE_PASSED');
    await house.answer();
    expect(house.sap.came).toEqual(['LONG']);
    expect(house.governor.now.waiting).toBe(0);
  });

  test('is not sent when his deadline had passed before he came', async () => {
    const house = new House();
    expect(await house.call('LATE', house.options(0))).toBe('DEADLINE_PASSED');
    expect(house.sap.came).toEqual([]);
  });

  test('is turned away when too many wait, and bulk gives way to people', async () => {
    const house = new House({ workProcesses: 1, waiting: 3 });
    void house.call('RUNS');
    const bulk = ['B1', 'B2'].map((name) => house.call(name, { urgency: 'bulk' }));
    const people = ['P1', 'P2', 'P3', 'P4'].map((name) => house.call(name));
    await settle();
    await house.answer(4);
    expect(await Promise.all([...bulk, ...people])).toEqual([
      'AGENT_BUSY',
      'AGENT_BUSY',
      'ok',
      'ok',
      'ok',
      'AGENT_BUSY',
    ]);
    expect(house.sap.came).toEqual(['RUNS', 'P1', 'P2', 'P3']);
  });

  test('with no place to wait is still let in when there is a free work process', async () => {
    const house = new House({ workProcesses: 1, waiting: 0 });
    const [first, second] = [house.call('A'), house.call('B')];
    await settle();
    await house.answer();
    expect(await Promise.all([first, second])).toEqual(['ok', 'AGENT_BUSY']);
  });
});

describe('people go before what nobody waits for', () => {
  test('and yet every tenth place is for the rest while people keep coming', async () => {
    const house = new House({ workProcesses: 1, bulkWorkProcesses: 1 });
    void house.call('RUNS');
    for (let index = 0; index < 3; index += 1) void house.call('BULK', { urgency: 'bulk' });
    for (let index = 0; index < 36; index += 1) void house.call('PERSON');
    await settle();
    await house.answer(40);
    const turns = house.sap.came.slice(1).flatMap((name, index) => (name === 'BULK' ? [index] : []));
    expect(turns).toEqual([9, 19, 29]);
  });

  test('the rest never takes more than its part, and gives up its share when less is taken', async () => {
    const house = new House({ workProcesses: 4, bulkWorkProcesses: 2 });
    for (let index = 0; index < 10; index += 1) void house.call('BULK', { urgency: 'bulk' });
    await settle();
    expect(house.sap.open).toHaveLength(2);
    void house.call('PERSON');
    await settle();
    expect(house.sap.open.map(({ functionName }) => functionName)).toEqual(['BULK', 'BULK', 'PERSON']);
  });

  test('the connection for background work is bulk, in sessions too, and does not close what it shares', async () => {
    const house = new House({ workProcesses: 4, bulkWorkProcesses: 1 });
    const background = withUrgency(house.connection, 'bulk');
    void background.call('A', {}, house.options());
    void background.inOneSession((session) => session.call('B', {}, house.options()));
    await settle();
    expect(house.sap.came).toEqual(['A']);
    await house.answer();
    expect(house.sap.came).toEqual(['A', 'B']);
    await background.close();
    expect(house.sap.isClosed).toBe(false);
  });
});

describe('a session', () => {
  test('holds one place from begin to end, and its calls never wait for another', async () => {
    const house = new House({ workProcesses: 2 });
    const session = (name: string): Promise<string> =>
      endOf(
        house.connection.inOneSession(async (open) => {
          await open.call(`${name}-change`, {}, house.options());
          await open.call(`${name}-commit`, {}, house.options());
        }),
      );
    const ends = ['S1', 'S2', 'S3'].map(session);
    const other = house.call('CALL');
    await settle();
    expect(house.sap.sessions).toBe(2);
    expect(house.governor.now.running).toBe(2);
    await house.answer(8);
    expect(await Promise.all([...ends, other])).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(house.sap.mostOpen).toBe(2);
    expect(house.governor.now.running).toBe(0);
  });

  test('under way is finished although it is paused meanwhile, and a new one does not begin', async () => {
    const house = new House();
    const session = endOf(
      house.connection.inOneSession(async (open) => {
        await open.call('CHANGE', {}, house.options());
        await open.call('COMMIT', {}, house.options());
      }),
    );
    await settle();
    house.governor.pause('transport');
    await house.answer(2);
    expect(await session).toBe('ok');
    expect(house.sap.came).toEqual(['CHANGE', 'COMMIT']);
    expect(await endOf(house.connection.inOneSession(() => Promise.resolve()))).toBe('SAP_PAUSED');
  });

  test('that lost an answer keeps its place a while', async () => {
    const house = new House({ workProcesses: 1 });
    const session = endOf(house.connection.inOneSession((open) => open.call('CHANGE', {}, house.options())));
    await house.clock.pass(4_000);
    house.sap.open[0]?.fail('SAP_OUTCOME_UNKNOWN');
    expect(await session).toBe('SAP_OUTCOME_UNKNOWN');
    expect(house.governor.now.running).toBe(1);
    await house.clock.pass(4_100);
    expect(house.governor.now.running).toBe(0);
  });

  test('waits for a bounded time even when it does not say how long', async () => {
    const house = new House({ workProcesses: 1 });
    void house.call('RUNS', house.options(600_000));
    const session = endOf(house.connection.inOneSession(() => Promise.resolve()));
    await house.clock.pass(61_000);
    expect(await session).toBe('DEADLINE_PASSED');
  });
});

describe('the pause', () => {
  test('tells waiting and coming calls at once, lets running ones end, and ends', async () => {
    const house = new House({ workProcesses: 1 });
    const running = house.call('RUNS');
    const waiting = house.call('WAITS');
    await settle();
    house.governor.pause('SAP is being upgraded');
    expect(await waiting).toBe('SAP_PAUSED');
    expect(await house.call('COMES')).toBe('SAP_PAUSED');
    expect(house.governor.now.because).toBe('Paused: SAP is being upgraded.');
    await house.answer();
    expect(await running).toBe('ok');
    expect(house.sap.came).toEqual(['RUNS']);
    house.governor.resume();
    const after = house.call('AFTER');
    await settle();
    await house.answer();
    expect(await after).toBe('ok');
  });
});

describe('the calendar', () => {
  test('lets more in when its rule begins, without anybody calling', async () => {
    const noon = { name: 'noon', days: ['sat'], from: '12:00', to: '13:00' } as const;
    const rule = { ...noon, workProcesses: 3, callsPerMinute: 60_000, bulkWorkProcesses: 1 };
    const house = new House({ workProcesses: 1, calendar: [rule] });
    // 08:00 on a Saturday.
    await house.clock.pass(4 * 3_600_000 - 30_000);
    for (let index = 0; index < 5; index += 1) void house.call('A', house.options(600_000));
    await house.clock.pass(29_000);
    expect(house.sap.open).toHaveLength(1);
    await house.clock.pass(2_000);
    expect(house.sap.open).toHaveLength(3);
    expect(house.governor.now).toMatchObject({ workProcesses: 3, because: 'The rule "noon" holds: 3 work processes.' });
  });

  test('calls per minute are spread out, whoever calls', async () => {
    const house = new House({ callsPerMinute: 60, workProcesses: 100, waiting: 1_000 });
    for (let index = 0; index < 100; index += 1) void house.call('A', house.options(600_000));
    await house.clock.pass(30_000);
    expect(house.sap.came.length).toBeGreaterThanOrEqual(29);
    expect(house.sap.came.length).toBeLessThanOrEqual(32);
  });
});

describe('what is counted', () => {
  test('is by function: calls, failures by code, time, rows read and written, most at once', async () => {
    const house = new House();
    const rows = (count: number): AbapParameters[] => Array.from({ length: count }, () => ({ A: 'x' }));
    const reads = [house.call('READ', {}, { OPTIONS: rows(3) }), house.call('READ')];
    await house.clock.pass(2_000);
    house.sap.open[0]?.answer({ LIST: rows(5), RETURN: rows(1) });
    house.sap.open[0]?.answer({ RETURN: [{ TYPE: 'E', ID: 'F2', NUMBER: '042' }] });
    await Promise.all(reads);
    const writes = [
      house.call('WRITE', { effect: 'write' }),
      house.call('WRITE', { effect: 'write' }, { ITEMS: rows(4) }),
    ];
    await settle();
    await house.answer();
    house.sap.open[0]?.answer();
    await Promise.all(writes);
    const failing = house.call('READ');
    await settle();
    house.sap.open[0]?.fail('SAP_SHORT_DUMP');
    await failing;
    expect(house.governor.takeUsage()).toEqual([
      {
        ...{ functionName: 'READ', purpose: 'reading', calls: 3, failures: 2, durationMs: 4_000 },
        ...{ rowsRead: 5, rowsWritten: 0, mostRunning: 2 },
        failuresByCode: { SAP_OBJECT_LOCKED: 1, SAP_SHORT_DUMP: 1 },
      },
      {
        ...{ functionName: 'WRITE', purpose: undefined, calls: 2, failures: 0, durationMs: 0 },
        ...{ rowsRead: 0, rowsWritten: 5, mostRunning: 2, failuresByCode: {} },
      },
    ]);
    expect(house.governor.takeUsage()).toEqual([]);
  });

  test('is what was refused before anything was sent as turned away, and not as a call', async () => {
    const house = new House();
    const refused = house.call('NOT_OURS');
    await settle();
    house.sap.open[0]?.fail('SAP_FUNCTION_NOT_ALLOWED');
    await refused;
    expect(house.governor.takeUsage()).toEqual([]);
    expect(house.governor.takeSpan().turnedAway).toEqual({ SAP_FUNCTION_NOT_ALLOWED: 1 });
  });

  test('is also how many ran and waited, what was granted, and when less was taken', async () => {
    const house = new House({ workProcesses: 2 });
    const ends = [1, 2, 3].map(() => house.call('A'));
    await settle();
    house.sap.open[0]?.fail('SAP_WORK_PROCESSES_EXHAUSTED');
    await settle();
    await house.answer(2);
    await Promise.all(ends);
    expect(house.governor.takeSpan()).toEqual({
      granted: { name: '', workProcesses: 2, callsPerMinute: 60_000, bulkWorkProcesses: 1 },
      ...{ mostRunning: 2, mostWaiting: 1, turnedAway: {} },
      throttled: { workProcesses: 1, because: 'SAP had no free work process' },
    });
    expect(house.governor.now.because).toMatch(/Fewer are taken, because SAP had no free work process\.$/);
  });
});

test('closing answers whoever waits, and leaves no timer behind', async () => {
  const house = new House({ workProcesses: 1 });
  void house.call('HANGS');
  await house.clock.pass(1_000);
  house.sap.open[0]?.fail('DEADLINE_PASSED' satisfies ErrorCode);
  const waiting = house.call('WAITS');
  await settle();
  await house.connection.close();
  expect(await waiting).toBe('AGENT_DRAINING');
  expect(house.clock.waiting).toBe(0);
  expect(house.sap.isClosed).toBe(true);
});
