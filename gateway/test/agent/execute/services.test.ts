/** Published services at the executor: reads go straight to SAP; of a write SAP keeps no key, and it happens once all the same. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey, serviceName } from '../../../src/model/index.ts';
import { Bench } from './bench.ts';
import { settle } from './manual-clock.ts';
import { createThing, ScriptedServices } from './scripted-services.ts';
import { entryOf, hours, key, restarted, standsOf, write } from './service-bench.ts';

describe('a service that reads', () => {
  test('is asked with its inputs, and its outputs are the answer', async () => {
    const bench = new Bench();
    const call = bench.call({ operation: 'readService', params: { name: 'ReadThing' }, body: { name: 'Anchor' } });
    expect(await bench.executor.execute(call)).toEqual({ status: 200, body: { number: '4711' } });
    expect(bench.services.asked).toEqual([{ what: 'read', name: 'ReadThing', inputs: { name: 'Anchor' } }]);
    expect(bench.history).toEqual(['sap: read']);
  });

  test.each(['CreateThing', 'Nothing'])('is never %s', async (name) => {
    const bench = new Bench();
    const call = bench.call({ operation: 'readService', params: { name }, body: { name: 'Anchor' } });
    await expect(bench.executor.execute(call)).rejects.toMatchObject({ code: 'SERVICE_UNKNOWN' });
    expect(bench.services.asked).toEqual([]);
  });
});

describe('a service that writes', () => {
  test('is journaled before SAP is asked, and its outputs before they are answered', async () => {
    const bench = new Bench();
    const answer = await bench.send(write);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{ id: key, kind: 'service.call', service: 'CreateThing', state: 'done', attempts: 1, isRepeat: false },
        ...{ outputs: { number: '4711' }, customer: null, contact: null, problem: null },
      },
    });
    expect(bench.history).toEqual(['journal: begun', 'sap: write', 'sap: committed', 'journal: done']);
    expect(await entryOf(bench)).toEqual(answer.body);
  });

  test('fills in defaults for SAP, and not for the meaning of its key', async () => {
    const bench = new Bench();
    await bench.send(write);
    expect(bench.services.asked).toEqual([
      { what: 'write', name: 'CreateThing', inputs: { language: 'EN', name: 'Anchor' } },
    ]);
  });

  test('answers its first result to the same key, also after a restart, and writes nothing', async () => {
    const bench = new Bench();
    await bench.send(write);
    const again = await bench.send(write);
    expect(again).toMatchObject({ status: 200, body: { state: 'done', isRepeat: true, outputs: { number: '4711' } } });
    const next = restarted(bench);
    expect(await next.send(write)).toMatchObject({
      status: 200,
      body: { isRepeat: true, outputs: { number: '4711' } },
    });
    expect(bench.services.things.committed).toHaveLength(1);
    expect(next.services.asked).toEqual([]);
  });

  test('answers its first result also when it was published anew or withdrawn since', async () => {
    const bench = new Bench();
    await bench.send(write);
    bench.services.publish({ ...createThing, version: 'v2' });
    expect(await bench.send(write)).toMatchObject({ status: 200, body: { isRepeat: true } });
    bench.services.withdraw('CreateThing');
    expect(await standsOf(bench)).toMatchObject({ state: 'done', outputs: { number: '4711' } });
  });

  test.each([
    ['other inputs', { body: { name: 'Rope' } }],
    ['another service', { params: { name: 'CreateOther' } }],
  ])('refuses %s under a key that is used', async (_, changes) => {
    const bench = new Bench();
    bench.services.publish({ ...createThing, name: serviceName.parse('CreateOther') });
    await bench.send(write);
    await expect(bench.send({ ...write, ...changes })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('does not take a key that looks like one of a record', async () => {
    const bench = new Bench();
    const idempotent = idempotencyKey.parse('customer.create:0015g00000FJORD');
    await expect(bench.send({ ...write, idempotencyKey: idempotent })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      issues: [{ path: 'Idempotency-Key' }],
    });
    expect(bench.history).toEqual([]);
  });

  test('is one write for two callers at once', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.services.writes.push({ wait: gate.promise });
    const both = [bench.executor.execute(bench.call(write)), bench.executor.execute(bench.call(write))];
    await settle();
    gate.resolve();
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('that SAP refused may be sent again under its key with corrected inputs', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_REFUSED' });
    expect(await bench.send(write)).toMatchObject({ status: 200, body: { state: 'refused' } });
    expect(await bench.send({ ...write, body: { name: 'Rope' } })).toMatchObject({ status: 201 });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is repeated by itself while SAP is away, because then nothing was written', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' }, { code: 'SAP_PAUSED' });
    expect(await bench.send({ ...write, withinMs: 10 * 60_000 })).toMatchObject({
      status: 201,
      body: { state: 'done' },
    });
    expect(bench.services.countOf('lookUp')).toBe(0);
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is done, and says so, when its outputs are larger than the journal keeps', async () => {
    const bench = new Bench();
    bench.services.outputs = { text: 'x'.repeat(100_000) };
    const { status, body } = await bench.send(write);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'done', problem: { code: 'SERVICE_RESULT_TOO_LARGE' } });
    expect(body.outputs).toBeUndefined();
    expect(await bench.send(write)).toMatchObject({ status: 200, body: { isRepeat: true } });
    expect(bench.services.things.committed).toHaveLength(1);
  });
});

describe('a service whose answer was lost and that names no way to look', () => {
  test.each(['commit-lose', 'lose'] as const)('ends at a person (%s), who is told what to look for', async (script) => {
    const bench = new Bench();
    bench.services.writes.push(script);
    const { body } = await bench.send({ ...write, withinMs: 60_000 });
    expect(body).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED', disposition: 'hold' } });
    expect(body.problem?.title).toContain('CreateThing');
    expect(body.problem?.title).toContain('names no way to look');
    expect(body.problem?.advice).toContain('new Idempotency-Key');
  });

  test('is never written again under its key, however often it is sent and the agent restarted', async () => {
    let bench = new Bench();
    bench.services.writes.push('commit-lose');
    await bench.send({ ...write, withinMs: 60_000 });
    for (let round = 0; round < 3; round += 1) {
      expect(await bench.send({ ...write, withinMs: 60_000 })).toMatchObject({ status: 202, body: { state: 'held' } });
      bench = restarted(bench);
      await bench.executor.resume();
      await bench.clock.pass(48 * hours);
    }
    expect(bench.services.things.committed).toHaveLength(1);
    await expect(bench.send({ ...write, body: { name: 'Rope' } })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is another wish under a new key', async () => {
    const bench = new Bench();
    bench.services.writes.push('lose');
    await bench.send({ ...write, withinMs: 60_000 });
    expect(await bench.send({ ...write, idempotencyKey: idempotencyKey.parse('thing-0002') })).toMatchObject({
      status: 201,
    });
  });

  test('ends at a person when the process was killed in the middle of it', async () => {
    const bench = new Bench();
    bench.services.writes.push({ wait: new Promise(() => undefined) });
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    expect(await entryOf(bench)).toMatchObject({ state: 'running', problem: null });
    const next = restarted(bench);
    await next.executor.resume();
    await next.clock.pass(1 * hours);
    expect(await entryOf(next)).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } });
    expect(next.services.countOf('write')).toBe(0);
  });

  test('ends at a person also when SAP was away after the kill, and the agent was restarted once more', async () => {
    const bench = new Bench();
    bench.services.writes.push({ wait: new Promise(() => undefined) });
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    const second = restarted(bench);
    // Another write finds out that SAP is away, so that this one waits with its look-up.
    second.services.writes.push({ code: 'SAP_UNREACHABLE' });
    second.sap.pings.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    void second.executor.execute(second.call({ ...write, idempotencyKey: idempotencyKey.parse('thing-0002') }));
    await settle();
    await second.executor.resume();
    await second.clock.pass(1_000);
    expect(await entryOf(second)).toMatchObject({ state: 'verifying' });
    const third = restarted(second);
    await third.executor.resume();
    await third.clock.pass(1 * hours);
    expect(await entryOf(third)).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } });
    expect(third.services.things.committed.map((each) => each.key)).not.toContain(`${third.call().org}:${key}`);
  });
});

describe('a service that certainly was not carried out', () => {
  test('waits in the journal, and goes on after a restart, whether or not anybody can look', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    bench.sap.pings.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    expect(await entryOf(bench)).toMatchObject({ state: 'running', problem: { code: 'SAP_UNREACHABLE' } });
    const next = restarted(bench);
    await next.executor.resume();
    await next.clock.pass(60_000);
    expect(await entryOf(next)).toMatchObject({ state: 'done', outputs: { number: '4711' } });
    expect(next.services.asked.map(({ what }) => what)).toEqual(['lookUp', 'write']);
  });

  test('is written when it is sent again after somebody gave the missing right', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_NOT_AUTHORIZED' });
    expect(await bench.send(write)).toMatchObject({ status: 202, body: { state: 'held' } });
    expect(await bench.send(write)).toMatchObject({ status: 201, body: { state: 'done', attempts: 2 } });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('that is sent again and then loses its answer is not written a third time', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_NOT_AUTHORIZED' }, 'commit-lose');
    await bench.send(write);
    for (let round = 0; round < 3; round += 1) {
      expect(await bench.send({ ...write, withinMs: 60_000 })).toMatchObject({
        body: { state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } },
      });
    }
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('and then was carried out by another agent is found after the restart, and not written', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    bench.sap.pings.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    bench.services.things.commit(`${bench.call().org}:${key}`);
    const next = restarted(bench, new ScriptedServices({ things: bench.services.things, canLookUp: true }));
    await next.executor.resume();
    await next.clock.pass(60_000);
    expect(await entryOf(next)).toMatchObject({ state: 'done', outputs: { number: '4711' } });
    expect(next.services.countOf('write')).toBe(0);
  });

  test('is still known not to be in SAP after a second restart in which nothing could be asked', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    bench.sap.pings.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    const second = restarted(bench, new ScriptedServices({ things: bench.services.things, canLookUp: true }));
    second.services.lookUps.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    second.sap.pings.push(...Array.from({ length: 1_000 }, () => 'SAP_UNREACHABLE' as const));
    await second.executor.resume();
    await second.clock.pass(60_000);
    expect(second.services.countOf('lookUp')).toBeGreaterThan(0);
    const third = restarted(second);
    await third.executor.resume();
    await third.clock.pass(60_000);
    expect(await entryOf(third)).toMatchObject({ state: 'done' });
    expect(third.services.things.committed).toHaveLength(1);
  });

  test('that was killed in its second attempt is not written a third time', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_NOT_AUTHORIZED' }, { wait: new Promise(() => undefined) });
    await bench.send(write);
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await settle();
    const next = restarted(bench);
    await next.executor.resume();
    await next.clock.pass(1 * hours);
    expect(await entryOf(next)).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } });
    expect(next.services.countOf('write')).toBe(0);
  });
});
