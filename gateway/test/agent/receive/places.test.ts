/** Places for documents that are read at once. */
import { expect, test } from '@jest/globals';
import { Places } from '../../../src/agent/receive/http/places.ts';
import { ManualClock, settle } from '../execute/manual-clock.ts';

test('the one that is given back goes to who has waited longest, and is one place', async () => {
  const clock = new ManualClock();
  const places = new Places(1, 10, clock);
  expect(await places.take(0)).toBe(true);
  const given: string[] = [];
  const wait = (name: string) => void places.take(1_000).then((isGiven) => isGiven && given.push(name));
  wait('first');
  wait('second');
  places.give();
  await settle();
  expect(given).toEqual(['first']);
  expect(await Promise.race([places.take(0), settle().then(() => 'it waits')])).toBe('it waits');
  await clock.pass(0);
  places.give();
  await settle();
  expect(given).toEqual(['first', 'second']);
  expect(clock.waiting).toBe(0);
});

test('who has given up does not get one, and it is free for others', async () => {
  const clock = new ManualClock();
  const places = new Places(1, 10, clock);
  await places.take(0);
  const late = places.take(1_000);
  await clock.pass(1_000);
  expect(await late).toBe(false);
  places.give();
  expect(await Promise.race([places.take(1_000), settle().then(() => 'it is lost')])).toBe(true);
});

test('no more wait than may', async () => {
  const clock = new ManualClock();
  const places = new Places(1, 1, clock);
  await places.take(0);
  const waits = places.take(1_000);
  expect(await Promise.race([places.take(1_000), settle().then(() => 'it waits')])).toBe(false);
  places.refuseAll();
  expect(await Promise.race([waits, settle().then(() => 'it waits')])).toBe(false);
});
