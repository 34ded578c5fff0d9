/** Writes: whatever happens between the call and SAP's commit, one intent becomes one customer. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey, orgId, sapSystemId } from '../../../src/model/index.ts';
import { Bench, draft, org, system, toWriteReply } from './bench.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';
import { SapKeyTable } from './scripted-sap.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const firstNumber = { system, number: '0000104801' };

describe('a write that goes well', () => {
  test('is journaled before SAP is called and recorded before it is answered', async () => {
    const bench = new Bench();
    const reply = await bench.send();
    bench.history.push('answered');
    expect(bench.history).toEqual([
      'journal: begun',
      'sap: createCustomer',
      'sap: committed',
      'journal: done',
      'answered',
    ]);
    expect(reply).toMatchObject({
      status: 201,
      body: { state: 'done', customer: firstNumber, attempts: 1, isRepeat: false, problem: null },
    });
  });

  test('reaches SAP under the org and the key, with the content and its hash', async () => {
    const bench = new Bench();
    await bench.send();
    const [write, sent] = bench.sap.asked[0]?.args ?? [];
    expect(write).toEqual({
      key: `${org}:customer.create:0015g00000FJORD`,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(sent).toEqual(draft);
  });

  test('of the longest key still fits the 80 characters of SAP', async () => {
    const bench = new Bench();
    await bench.send({ idempotencyKey: idempotencyKey.parse('k'.repeat(60)) });
    const [write] = bench.sap.asked[0]?.args ?? [];
    expect((write as { key: string }).key.length).toBeLessThanOrEqual(80);
  });

  test('asked again gives the same number, without asking SAP', async () => {
    const bench = new Bench();
    await bench.send();
    expect(await bench.send()).toMatchObject({ status: 200, body: { customer: firstNumber, isRepeat: true } });
    expect(bench.sap.asked).toHaveLength(1);
  });

  test('may be a change of a customer', async () => {
    const bench = new Bench();
    const change = { operation: 'changeCustomer' as const, params: { number: '104711' }, body: { phone: '+47 1' } };
    expect(await bench.send(change)).toMatchObject({ status: 201, body: { kind: 'customer.change', state: 'done' } });
    expect(bench.sap.asked[0]?.args.slice(1, 3)).toEqual(['0000104711', { phone: '+47 1' }]);
  });

  test('is not cut off because its caller has little time: SAP gets its own', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    expect(await bench.send({ withinMs: 2_000 })).toMatchObject({ status: 202, body: { state: 'running' } });
    gate.resolve();
    await settle();
    expect(await bench.stands()).toMatchObject({ state: 'done', customer: firstNumber });
  });
});

describe('a key that is used twice', () => {
  const other = { ...draft, name: 'Zephyr Robotics GmbH' };

  test.each([
    ['done', []],
    ['held', [{ code: 'SAP_LOGON_REFUSED' as const }]],
    ['verifying', ['lose' as const]],
  ])('for other content is refused while the first is %s, and nothing is sent', async (state, script) => {
    const bench = new Bench();
    bench.sap.writes.push(...script);
    if (state === 'verifying') bench.sap.lookUps.push(...Array<'SAP_UNREACHABLE'>(50).fill('SAP_UNREACHABLE'));
    expect((await bench.send()).body.state).toBe(state);
    await expect(bench.send({ body: other })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 409 });
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('for the same content in another order, with empty fields left out, is the same wish', async () => {
    const bench = new Bench();
    await bench.send();
    const { name2: _, ...rest } = draft;
    const shuffled = Object.fromEntries(Object.entries(rest).reverse());
    expect(await bench.send({ body: shuffled })).toMatchObject({ status: 200, body: { isRepeat: true } });
  });

  test('for another kind of write is refused', async () => {
    const bench = new Bench();
    await bench.send();
    const change = bench.send({ operation: 'changeCustomer', params: { number: '104711' }, body: { phone: '1' } });
    await expect(change).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('for a change of another customer is refused', async () => {
    const bench = new Bench();
    const change = { operation: 'changeCustomer' as const, body: { phone: '1' } };
    await bench.send({ ...change, params: { number: '104711' } });
    const second = bench.send({ ...change, params: { number: '104712' } });
    await expect(second).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('by another org is another customer', async () => {
    const bench = new Bench();
    await bench.send();
    const reply = await bench.send({ org: orgId.parse('00D5g000004gang') });
    expect(reply).toMatchObject({ status: 201, body: { customer: { number: '0000104802' } } });
  });

  test('that stands for other content in SAP is refused, here and when asked again', async () => {
    const table = new SapKeyTable();
    await new Bench({ table }).send({ body: other });
    const bench = new Bench({ table });
    await expect(bench.send()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(bench.send()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await bench.send({ body: other })).toMatchObject({ status: 200, body: { customer: firstNumber } });
  });
});

describe('two at once for one key', () => {
  test('make one call to SAP and get one number', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    const first = bench.executor.execute(bench.call());
    const second = bench.executor.execute(bench.call());
    await settle();
    gate.resolve();
    const replies = (await Promise.all([first, second])).map(toWriteReply);
    expect(replies.map(({ status }) => status)).toEqual([201, 200]);
    expect(replies.map(({ body }) => [body.customer?.number, body.isRepeat])).toEqual([
      ['0000104801', false],
      ['0000104801', true],
    ]);
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('each get what is known when their own time is up', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    const first = bench.executor.execute(bench.call());
    const second = bench.send({ withinMs: 1_000 });
    expect(await second).toMatchObject({ status: 202, body: { state: 'running' } });
    gate.resolve();
    expect(await first).toMatchObject({ status: 201 });
  });

  test('with different content: one is carried out, the other refused', async () => {
    const bench = new Bench();
    const results = await Promise.allSettled([
      bench.executor.execute(bench.call()),
      bench.executor.execute(bench.call({ body: { ...draft, name: 'Other' } })),
    ]);
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    expect(bench.sap.countOf('createCustomer')).toBe(1);
  });

  test('at two agents with journals of their own are one customer', async () => {
    const table = new SapKeyTable();
    const clock = new ManualClock();
    const [one, two] = [new Bench({ table, clock }), new Bench({ table, clock })];
    one.sap.writes.push('work-on');
    const first = one.executor.execute(one.call());
    await settle();
    const second = two.executor.execute(two.call());
    await settle();
    one.sap.finish();
    const replies = (await clock.until(Promise.all([first, second]))).map(toWriteReply);
    expect(replies.map(({ body }) => body.customer?.number)).toEqual(['0000104801', '0000104801']);
    expect(table.committed.size).toBe(1);
    expect(replies[1]).toMatchObject({ status: 200, body: { isRepeat: true } });
  });
});

describe('a write that SAP refuses', () => {
  const messages = [{ type: 'E' as const, id: 'F2', number: '042', text: 'Payment terms ZB30 do not exist' }];

  test("ends refused with SAP's own messages", async () => {
    const bench = new Bench();
    bench.sap.writes.push({ code: 'SAP_REFUSED', messages });
    expect(await bench.send()).toMatchObject({
      status: 200,
      body: { state: 'refused', sapMessages: messages, problem: { code: 'SAP_REFUSED', sapMessages: messages } },
    });
  });

  test('may be sent again corrected under the same key, at once', async () => {
    const bench = new Bench();
    bench.sap.writes.push({ code: 'SAP_REFUSED' });
    const refused = bench.executor.execute(bench.call());
    const corrected = refused.then(() => bench.executor.execute(bench.call({ body: { ...draft, name: 'Corrected' } })));
    expect(await corrected).toMatchObject({ status: 201, body: { state: 'done' } });
  });

  test('after an answer was lost is looked up before it counts, for the lost one may have succeeded', async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose', { code: 'SAP_REFUSED', commits: true });
    expect(await bench.send()).toMatchObject({ body: { state: 'done', customer: firstNumber } });
  });

  test('after an answer was lost ends refused when SAP knows nothing of the key', async () => {
    const bench = new Bench();
    bench.sap.writes.push('lose', { code: 'SAP_REFUSED', messages });
    expect(await bench.send()).toMatchObject({ status: 200, body: { state: 'refused', sapMessages: messages } });
    expect(bench.sap.table.committed.size).toBe(0);
  });
});

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
    bench.sap.lookUps.push('SAP_LOGON_REFUSED');
    expect(await bench.send()).toMatchObject({
      status: 202,
      body: { state: 'held', problem: { code: 'SAP_LOGON_REFUSED' } },
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

  test('is held when SAP stays away; sent again it starts with a look-up and has new attempts', async () => {
    const bench = new Bench();
    bench.sap.writes.push(...Array<{ code: 'SAP_UNREACHABLE' }>(22).fill({ code: 'SAP_UNREACHABLE' }));
    await bench.send();
    await bench.clock.pass(hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'held', attempts: 20, problem: { code: 'SAP_UNREACHABLE' } });
    expect(bench.sap.countOf('lookUpKey')).toBe(0);
    await bench.send();
    await bench.clock.pass(hourMs);
    expect(await bench.stands()).toMatchObject({ state: 'done', attempts: 23, customer: firstNumber });
    expect(bench.sap.countOf('lookUpKey')).toBeGreaterThan(0);
  });

  test.each(['SAP_LOGON_REFUSED', 'SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING', 'SAP_PACK_MISSING'] as const)(
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
