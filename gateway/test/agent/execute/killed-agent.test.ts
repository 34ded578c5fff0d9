/** Agents that are killed, and what anybody can learn of a write afterwards. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey, orgId, sapSystemId } from '../../../src/model/index.ts';
import { Bench, org, system } from './bench.ts';
import { settle } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';
import type { SapKeyTable } from './scripted-sap.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const firstNumber = { system, number: '0000104801' };

describe('an agent that is killed', () => {
  test('between journal and SAP: the next one looks in SAP, then writes', async () => {
    const journal = new MemoryJournal();
    const gate = Promise.withResolvers<void>();
    const first = new Bench({ journal });
    first.sap.writes.push({ wait: gate.promise });
    void first.executor.execute(first.call());
    await settle();
    const next = first.killed();
    await next.executor.resume();
    await next.clock.pass(minuteMs);
    expect(next.sap.asked.map(({ name }) => name)).toEqual(['lookUpKey', 'createCustomer']);
    expect(await next.stands()).toMatchObject({ state: 'done', customer: firstNumber });
  });

  test("after SAP's commit and before the answer: the next one finds the number", async () => {
    const first = new Bench();
    first.sap.writes.push({ wait: new Promise(() => undefined) });
    void first.executor.execute(first.call());
    await settle();
    const [write] = first.sap.asked[0]?.args ?? [];
    first.sap.table.commit(write as Parameters<SapKeyTable['commit']>[0]);
    const next = first.killed();
    await next.executor.resume();
    await next.clock.pass(minuteMs);
    expect(await next.stands()).toMatchObject({ state: 'done', customer: firstNumber, attempts: 1 });
    expect(next.sap.countOf('createCustomer')).toBe(0);
  });

  test('while SAP still works on it: the next one waits for that', async () => {
    const first = new Bench();
    first.sap.writes.push('work-on');
    void first.executor.execute(first.call()).catch(() => undefined);
    await settle();
    const next = first.killed();
    await next.executor.resume();
    await next.clock.pass(10 * minuteMs);
    expect((await next.stands()).state).toBe('verifying');
    first.sap.finish();
    await next.clock.pass(minuteMs);
    expect(await next.stands()).toMatchObject({ state: 'done', customer: firstNumber });
    expect(next.sap.countOf('createCustomer')).toBe(0);
  });

  test('and asked before it has resumed: the call itself looks up first', async () => {
    const first = new Bench();
    first.sap.writes.push('commit-lose');
    void first.executor.execute(first.call());
    await settle();
    const next = first.killed();
    expect(await next.send()).toMatchObject({ body: { customer: firstNumber } });
    await next.executor.resume();
    expect(next.sap.countOf('createCustomer')).toBe(0);
  });

  test('again and again by the same write: it is held in the end', async () => {
    let bench = new Bench();
    bench.sap.writes.push({ wait: new Promise(() => undefined) });
    void bench.executor.execute(bench.call());
    await settle();
    for (let kills = 0; kills < 25; kills += 1) {
      bench = bench.killed();
      bench.sap.writes.push({ wait: new Promise(() => undefined) });
      await bench.executor.resume();
      await bench.clock.pass(hourMs);
    }
    expect(await bench.stands()).toMatchObject({ state: 'held', attempts: 20 });
  });

  test('with many unfinished writes: the next one asks SAP for a few at a time', async () => {
    const first = new Bench();
    for (let index = 0; index < 40; index += 1) {
      first.sap.writes.push({ wait: new Promise(() => undefined) });
      void first.executor.execute(first.call({ idempotencyKey: idempotencyKey.parse(`customer.create:${index}`) }));
    }
    await settle();
    const next = first.killed();
    const gates = Array.from({ length: 40 }, () => Promise.withResolvers<void>());
    next.sap.lookUps.push(...gates.map(({ promise }) => ({ wait: promise })));
    await next.executor.resume();
    for (const gate of gates) {
      await next.clock.pass(0);
      gate.resolve();
    }
    await next.clock.pass(minuteMs);
    expect(next.sap.mostLookUpsAtOnce).toBe(4);
    expect(next.sap.table.committed.size).toBe(40);
    expect(await next.journal.unfinished(100)).toEqual([]);
  });

  test('with a write for an SAP system that is gone from the configuration: it stays for later', async () => {
    const first = new Bench();
    const gone = {
      ...(await first.journal.begin({
        org,
        system: sapSystemId.parse('OLDCLNT001'),
        id: idempotencyKey.parse('customer.create:gone'),
        kind: 'customer.create',
        contentHash: 'a'.repeat(64),
        content: '{}',
        correlationId: '0b9f2d1c-0002',
      })),
    };
    await first.executor.resume();
    await first.clock.pass(hourMs);
    expect(await first.journal.unfinished(10)).toEqual([gone.entry]);
    expect(first.sap.asked).toEqual([]);
  });
});

describe('where a write stands', () => {
  const ask = (bench: Bench) =>
    bench.executor.execute(bench.call({ operation: 'readOperation', params: { id: bench.call().idempotencyKey } }));

  test('is known from SAP when another agent wrote it', async () => {
    const other = new Bench();
    await other.send();
    const bench = new Bench({ table: other.sap.table });
    expect(await ask(bench)).toMatchObject({
      status: 200,
      body: { state: 'done', customer: firstNumber, isRepeat: true },
    });
  });

  test('is running while a session of another agent holds the key', async () => {
    const other = new Bench();
    other.sap.writes.push('work-on');
    void other.executor.execute(other.call());
    await settle();
    const bench = new Bench({ table: other.sap.table });
    expect(await ask(bench)).toMatchObject({ status: 200, body: { state: 'running', customer: null } });
  });

  test('is unknown where nobody knows the key, and for every other org', async () => {
    const bench = new Bench();
    await expect(ask(bench)).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN', status: 404 });
    await bench.send();
    const stranger = bench.call({
      operation: 'readOperation',
      org: orgId.parse('00D5g000004gang'),
      params: { id: bench.call().idempotencyKey },
    });
    await expect(bench.executor.execute(stranger)).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' });
  });
});
