/** What the package answers, as its own tests recorded it, is what this room reads. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { sapSystemId } from '../../src/model/index.ts';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { FakeOrg, org } from './fake-org.ts';
import { visit } from './visits.ts';

const folder = fileURLToPath(new URL('../../../force-app/tests/mailbox/staticresources/', import.meta.url));
const recording = z.object({
  story: z.string(),
  call: z.object({ resource: z.enum(['visit', 'queue']), body: z.looseObject({}) }),
  answer: z.object({ status: z.number(), body: z.looseObject({}) }),
});
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file, recording.parse(JSON.parse(readFileSync(folder + file, 'utf8')))] as const);

let fake: FakeOrg;
let open: OpenOrg;
beforeEach(async () => {
  fake = await FakeOrg.start();
  open = openOrg(fake.settings(), { clock: systemClock, log: silentLog, metrics: createMetrics('test') });
});
afterEach(async () => {
  await open.close();
  await fake.close();
});

/** What stands for values that differ with each run, as a real org fills it. */
function filled(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll('"{org}"', `"${org}"`)
    .replace(/"history":"\{any\}"/g, '"history":[]')
    .replace(/"next":"\{any\}"/g, '"next":"2026-11-21T08:00:00.000Z|a0X000000000001"')
    .replace(/"expiresInMs":"\{any\}"/g, '"expiresInMs":30000')
    .replace(/"\{any\}"/g, '"6d1b2c33-0001"')
    .replace(/\{request(\d)\}/g, 'SR-00000$1')
    .replace(/\{(?:\w+)\}/g, '001000000000001AAA');
  return JSON.parse(text);
}

const soon = (): Deadline => Deadline.in(systemClock, 5_000);

function ask(resource: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const ids = ['SR-000001'];
  if (resource === 'visit') return open.mailbox.visit(visit, soon());
  switch (body['action']) {
    case 'show':
      return open.desk.show('SR-999999', soon());
    case 'retry':
      return open.desk.retry(ids, soon());
    case 'hold':
      return open.desk.hold(ids, { reason: 'why', by: 'who' }, soon());
    case 'discard':
      return open.desk.discard(ids, { reason: 'why', by: 'who' }, soon());
    default:
      return open.desk.list({ system: sapSystemId.parse('ERPCLNT100'), states: [], after: null, limit: 10 }, soon());
  }
}

test('there are recordings of both resources', () => {
  expect(new Set(recordings.map(([, { call }]) => call.resource))).toEqual(new Set(['visit', 'queue']));
});

const refusals: Readonly<Record<number, RegExp>> = {
  400: /^SALESFORCE_FAILED$/,
  403: /^SALESFORCE_NOT_AUTHORIZED$/,
  409: /^PACKAGE_TOO_(?:OLD|NEW)$|^SALESFORCE_ANSWER_UNREADABLE$/,
};

test.each(recordings)('%s', async (_, { call, answer }) => {
  fake.answers = [{ status: answer.status, json: filled(answer.body) }];
  const got = ask(call.resource, call.body);
  const refusal = refusals[answer.status];
  if (refusal !== undefined) return expect(got).rejects.toMatchObject({ code: expect.stringMatching(refusal) });
  if (answer.body['request'] === null) return expect(got).rejects.toMatchObject({ code: 'REQUEST_UNKNOWN' });
  // Nothing of it was left out as nonsense, except the request that is.
  const read = (await got) as Record<string, unknown>;
  for (const list of ['receipts', 'standing', 'withdrawn', 'results']) {
    const sent = answer.body[list];
    if (Array.isArray(sent) && Array.isArray(read[list])) expect(read[list]).toHaveLength(sent.length);
  }
});
