/** Metrics: what a scrape of one program shows. */
import { expect, test } from '@jest/globals';
import { createMetrics } from '../../src/telemetry/index.ts';

test('a counter, a gauge and a duration appear under their names, with the program', async () => {
  const metrics = createMetrics('agent');
  metrics.counter({ name: 'calls_total', help: 'Calls', labels: ['outcome'] }).add({ outcome: 'ok' }, 2);
  metrics.gauge({ name: 'writes_open', help: 'Open writes' }).set(3);
  metrics.duration({ name: 'call_seconds', help: 'Time' }).observe(0.3);
  const text = await metrics.registry.metrics();
  expect(text).toContain('gangway_calls_total{outcome="ok",program="agent"} 2');
  expect(text).toContain('gangway_writes_open{program="agent"} 3');
  expect(text).toMatch(/gangway_call_seconds_bucket\{le="0.25",program="agent"\} 0/);
  expect(text).toMatch(/gangway_call_seconds_bucket\{le="0.5",program="agent"\} 1/);
});

test('two programs in one process do not share anything', async () => {
  const [one, two] = [createMetrics('relay'), createMetrics('agent')];
  one.counter({ name: 'calls_total', help: 'Calls' }).add();
  two.counter({ name: 'calls_total', help: 'Calls' });
  expect(await two.registry.metrics()).toContain('gangway_calls_total{program="agent"} 0');
});

test('the process is measured only where it is asked for', async () => {
  expect(await createMetrics('relay').registry.metrics()).not.toContain('process_cpu');
  expect(await createMetrics('relay', { withProcess: true }).registry.metrics()).toContain('process_cpu');
});
