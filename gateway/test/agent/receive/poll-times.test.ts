/** When SAP is asked for changes: by the clock, after pages, failures and changes of the lease. */
import { describe, expect, test } from '@jest/globals';
import { createReceiveMetrics, Intake, startChangesPoll } from '../../../src/agent/receive/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import type { Arrival, ChangesPage } from '../../../src/ports/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { QueueInMemory } from './queue-in-memory.ts';

const system = sapSystemId.parse('ERPCLNT100');
const pollMs = 60_000;
const hourMs = 3_600_000;
const row = (number: number): Arrival => ({
  document: {
    source: {
      ...{ kind: 'change', sender: system, number: String(number), type: 'changes since' },
      createdAt: '2026-11-21T10:00:00Z',
    },
    contentHash: String(number).padStart(64, '0'),
    changes: [],
  },
});

type Answer = Partial<ChangesPage> | ErrorCode | Promise<Partial<ChangesPage>>;

const open = (...answers: readonly Answer[]) => openAs(true, ...answers);

function openAs(isOurs: boolean, ...answers: readonly Answer[]) {
  const clock = new ManualClock();
  const startMs = clock.now();
  const queue = new QueueInMemory();
  const said = [...answers];
  /** Seconds since the start, of each question. */
  const asked: number[] = [];
  const positions: (string | undefined)[] = [];
  const scene = {
    ...{ clock, queue, asked, positions, said, isOurs, remainingMs: 0 },
    kept: () => queue.checkpoints.get('changes-since:ERPCLNT100'),
  };
  const changes = {
    changesSince: async (position: string | undefined, deadline: Deadline): Promise<ChangesPage> => {
      asked.push((clock.now() - startMs) / 1_000);
      positions.push(position);
      scene.remainingMs = deadline.remainingMs();
      const answer = said.length > 1 ? said.shift() : said[0];
      if (typeof answer === 'string') throw new GatewayError(answer);
      return { arrivals: [], position: position ?? 'now', hasMore: false, ...(await answer) };
    },
  };
  const measure = createReceiveMetrics(createMetrics('agent'));
  const parts = { system, changes, queue, measure, clock, log: silentLog, isOurs: () => scene.isOurs };
  const poll = startChangesPoll({ pollMs }, { ...parts, intake: new Intake({ queue, measure }) });
  return Object.assign(scene, { poll });
}
/** Seconds between one question and the next. */
const gaps = (asked: readonly number[]): readonly number[] =>
  asked.slice(1).map((at, index) => at - (asked[index] ?? 0));

describe('SAP is asked', () => {
  test('once in the time that is set, and at once where it has more', async () => {
    const it = open(
      { arrivals: [row(1)], position: 'a', hasMore: true },
      { arrivals: [row(2)], position: 'b', hasMore: true },
      {},
    );
    await it.clock.pass(2 * pollMs);
    expect(it.asked).toEqual([0, 0, 0, 60, 120]);
    expect(it.positions).toEqual([undefined, 'a', 'b', 'b', 'b']);
  });

  test('not in a circle where more leads nowhere', async () => {
    const it = open({ arrivals: [row(1)], position: 'a' }, { arrivals: [row(2)], hasMore: true });
    await it.clock.pass(3 * pollMs);
    expect(it.asked).toEqual([0, 60, 120, 180]);
  });

  test('and nothing is written where nothing has changed', async () => {
    const it = open({ position: 'a' }, {});
    await it.clock.pass(3 * pollMs);
    expect(it.queue.batches).toEqual([0]);
  });

  test('for an answer within minutes, whatever it does then', async () => {
    const it = open({});
    await it.clock.pass(0);
    expect(it.remainingMs).toBeGreaterThan(pollMs);
    expect(it.remainingMs).toBeLessThanOrEqual(600_000);
  });
});

describe('after a failure SAP is asked', () => {
  test('ever more rarely where it is away, and never more rarely than each five minutes', async () => {
    const it = open('SAP_UNREACHABLE');
    await it.clock.pass(hourMs);
    const waits = gaps(it.asked);
    expect(waits[0]).toBe(60);
    expect(Math.max(...waits)).toBeGreaterThan(200);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300);
  });

  test('still more rarely where a person must do something first', async () => {
    const it = open('SAP_PACK_MISSING');
    await it.clock.pass(6 * hourMs);
    const waits = gaps(it.asked);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...waits)).toBeGreaterThan(1_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_800);
  });

  test('as often as ever where it is paused', async () => {
    const it = open('SAP_PAUSED');
    await it.clock.pass(5 * pollMs);
    expect(it.asked).toHaveLength(6);
  });

  test('never again where the logon was refused, until an operator says so', async () => {
    const it = open('SAP_LOGON_REFUSED', {});
    await it.clock.pass(20 * 24 * hourMs);
    expect(it.asked).toEqual([0]);
    it.poll.goOn();
    await it.clock.pass(pollMs);
    expect(it.asked).toHaveLength(3);
  });

  test.each([
    ['an operator has spoken', (it: ReturnType<typeof open>) => it.poll.goOn()],
    ['it has answered', (it: ReturnType<typeof open>) => it.said.unshift({})],
  ])('as soon as at first once %s', async (_, change) => {
    const it = open('SAP_PACK_MISSING');
    await it.clock.pass(6 * hourMs);
    const before = it.asked.length;
    change(it);
    await it.clock.pass(hourMs);
    const [first = 0, next = 0] = it.asked.slice(it.asked.length > before ? before : before - 1);
    const after = gaps(it.asked).slice(before - 1);
    expect(next).toBeGreaterThan(first);
    // The first wait for a person, in the middle of its jitter.
    expect(after).toContain(225);
  });
});

describe('an agent without the lease', () => {
  test('notes every two hours where SAP stood two hours ago', async () => {
    const it = openAs(false, { position: '0h' }, { position: '2h' }, { position: '4h' });
    await it.clock.pass(2 * hourMs - 1);
    expect([it.asked, it.kept()]).toEqual([[0], '0h']);
    await it.clock.pass(1);
    expect([it.asked, it.kept()]).toEqual([[0, 7_200], '0h']);
    await it.clock.pass(2 * hourMs);
    expect([it.asked, it.kept()]).toEqual([[0, 7_200, 14_400], '2h']);
  });

  test('that had it for a while goes on from there, and not from what it had noted before', async () => {
    const it = openAs(false, { position: 'noted' });
    await it.clock.pass(pollMs);
    expect(it.kept()).toBe('noted');
    it.said.unshift({ arrivals: [row(1)], position: 'asked' });
    it.isOurs = true;
    await it.clock.pass(pollMs);
    expect(it.kept()).toBe('asked');
    it.isOurs = false;
    it.said.length = 0;
    it.said.push({ position: 'later' });
    await it.clock.pass(2 * hourMs - 1);
    expect(it.kept()).toBe('asked');
    await it.clock.pass(2 * pollMs);
    expect(it.kept()).toBe('later');
  });
});

test('at the end the page under way is kept, and no other is asked for', async () => {
  const page = Promise.withResolvers<Partial<ChangesPage>>();
  const it = open(page.promise);
  await it.clock.pass(0);
  const drained = it.poll.drain(Deadline.in(it.clock, 10_000));
  page.resolve({ arrivals: [row(1)], position: 'a', hasMore: true });
  await drained;
  await it.clock.pass(hourMs);
  expect([it.asked, it.kept(), it.queue.numbers]).toEqual([[0], 'a', ['1']]);
});
