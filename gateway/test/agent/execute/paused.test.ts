import { describe, expect, test } from '@jest/globals';
import { Bench } from './bench.ts';
import { ScriptedSap } from './scripted-sap.ts';

const hourMs = 60 * 60 * 1000;
const paused = { code: 'SAP_PAUSED' } as const;

describe('while work in SAP is paused', () => {
  test('a write waits as long as it lasts, says why, and goes on within seconds after', async () => {
    const bench = new Bench();
    bench.sap.writes.push(paused);
    // Asked once a second, which ends before SAP.
    bench.sap.pings.push(...Array<'SAP_PAUSED'>(3_600).fill('SAP_PAUSED'));
    expect(await bench.send()).toMatchObject({ status: 202, body: { state: 'running', problem: paused } });
    await bench.clock.pass(hourMs / 3);
    expect(await bench.stands()).toMatchObject({ state: 'running', problem: paused });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
    bench.sap.pings.length = 0;
    await bench.clock.pass(3_000);
    expect(await bench.stands()).toMatchObject({ state: 'done', problem: null });
  });

  test('no attempt is used up, however often it is paused', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<typeof paused>(100).fill(paused));
    await bench.send();
    await bench.clock.pass(3 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done' });
  });

  test('a write whose outcome is unknown is looked up when it goes on, and nothing is written twice', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    bench.sap.lookUps.push('SAP_PAUSED');
    bench.sap.pings.push(...Array<'SAP_PAUSED'>(3_600).fill('SAP_PAUSED'));
    expect(await bench.send()).toMatchObject({ status: 202, body: { state: 'verifying' } });
    await bench.clock.pass(hourMs / 2);
    expect(await bench.stands()).toMatchObject({ state: 'verifying' });
    expect(bench.sap.countOf('lookUpKey')).toBe(1);
    bench.sap.pings.length = 0;
    await bench.clock.pass(3_000);
    expect(await bench.stands()).toMatchObject({ state: 'done' });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });
});

test.each(['AGENT_BUSY', 'DEADLINE_PASSED'] as const)(
  'a write that found no place in SAP (%s) is waited for without end, for nothing was sent',
  async (code) => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<{ code: typeof code }>(60).fill({ code }));
    await bench.send();
    await bench.clock.pass(6 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done' });
  },
);

test('what a person waits for goes ahead of the rest; what is tried again later does not', async () => {
  const [table, history] = [new Bench().sap.table, []];
  const background = new ScriptedSap(table, history);
  const bench = new Bench({ table, background });
  bench.sap.writes.push({ code: 'SAP_OBJECT_LOCKED' });
  expect(await bench.send()).toMatchObject({ status: 201 });
  expect(bench.sap.countOf('createCustomer')).toBe(1);
  expect(background.countOf('createCustomer')).toBe(1);
});
