/** Services that can be looked up, keys that other agents may have had, and files that change while a write is open. */
import { describe, expect, test } from '@jest/globals';
import { Bench } from './bench.ts';
import { settle } from './manual-clock.ts';
import { createThing, readThing, ScriptedServices, Things } from './scripted-services.ts';
import { entryOf, hours, key, restarted, write } from './service-bench.ts';

describe('a service that can be looked up', () => {
  test('is found in SAP after a lost answer, with its outputs', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('commit-lose');
    expect(await bench.send(write)).toMatchObject({
      status: 201,
      body: { state: 'done', outputs: { number: '4711' } },
    });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is written again when SAP has had its time and still has nothing', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('lose');
    const answer = await bench.send({ ...write, withinMs: 1 * hours });
    expect(answer).toMatchObject({ status: 201, body: { state: 'done', attempts: 2 } });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is written again at once where SAP keeps the key itself', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.keepsKeys = true;
    bench.services.writes.push('lose');
    expect(await bench.send({ ...write, withinMs: 10_000 })).toMatchObject({ status: 201, body: { attempts: 2 } });
  });

  test('is not doubled by a call that commits minutes after its answer was lost', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('work-on');
    const sent = bench.executor.execute(bench.call({ ...write, withinMs: 1 * hours }));
    await bench.clock.pass(9 * 60_000);
    bench.services.finish();
    expect(await bench.clock.until(sent)).toMatchObject({ status: 201, body: { state: 'done', attempts: 1 } });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('is not doubled by such a call either when the agent is killed meanwhile', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('work-on');
    void bench.executor.execute(bench.call(write)).catch(() => undefined);
    await bench.clock.pass(10_000);
    const next = restarted(bench, new ScriptedServices({ things: bench.services.things, canLookUp: true }));
    await next.executor.resume();
    await next.clock.pass(9 * 60_000);
    bench.services.finish();
    await next.clock.pass(1 * hours);
    expect(await entryOf(next)).toMatchObject({ state: 'done' });
    expect(next.services.things.committed).toHaveLength(1);
  });

  test('ends at a person when a day of look-ups has not told', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('lose');
    bench.services.lookUps.push(...Array.from({ length: 5_000 }, () => 'running' as const));
    await bench.send(write);
    await bench.clock.pass(25 * hours);
    expect(await entryOf(bench)).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } });
    expect(bench.services.countOf('write')).toBe(1);
  });

  test('is refused when SAP has its key for other inputs, whoever wrote them', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('lose');
    bench.services.lookUps.push('other');
    await expect(bench.send(write)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(bench.services.countOf('write')).toBe(1);
  });

  test('ends at a person when the look-up itself cannot work', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('commit-lose');
    bench.services.lookUps.push('SAP_NOT_AUTHORIZED');
    const { body } = await bench.send(write);
    expect(body).toMatchObject({ state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } });
    expect(body.problem?.issues[0]?.message).toContain('authorization');
  });
});

describe('a key that another agent may have had', () => {
  test('is looked up before it is written', async () => {
    const things = new Things();
    const bench = new Bench({ services: new ScriptedServices({ things, canLookUp: true }) });
    things.commit(`${bench.call().org}:${key}`);
    expect(await bench.send({ ...write, isShared: true })).toMatchObject({
      status: 201,
      body: { outputs: { number: '4711' } },
    });
    expect(things.committed).toHaveLength(1);
  });

  test('is written at once when SAP has nothing of it', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    expect(await bench.send({ ...write, isShared: true, withinMs: 5_000 })).toMatchObject({ status: 201 });
    expect(bench.services.asked.map(({ what }) => what)).toEqual(['lookUp', 'write']);
  });

  test('ends at a person when nobody can look', async () => {
    const bench = new Bench();
    expect(await bench.send({ ...write, isShared: true })).toMatchObject({ status: 202, body: { state: 'held' } });
    expect(bench.services.countOf('write')).toBe(0);
  });
});

describe('a file that changes while a write is open', () => {
  test.each([
    ['published anew', (services: ScriptedServices) => services.publish({ ...createThing, version: 'v2' })],
    ['withdrawn', (services: ScriptedServices) => services.withdraw('CreateThing')],
    ['a reader now', (services: ScriptedServices) => services.publish({ ...createThing, effect: 'read' })],
  ])('holds what was not written yet (%s), with words, and mixes nothing up', async (_, change) => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    const sent = bench.executor.execute(bench.call({ ...write, withinMs: 10 * 60_000 }));
    await settle();
    change(bench.services);
    expect(await bench.clock.until(sent)).toMatchObject({
      status: 202,
      body: { state: 'held', problem: { code: 'SERVICE_CHANGED' } },
    });
    expect(bench.services.things.committed).toHaveLength(0);
  });

  test('lets the same wish go on in its new form, when it is sent again', async () => {
    const bench = new Bench();
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    const sent = bench.executor.execute(bench.call({ ...write, withinMs: 10 * 60_000 }));
    await settle();
    bench.services.publish({ ...createThing, version: 'v2' });
    await bench.clock.until(sent);
    expect(await bench.send(write)).toMatchObject({ status: 201, body: { state: 'done' } });
    expect(bench.services.things.committed).toHaveLength(1);
  });

  test('lets a person decide about what may be in SAP: the new file cannot look for the old one', async () => {
    const bench = new Bench({ services: new ScriptedServices({ canLookUp: true }) });
    bench.services.writes.push('lose');
    const sent = bench.executor.execute(bench.call({ ...write, withinMs: 1 * hours }));
    await settle();
    bench.services.publish({ ...createThing, version: 'v2' });
    expect(await bench.clock.until(sent)).toMatchObject({
      status: 202,
      body: { state: 'held', problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } },
    });
    expect(bench.services.countOf('write')).toBe(1);
    expect(bench.services.countOf('lookUp')).toBe(0);
  });

  test('of which no version is known counts as changed when its inputs or outputs are others', async () => {
    const { version: _, ...unversioned } = createThing;
    const bench = new Bench();
    bench.services.publish(unversioned);
    bench.services.writes.push({ code: 'SAP_UNREACHABLE' });
    const sent = bench.executor.execute(bench.call({ ...write, withinMs: 10 * 60_000 }));
    await settle();
    bench.services.publish({ ...unversioned, outputs: readThing.inputs });
    expect(await bench.clock.until(sent)).toMatchObject({ body: { problem: { code: 'SERVICE_CHANGED' } } });
  });
});
