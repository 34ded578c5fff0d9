/** Writes that go wrong on the way: lost answers, an SAP that is away, a journal that fails. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey } from '../../../src/model/index.ts';
import type { KeyedWrite } from '../../../src/ports/index.ts';
import { Bench, system } from './bench.ts';
import { settle } from './manual-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const firstNumber = { system, number: '0000104801' };

describe('a write whose answer is lost', () => {
  test('after the commit is found in SAP and not repeated', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    expect(await bench.send()).toMatchObject({
      status: 201,
      body: { state: 'done', customer: firstNumber, attempts: 1, isRepeat: false },
    });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('before the commit is repeated under the same key, after a look-up', async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose');
    expect(await bench.send()).toMatchObject({ status: 201, body: { attempts: 2, customer: firstNumber } });
    expect(bench.sap.asked.map(({ name }) => name)).toEqual(['createCustomer', 'lookUpKey', 'createCustomer']);
    expect(bench.sap.asked[2]?.args[0]).toEqual(bench.sap.asked[0]?.args[0]);
  });

  test("is refused when SAP has the key for other content: that number is somebody else's wish", async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose');
    const reply = bench.executor.execute(bench.call());
    await settle();
    const [key] = bench.sap.asked.map(({ args }) => args[0]);
    bench.sap.table.commit({ ...(key as KeyedWrite), contentHash: 'other' });
    await expect(bench.clock.until(reply)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test("and commits late, between look-up and repetition, is this write's own success, not a repeat", async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose');
    const late = bench.clock.until(bench.executor.execute(bench.call()));
    for (let steps = 0; bench.sap.countOf('lookUpKey') === 0 && steps < 1_000; steps += 1) await settle();
    bench.sap.table.commit(bench.sap.asked[0]?.args[0] as KeyedWrite);
    expect((await late).body).toMatchObject({ state: 'done', customer: firstNumber, isRepeat: false, attempts: 2 });
    expect(bench.sap.countOf('createCustomer')).toBe(2);
  });

  test('and whose repetition meets a lock is looked up before a third attempt', async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose', { code: 'SAP_OBJECT_LOCKED' });
    expect(await bench.send()).toMatchObject({ body: { state: 'done', attempts: 3 } });
    expect(bench.sap.asked.map(({ name }) => name)).toEqual([
      'createCustomer',
      'lookUpKey',
      'createCustomer',
      'lookUpKey',
      'createCustomer',
    ]);
  });

  test('is never repeated while a session in SAP still works on it', async () => {
    const bench = new Bench();
    bench.sap.writes.push('work-on');
    const reply = await bench.send({ withinMs: 5_000 });
    expect(reply).toMatchObject({
      status: 202,
      body: { state: 'verifying', problem: { code: 'SAP_OUTCOME_UNKNOWN' } },
    });
    await bench.clock.pass(hourMs);
    expect(bench.sap.countOf('createCustomer')).toBe(1);
    bench.sap.finish();
    await bench.clock.pass(minuteMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', customer: firstNumber, problem: null });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('resolves by itself when SAP answers again after hours', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    bench.sap.lookUps.push(...Array<'SAP_UNREACHABLE'>(200).fill('SAP_UNREACHABLE'));
    expect(await bench.send()).toMatchObject({ status: 202, body: { state: 'verifying' } });
    await bench.clock.pass(2 * hourMs);
    expect((await bench.stands()).state).toBe('verifying');
    await bench.clock.pass(4 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', customer: firstNumber });
  });

  test('is held after a day without an answer; sent again it is looked up first', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    bench.sap.lookUps.push(...Array<'SAP_UNREACHABLE'>(5000).fill('SAP_UNREACHABLE'));
    await bench.send();
    await bench.clock.pass(25 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'held', problem: { code: 'SAP_OUTCOME_UNRESOLVED' } });
    expect(bench.clock.waiting).toBe(0);
    bench.sap.lookUps.length = 0;
    expect(await bench.send()).toMatchObject({ body: { state: 'done', customer: firstNumber } });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('is held when the look-up lacks what only a person can give', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    bench.sap.lookUps.push('SAP_PACK_MISSING');
    // Held for a cause that says nothing of what SAP has would let the org take it for nothing.
    expect(await bench.send()).toMatchObject({
      status: 202,
      body: {
        state: 'held',
        problem: { code: 'SAP_OUTCOME_UNRESOLVED', issues: [{ message: expect.stringContaining('ABAP pack') }] },
      },
    });
    expect(bench.clock.waiting).toBe(0);
  });

  test('time after time is held after five, with words for SAP Basis', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<'lose'>(9).fill('lose'));
    await bench.send();
    await bench.clock.pass(hourMs);
    expect(await bench.stands()).toMatchObject({
      state: 'held',
      attempts: 5,
      problem: { code: 'SAP_WRITE_NOT_COMPLETED', title: 'SAP was asked 5 times and completed nothing.' },
    });
  });

  test.each(['SAP_SHORT_DUMP', 'SAP_ANSWER_UNREADABLE', 'INTERNAL'] as const)(
    'behind %s is looked up too: what committed is done, what did not is held',
    async (code) => {
      const bench = new Bench();
      bench.sap.writes.push({ code, commits: true });
      expect(await bench.send()).toMatchObject({ body: { state: 'done', customer: firstNumber } });
      const other = { idempotencyKey: idempotencyKey.parse('customer.create:other') };
      bench.sap.writes.push({ code });
      expect(await bench.send(other)).toMatchObject({ status: 202, body: { state: 'held', problem: { code } } });
      expect(bench.sap.countOf('createCustomer')).toBe(2);
    },
  );
});

describe('a write that does not reach SAP', () => {
  test.each(['SAP_UNREACHABLE', 'SAP_WORK_PROCESSES_EXHAUSTED', 'SAP_OBJECT_LOCKED'] as const)(
    'for %s is tried again while its caller waits',
    async (code) => {
      const bench = new Bench();
      bench.sap.writes.push({ code }, { code });
      expect(await bench.send()).toMatchObject({ status: 201, body: { attempts: 3, customer: firstNumber } });
      expect(bench.sap.countOf('lookUpKey')).toBe(0);
    },
  );

  test('says why while it is tried again', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<{ code: 'SAP_UNREACHABLE' }>(8).fill({ code: 'SAP_UNREACHABLE' }));
    expect(await bench.send({ withinMs: 3_000 })).toMatchObject({
      status: 202,
      body: { state: 'running', problem: { code: 'SAP_UNREACHABLE' } },
    });
    await bench.clock.pass(hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', attempts: 9, problem: null });
  });

  test('waits for SAP without end, with one ping at a time and growing waits', async () => {
    const bench = new Bench();
    bench.sap.writes.push({ code: 'SAP_UNREACHABLE' });
    bench.sap.pings.push(...Array<'SAP_UNREACHABLE'>(3_000).fill('SAP_UNREACHABLE'));
    expect(await bench.send()).toMatchObject({ status: 202, body: { problem: { code: 'SAP_UNREACHABLE' } } });
    await bench.clock.pass(24 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'running', attempts: 1, problem: { code: 'SAP_UNREACHABLE' } });
    expect(bench.sap.pinged).toBeLessThan(24 * 60 * 2);
    expect(bench.sap.pinged).toBeGreaterThan(24 * 60);
    await bench.clock.pass(24 * hourMs);
    await bench.clock.pass(24 * hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', attempts: 2, customer: firstNumber });
    expect(bench.sap.countOf('lookUpKey')).toBe(0);
  });

  test('because a record is locked is held after an hour, with who holds it; sent again it is looked up first', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<{ code: 'SAP_OBJECT_LOCKED' }>(500).fill({ code: 'SAP_OBJECT_LOCKED' }));
    await bench.send();
    await bench.clock.pass(59 * minuteMs);
    expect(await bench.stands()).toMatchObject({ state: 'running', problem: { code: 'SAP_OBJECT_LOCKED' } });
    await bench.clock.pass(2 * minuteMs);
    expect(await bench.stands()).toMatchObject({ state: 'held', problem: { code: 'SAP_OBJECT_LOCKED' } });
    bench.sap.writes.length = 0;
    expect(await bench.send()).toMatchObject({ body: { state: 'done', customer: firstNumber } });
    expect(bench.sap.countOf('lookUpKey')).toBe(1);
  });

  test('for a cause that passes but does not is held after twenty attempts', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<{ code: 'PROTOCOL_VIOLATION' }>(30).fill({ code: 'PROTOCOL_VIOLATION' }));
    await bench.send();
    await bench.clock.pass(hourMs);
    expect(await bench.stands()).toMatchObject({
      state: 'held',
      attempts: 20,
      problem: { code: 'PROTOCOL_VIOLATION' },
    });
  });

  test('after SAP refused the logon sends nothing more, whatever is asked, and says so at once', async () => {
    const bench = new Bench();
    bench.sap.writes.push({ code: 'SAP_LOGON_REFUSED' });
    const waiting = { status: 202, body: { state: 'running', problem: { code: 'SAP_LOGON_REFUSED' } } };
    const startedMs = bench.clock.now();
    expect(await bench.send()).toMatchObject(waiting);
    const other = { idempotencyKey: idempotencyKey.parse('customer.create:other') };
    expect(await bench.send(other)).toMatchObject(waiting);
    expect(bench.clock.now() - startedMs).toBeLessThan(1_000);
    await bench.clock.pass(48 * hourMs);
    expect(bench.sap.asked).toHaveLength(1);
    expect(bench.sap.pinged).toBe(0);
    expect(bench.executor.isReady).toBe(false);
    const next = bench.killed();
    await next.executor.resume();
    await next.clock.pass(minuteMs);
    expect((await next.stands()).state).toBe('done');
    expect(next.executor.isReady).toBe(true);
  });

  test.each(['SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING', 'SAP_PACK_MISSING'] as const)(
    'for %s is held at once and tried no more by itself',
    async (code) => {
      const bench = new Bench();
      bench.sap.writes.push({ code });
      expect(await bench.send()).toMatchObject({ status: 202, body: { state: 'held', problem: { code } } });
      await bench.clock.pass(hourMs);
      expect(bench.sap.asked).toHaveLength(1);
    },
  );

  test('because its time was up before it began leaves no trace', async () => {
    const bench = new Bench();
    await expect(bench.send({ withinMs: 0 })).rejects.toMatchObject({ code: 'DEADLINE_PASSED' });
    expect(bench.history).toEqual([]);
  });

  test('because it has no key leaves no trace', async () => {
    const bench = new Bench();
    await expect(bench.send({ idempotencyKey: undefined })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_MISSING' });
    expect(bench.history).toEqual([]);
  });

  test('because too many have not ended is refused before it is journaled', async () => {
    const bench = new Bench({ policy: { maxOpenWrites: 1 } });
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    const first = bench.executor.execute(bench.call());
    await settle();
    const other = { idempotencyKey: idempotencyKey.parse('customer.create:other') };
    await expect(bench.send(other)).rejects.toMatchObject({ code: 'AGENT_BUSY' });
    expect(bench.history.filter((line) => line === 'journal: begun')).toHaveLength(1);
    gate.resolve();
    await first;
    expect(await bench.send(other)).toMatchObject({ status: 201 });
  });
});

describe('a journal that fails', () => {
  test('before SAP is called: nothing is sent', async () => {
    const bench = new Bench();
    bench.journal.isFull = true;
    await expect(bench.send()).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    expect(bench.sap.asked).toEqual([]);
  });

  test('after SAP committed: the caller hears running, and done once it is recorded', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    const call = bench.executor.execute(bench.call());
    await settle();
    bench.journal.isFull = true;
    gate.resolve();
    expect(await bench.clock.until(call)).toMatchObject({ status: 202, body: { state: 'running' } });
    bench.journal.isFull = false;
    await bench.clock.pass(minuteMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', customer: firstNumber });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('before a repetition: SAP is not asked again until it can be noted', async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose');
    const gate = Promise.withResolvers<void>();
    bench.sap.lookUps.push({ wait: gate.promise });
    const call = bench.executor.execute(bench.call());
    await bench.clock.pass(5_000);
    bench.journal.isFull = true;
    gate.resolve();
    await bench.clock.until(call);
    await bench.clock.pass(hourMs);
    expect(bench.sap.countOf('createCustomer')).toBe(1);
    bench.journal.isFull = false;
    await bench.clock.pass(minuteMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', attempts: 2 });
  });
});
