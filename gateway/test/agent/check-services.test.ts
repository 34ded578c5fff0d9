/** What `gangway check` says of the published services. */
import { expect, test } from '@jest/globals';
import { serviceChecks } from '../../src/agent/check-services.ts';
import { runGroup } from '../../src/agent/check-result.ts';
import type { CheckResult } from '../../src/agent/check-result.ts';
import { sapFeature } from '../../src/model/index.ts';
import type { PublishedService, SapFeature } from '../../src/model/index.ts';

async function results(
  services: Parameters<typeof serviceChecks>[0],
  features: readonly SapFeature[] = sapFeature.options,
): Promise<readonly CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of runGroup(serviceChecks(services, features))) found.push(result);
  return found;
}

test('that nothing is published yet is in order', async () => {
  const found = await results({ list: () => [], problems: () => [] });
  expect(found).toEqual([{ name: 'services', state: 'passed', finding: 'nothing is published yet' }]);
});

test('a file that does not serve is a failure with the reason, beside those that serve', async () => {
  const list = (): PublishedService[] => [{ name: 'FindIt', effect: 'read' } as unknown as PublishedService];
  const found = await results({ list, problems: () => [{ file: 'b.yaml', problem: 'line 3: no such function' }] });
  expect(found).toMatchObject([
    { name: 'service FindIt', state: 'passed' },
    { name: 'service file b.yaml', state: 'failed', finding: 'line 3: no such function', owner: 'operator' },
  ]);
});

test('nothing is looked at where the feature is off', async () => {
  expect(await results({ list: () => [], problems: () => [] }, ['credit'])).toEqual([]);
});
