/** Writes: one key is one wish, whoever asks and how often. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey, orgId } from '../../../src/model/index.ts';
import { Bench, draft, org, system, toWriteReply } from './bench.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { SapKeyTable } from './scripted-sap.ts';

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
    ['held', [{ code: 'SAP_NOT_AUTHORIZED' as const }]],
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
