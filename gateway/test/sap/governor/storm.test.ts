import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSapSimulator } from '../../../simulator/sap/index.ts';
import type { SapSimulator } from '../../../simulator/sap/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { customerNumber, sapSystemId } from '../../../src/model/index.ts';
import type { OpenedSap, SapSystem } from '../../../src/ports/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import type { GovernorSettings } from '../../../src/sap/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { chance } from '../../protocol/chance.ts';

const counts = z.object({ total: z.number(), workProcesses: z.object({ busy: z.number(), peak: z.number() }) });
/** All of them can wait, unless a test says otherwise. */
const budget: GovernorSettings = {
  ...{ workProcesses: 6, bulkWorkProcesses: 3, callsPerMinute: 1_000_000, waiting: 1_000, slowAboveMs: 60_000 },
  calendar: [],
};
const number = customerNumber.parse('0000104711');

interface Outcome {
  readonly isBulk: boolean;
  readonly code: string;
  readonly tookMs: number;
}

describe('a storm of a thousand requests against an SAP with ten work processes', () => {
  let simulator: SapSimulator;
  let opened: OpenedSap;

  const open = async (governor: Partial<GovernorSettings>, callMs: number): Promise<void> => {
    // Without a queue of its own SAP turns away whatever finds no work process: then the storm would show it.
    simulator = await startSapSimulator({ workProcesses: 10, queueLength: 0 });
    opened = openSap(
      {
        system: sapSystemId.parse(simulator.logicalSystem),
        ...{ driver: 'soap', url: simulator.url, sapClient: simulator.sapClient, language: 'EN', user: 'GANGWAY' },
        ...{ password: () => 'Gangway-Sim-1', timeZone: 'Europe/Berlin', maxConnections: 64, accountGroup: '0001' },
        companyCodes: ['1000'],
        governor: { ...budget, ...governor },
      },
      systemClock,
    );
    // What is asked once and remembered is asked before.
    await opened.system.readCustomer(number, soon(30_000));
    await opened.background.readCustomer(number, soon(30_000));
    if (callMs > 0) simulator.addFault({ kind: 'slow', delayMs: callMs });
  };
  const soon = (ms: number): Deadline => Deadline.in(systemClock, ms);
  const asked = async () => counts.parse(await (await fetch(`${simulator.url}/simulator/calls`)).json());

  const ask = async (sap: SapSystem, withinMs: number): Promise<Outcome> => {
    const beganMs = systemClock.monotonic();
    const code = await sap.readCustomer(number, soon(withinMs)).then(
      () => 'ok',
      (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
    );
    return { isBulk: sap === opened.background, code, tookMs: systemClock.monotonic() - beganMs };
  };
  const storm = (withinMs: number): Promise<readonly Outcome[]> => {
    const random = chance(20_261_121);
    const ways = Array.from({ length: 1_000 }, () => (random() < 0.5 ? opened.background : opened.system));
    return Promise.all(ways.map((sap) => ask(sap, withinMs)));
  };

  afterEach(async () => {
    simulator.clearFaults();
    await opened.system.close();
    await simulator.close();
  });

  test('never has more of them in use than the budget, answers all, and people long before the rest', async () => {
    await open({}, 2);
    const before = await asked();
    const outcomes = await storm(60_000);
    const after = await asked();
    expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(['ok']));
    expect(after.workProcesses).toEqual({ busy: 0, peak: budget.workProcesses });
    expect(after.total - before.total).toBeGreaterThanOrEqual(1_000);
    const [people, bulk] = [p95(outcomes, false), p95(outcomes, true)];
    expect(people).toBeLessThan(bulk * 0.75);
    expect(opened.load.now).toMatchObject({ running: 0, waiting: 0 });
  }, 60_000);

  test('tells every one it cannot take, at once or by its deadline, and loses none', async () => {
    await open({ waiting: 200 }, 60);
    const outcomes = await storm(600);
    const codes = Map.groupBy(outcomes, ({ code }) => code);
    expect([...codes.keys()].sort()).toEqual(['AGENT_BUSY', 'DEADLINE_PASSED', 'ok']);
    expect(outcomes).toHaveLength(1_000);
    // Those who heard at once were the ones nobody waits for, as long as there were any.
    expect(codes.get('AGENT_BUSY')?.some(({ isBulk }) => isBulk)).toBe(true);
    for (const { code, tookMs } of outcomes) if (code !== 'ok') expect(tookMs).toBeLessThan(2_000);
    // Those that were given up are still in SAP when the next ones come.
    const next = await Promise.all(Array.from({ length: 30 }, () => ask(opened.system, 5_000)));
    expect(new Set(next.map(({ code }) => code))).toEqual(new Set(['ok']));
    expect((await asked()).workProcesses.peak).toBeLessThanOrEqual(budget.workProcesses);
  }, 60_000);

  test('is over within a second when it is paused, and what ran has ended as it would', async () => {
    await open({}, 50);
    const outcomes = storm(60_000);
    await new Promise((resolve) => void systemClock.after(300, () => resolve(undefined)));
    const pausedMs = systemClock.monotonic();
    opened.load.pause('storm');
    const ended = await outcomes;
    expect(systemClock.monotonic() - pausedMs).toBeLessThan(1_000);
    const { total } = await asked();
    expect(new Set(ended.map(({ code }) => code))).toEqual(new Set(['ok', 'SAP_PAUSED']));
    expect((await asked()).total).toBe(total);
    opened.load.resume();
    expect((await ask(opened.system, 5_000)).code).toBe('ok');
  }, 60_000);
});

function p95(outcomes: readonly Outcome[], isBulk: boolean): number {
  const times = outcomes.filter((each) => each.isBulk === isBulk).map(({ tookMs }) => tookMs);
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN;
}
