/** An outcome that the org cannot take at all, because somebody's trigger hits a limit over it, holds only itself. */
import { expect, test } from '@jest/globals';
import { draft, OutboxBench } from './outbox-bench.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const keys = Array.from(
  { length: 12 },
  (_, index) => `customer.create:0015g00000POIS${String(index).padStart(2, '0')}`,
);
const poisoned = keys[7] ?? '';

test('the other outcomes are left all the same, and it follows when the org can take it', async () => {
  const agent = new OutboxBench();
  await agent.clock.pass(secondMs);
  agent.org.poison = poisoned;
  for (const key of keys) agent.save(key, draft);
  await agent.clock.pass(10 * minuteMs);
  const stateOf = (key: string): string => agent.org.find(key).state;
  expect(keys.filter((key) => stateOf(key) !== 'done')).toEqual([poisoned]);
  agent.org.poison = undefined;
  await agent.clock.pass(60 * minuteMs);
  expect(stateOf(poisoned)).toBe('done');
  expect(agent.sap.countOf('createCustomer')).toBe(keys.length);
});
