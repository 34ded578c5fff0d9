/** How an org stands after an operator has acted: calls that were under way by then may still fail with what was corrected. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { Bench, change, customer } from './fakes/bench.ts';

const refused = (): never => {
  throw new GatewayError('SALESFORCE_LOGON_REFUSED');
};

describe('an operator who has corrected what stopped deliveries', () => {
  test('is heard by calls that were under way, too: they ask once more by themselves', async () => {
    const bench = new Bench();
    bench.sink.tookMs = 5_000;
    bench.sink.failCall = (_, count) => {
      if (count === 1) refused();
    };
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'Name' }));
    await bench.clock.pass(3_000);
    expect(bench.sink.underWay).toBe(1);
    sync.goOn();
    await bench.clock.pass(2_100);
    expect(bench.written).toEqual([1]);
    expect(sync.state).toMatchObject({ code: 'SALESFORCE_LOGON_REFUSED' });
    expect(sync.state.standing).not.toBe('stopped');
    await bench.clock.pass(10_000);
    expect(bench.value(customer(1), 'name')).toBe('Name');
    expect(sync.state).toMatchObject({ standing: 'running', code: undefined });
    await bench.stop(sync);
  });

  test('is asked again when a call that began afterwards fails with the same', async () => {
    const bench = new Bench();
    bench.sink.tookMs = 5_000;
    bench.sink.failCall = refused;
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'Name' }));
    await bench.clock.pass(3_000);
    sync.goOn();
    await bench.clock.pass(600_000);
    expect(bench.written).toEqual([1, 1]);
    expect(sync.state).toMatchObject({ standing: 'stopped', code: 'SALESFORCE_LOGON_REFUSED' });
    await bench.stop(sync);
  });

  test('is heard by a question for the rules that was under way', async () => {
    const bench = new Bench();
    const { promise, reject } = Promise.withResolvers<never>();
    const { wantedKinds } = bench.sink;
    bench.sink.wantedKinds = () => promise;
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'Name' }));
    await bench.clock.pass(3_000);
    sync.goOn();
    bench.sink.wantedKinds = wantedKinds;
    reject(new GatewayError('SALESFORCE_LOGON_REFUSED'));
    await bench.clock.pass(120_000);
    expect(bench.value(customer(1), 'name')).toBe('Name');
    await bench.stop(sync);
  });
});
