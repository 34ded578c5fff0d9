/** What the org is told: the canary's round, what is held and what became of it; and what people there want done. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { RecordOutcome } from '../../src/ports/index.ts';
import { Bench, change, customer, document, org } from './fakes/bench.ts';

const refused: RecordOutcome = {
  ended: 'failed',
  error: new GatewayError('SALESFORCE_RULE_REFUSED', { message: 'Phone is needed' }),
};

/** State of each issue as the org saw it, in the order of the reports. */
const shown = (bench: Bench): readonly string[] =>
  bench.sink.reports.flatMap(({ issues }) => issues.map(({ name, state }) => `${name} ${state}`));

describe('the canary', () => {
  test('goes through queue and loop, and ends with the status that the org commits', async () => {
    const bench = new Bench();
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.clock.pass(10 * 60_000);
    const statuses = bench.sink.reports.map(({ status }) => status);
    expect(statuses).toHaveLength(10);
    for (const status of statuses) {
      expect(status).toMatchObject({ system: 'ERPCLNT100', held: 0, callsBudget: 40_000 });
      expect(status?.canaryTookMs).toBeLessThan(1_000);
    }
    expect(sync.state.canaryAgeMs).toBeLessThan(61_000);
    expect(bench.written).toEqual([]);
    expect(bench.queue.ended.every(({ how }) => how === 'delivered')).toBe(true);
    await bench.stop(sync);
  });

  test('grows old when the org does not take the report, and is young again when it does', async () => {
    const bench = new Bench();
    let isAway = true;
    bench.sink.failReport = () => {
      if (isAway) throw new GatewayError('SALESFORCE_UNREACHABLE');
    };
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.clock.pass(30 * 60_000);
    expect(sync.state.canaryAgeMs).toBe(30 * 60_000);
    isAway = false;
    await bench.clock.pass(2 * 60_000);
    expect(sync.state.canaryAgeMs).toBeLessThan(61_000);
    // The oldest waited all the time, and that is how long the way took.
    expect(bench.sink.reports[0]?.status?.canaryTookMs).toBeGreaterThan(29 * 60_000);
    await bench.stop(sync);
  });

  test('of another org on the same system ends without anything', async () => {
    const bench = new Bench();
    const sync = bench.start({ settings: { canarySeconds: 6 } });
    await bench.arrive(change({ ...customer(1), kind: 'canary', id: '00D5g000004OTHEREAY' }, {}));
    await bench.clock.pass(5_000);
    expect(bench.queue.ended.map(({ how }) => how).filter((how) => how === 'unwanted')).toHaveLength(1);
    expect(bench.sink.reports.filter(({ status }) => status?.canaryAt !== null)).toHaveLength(1);
    await bench.stop(sync);
  });
});

describe('a document that could not be understood', () => {
  const refusedDocument = (number: number) => ({
    source: { ...document([]).source, number: String(number).padStart(16, '0') },
    contentHash: String(number),
    error: new GatewayError('IDOC_TRUNCATED', { reason: 'EDI_DC40 does not end' }),
  });

  test('is shown in words, as solved when its number comes again and is understood, as discarded when somebody says so', async () => {
    const bench = new Bench();
    const sync = bench.start();
    await bench.queue.refuse(refusedDocument(701));
    await bench.queue.refuse(refusedDocument(702));
    await bench.clock.pass(15_000);
    const issues = bench.sink.reports.flatMap((report) => report.issues);
    expect(issues).toMatchObject([
      { name: 'SD-000001', key: undefined, state: 'held', code: 'IDOC_TRUNCATED' },
      { name: 'SD-000002', system: 'ERPCLNT100' },
    ]);
    const again = document([change(customer(1), { name: 'A' })]);
    await bench.queue.accept([{ ...again, source: refusedDocument(701).source }]);
    bench.sink.wished.push({ name: 'SD-000002', wish: 'discard', reason: 'Test data', by: 'Ada' });
    await bench.clock.pass(60_000);
    expect(shown(bench).slice(2)).toEqual(expect.arrayContaining(['SD-000001 solved', 'SD-000002 discarded']));
    await bench.stop(sync);
  });

  test('stays as it is when somebody wants it retried all the same, and is reported again so that the wish is taken off', async () => {
    const bench = new Bench();
    const sync = bench.start();
    await bench.queue.refuse(refusedDocument(701));
    await bench.clock.pass(15_000);
    expect(shown(bench)).toEqual(['SD-000001 held']);
    bench.sink.wished.push({ name: 'SD-000001', wish: 'retry', reason: '', by: 'Ada' });
    await bench.clock.pass(5 * 60_000);
    expect(shown(bench)).toEqual(['SD-000001 held', 'SD-000001 held']);
    expect(await bench.queue.refused()).toMatchObject([{ name: 'SD-000001' }]);
    await bench.stop(sync);
  });
});

describe('what is held', () => {
  test('is shown in words, once, and as solved when something newer of the record goes through', async () => {
    const bench = new Bench();
    bench.sink.refuse = ({ fields }) => (fields['phone'] === undefined ? refused : undefined);
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(10 * 60_000);
    const [issue] = bench.sink.reports.flatMap(({ issues }) => issues);
    expect(issue).toMatchObject({
      key: customer(1),
      state: 'held',
      code: 'SALESFORCE_RULE_REFUSED',
      owner: 'salesforce-admin',
      attempts: 1,
    });
    expect(issue?.whatHappened).toContain('Phone is needed');
    expect(shown(bench)).toHaveLength(1);
    await bench.arrive(change(customer(1), { phone: '040' }, { at: 1 }));
    await bench.clock.pass(10_000);
    expect(shown(bench).at(-1)).toMatch(/solved$/);
    await bench.stop(sync);
  });

  test('is asked about while it is held and not otherwise, and what people want is done', async () => {
    const bench = new Bench();
    let isCorrected = false;
    bench.sink.refuse = () => (isCorrected ? undefined : refused);
    const sync = bench.start();
    await bench.clock.pass(10 * 60_000);
    expect(bench.sink.asked).toBe(0);
    await bench.arrive(change(customer(1), { name: 'A' }), change(customer(2), { name: 'B' }));
    await bench.clock.pass(5 * 60_000);
    expect(bench.sink.asked).toBeGreaterThanOrEqual(7);
    expect(bench.sink.asked).toBeLessThanOrEqual(11);
    const names = (await bench.queue.held(10)).map(({ name }) => name);
    isCorrected = true;
    bench.sink.wished.push(
      { name: names[0] ?? '', wish: 'retry', reason: '', by: 'Ada' },
      { name: names[1] ?? '', wish: 'discard', reason: 'Test data', by: 'Ada' },
    );
    await bench.clock.pass(2 * 60_000);
    expect(bench.value(customer(1), 'name')).toBe('A');
    expect(bench.value(customer(2), 'name')).toBeUndefined();
    expect(shown(bench)).toEqual(expect.arrayContaining([`${names[0]} solved`, `${names[1]} discarded`]));
    expect(bench.sink.forgotten).toBe(1);
    const asked = bench.sink.asked;
    await bench.clock.pass(10 * 60_000);
    expect(bench.sink.asked).toBe(asked);
    await bench.stop(sync);
  });

  test('and is solved during a restart does not stay open in the org', async () => {
    const bench = new Bench();
    bench.sink.refuse = () => refused;
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(60_000);
    const [name = ''] = (await bench.queue.held(10)).map((held) => held.name);
    await bench.stop(sync);
    bench.queue.restart();
    await bench.queue.discard([name], 'Not wanted', org);
    const again = bench.start();
    await bench.clock.pass(60_000);
    expect(shown(bench).at(-1)).toBe(`${name} discarded`);
    await bench.stop(again);
  });

  test.each([
    ['and the agent goes on', false],
    ['and the agent ends before it hears that', true],
  ])('does not stay open in the org when the answer of its first report is lost, %s', async (_, ends) => {
    const bench = new Bench();
    const { report } = bench.sink;
    bench.sink.report = async (...parts) => {
      await report.apply(bench.sink, parts);
      throw new GatewayError('SALESFORCE_UNREACHABLE');
    };
    bench.sink.refuse = () => refused;
    const first = bench.start();
    await bench.arrive(change(customer(1), { name: 'First' }));
    // The first report has told it; a second one has no time.
    for (let looks = 0; shown(bench).length === 0 && looks < 600; looks += 1) await bench.clock.pass(100);
    const [name = ''] = (await bench.queue.held(10)).map((held) => held.name);
    expect(shown(bench)).toEqual([`${name} held`]);
    if (ends) await bench.stop(first);
    if (ends) bench.queue.restart();
    bench.sink.refuse = () => undefined;
    await bench.queue.retry([name]);
    bench.sink.report = report;
    const second = ends ? bench.start() : first;
    await bench.clock.pass(120_000);
    expect(bench.value(customer(1), 'name')).toBe('First');
    expect(shown(bench).at(-1)).toBe(`${name} solved`);
    await bench.stop(second);
  });

  test('is shown only after the queue has kept that it may be shown, also where it could not keep it at first', async () => {
    const bench = new Bench();
    const { queue, sink } = bench;
    sink.refuse = () => refused;
    const { remember } = queue;
    let failures = 3;
    const kept: string[] = [];
    queue.remember = async (checkpoint) => {
      if (!checkpoint.name.endsWith('issues')) return remember.call(queue, checkpoint);
      failures -= 1;
      if (failures >= 0) throw new GatewayError('QUEUE_FAILED', { reason: 'no space is left' });
      await remember.call(queue, checkpoint);
      kept.push(checkpoint.value);
    };
    const keptByThen: string[] = [];
    const { report } = sink;
    sink.report = (...parts) => {
      if (parts[0].length > 0) keptByThen.push(kept.at(-1) ?? 'nothing');
      return report.apply(sink, parts);
    };
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(120_000);
    const [name = ''] = (await queue.held(10)).map((held) => held.name);
    expect(keptByThen[0]).toContain(name);
    await bench.stop(sync);
  });

  test('is shown again when its wish came to nothing', async () => {
    const bench = new Bench();
    bench.sink.refuse = () => refused;
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(60_000);
    const [name = ''] = (await bench.queue.held(10)).map((held) => held.name);
    bench.sink.wished.push({ name, wish: 'retry', reason: '', by: 'Ada' });
    await bench.clock.pass(60_000);
    const last = bench.sink.reports.flatMap(({ issues }) => issues).at(-1);
    expect(last).toMatchObject({ name, state: 'held', attempts: 2 });
    await bench.stop(sync);
  });
});
