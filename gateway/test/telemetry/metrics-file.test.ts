import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createMetrics, keepMetricsFile } from '../../src/telemetry/index.ts';
import type { Log } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { ManualClock } from '../agent/execute/manual-clock.ts';
import { until } from '../flows/stack.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-metrics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function listening(): { readonly log: Log; readonly said: string[] } {
  const said: string[] = [];
  const say = (_: unknown, sentence: string): void => void said.push(sentence);
  const log: Log = { debug: say, info: say, warn: say, error: say, child: () => log };
  return { log, said };
}

test('what is measured stands in the file at once, and is whole at every moment', async () => {
  const file = join(folder, 'gangway.prom');
  const metrics = createMetrics('agent', { withProcess: false });
  const counter = metrics.counter({ name: 'tries_total', help: 'Tries' });
  counter.add();
  const stop = keepMetricsFile(metrics, file, { clock: systemClock, log: listening().log });
  await until(
    () => Promise.resolve(existsSync(file)),
    (isThere) => isThere,
  );
  expect(readFileSync(file, 'utf8')).toMatch(/^gangway_tries_total\{program="agent"\} 1$/m);
  counter.add();
  await stop();
  expect(readFileSync(file, 'utf8')).toMatch(/^gangway_tries_total\{program="agent"\} 2$/m);
  expect(existsSync(`${file}.tmp`)).toBe(false);
});

test('a folder that is not there is told once, and stops nothing', async () => {
  const clock = new ManualClock();
  const { log, said } = listening();
  const stop = keepMetricsFile(createMetrics('agent', { withProcess: false }), join(folder, 'none', 'x.prom'), {
    clock,
    log,
  });
  await until(
    () => Promise.resolve(said.length),
    (count) => count > 0,
  );
  await stop();
  expect(said).toEqual(['The metrics file cannot be written']);
});
