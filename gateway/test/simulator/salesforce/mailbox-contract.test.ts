/** The mailbox's stand-in against the recordings that the package's own Apex is held to. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { people, putRecord, startTestOrg } from './test-org.ts';

const fields = z.record(z.string(), z.unknown());
const recording = z.object({
  story: z.string(),
  given: z.object({
    permissions: z.array(z.string()),
    accounts: z.record(z.string(), fields).default({}),
    contacts: z.record(z.string(), fields).default({}),
    requests: z.array(fields).default([]),
    lease: z
      .object({ holder: z.string(), instance: z.string(), fence: z.number(), expiresInSeconds: z.number() })
      .nullish(),
  }),
  call: z.object({ method: z.string(), resource: z.string(), body: z.unknown() }),
  answer: z.object({ status: z.number(), body: fields }),
  records: z.object({
    lease: fields.nullish(),
    requests: z.record(z.string(), fields).default({}),
    accounts: z.record(z.string(), fields).default({}),
    contacts: z.record(z.string(), fields).default({}),
  }),
});
type Recording = z.infer<typeof recording>;

const root = fileURLToPath(new URL('../../../../force-app/tests', import.meta.url));
const recordings = globSync('**/staticresources/Contract_Mailbox_*.json', { cwd: root }).sort();

/** Placeholders of the recording and what they stand for in this org. */
type Names = Record<string, string>;

function filled<T>(template: T, names: Names): T {
  const text = JSON.stringify(template ?? null);
  return JSON.parse(text.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole)) as T;
}

/** What is expected with every `{any}` taken from what is there, once something is. */
function expectation(expected: unknown, actual: unknown): unknown {
  if (expected === '{any}') return actual ?? 'something';
  if (Array.isArray(expected)) {
    const entries: unknown[] = Array.isArray(actual) ? actual : [];
    return expected.map((one, index) => expectation(one, entries[index]));
  }
  const parts = fields.safeParse(expected);
  const there = fields.safeParse(actual).data ?? {};
  if (!parts.success) return expected;
  return Object.fromEntries(Object.entries(parts.data).map(([name, part]) => [name, expectation(part, there[name])]));
}

describe('the mailbox stand-in', () => {
  let org: SalesforceSimulator;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-11-20T00:00:00Z');
    org = await startTestOrg({ connectedApps: [app], now: () => now });
  });
  afterEach(() => org.close());

  /** Brings the org into the state the recording starts from; saving its records makes no requests of their own. */
  const prepare = ({ given }: Recording): Names => {
    const { store } = org.org;
    const triggers = store.afterSave;
    store.afterSave = () => undefined;
    const names: Names = { org: org.org.id };
    for (const [name, values] of Object.entries(given.accounts)) names[name] = putRecord(org, 'Account', values);
    for (const [name, values] of Object.entries(given.contacts))
      names[name] = putRecord(org, 'Contact', filled(values, names));
    given.requests.forEach((values, index) => {
      now += 60_000;
      const id = putRecord(org, 'SAP_Request__c', filled(values, names));
      names[`request${index + 1}`] = String(store.find('SAP_Request__c', id)?.['Name']);
    });
    store.afterSave = triggers;
    now += 60_000;
    if (given.lease == null) return names;
    const { holder, instance, fence, expiresInSeconds } = given.lease;
    const expires = new Date(now + expiresInSeconds * 1_000).toISOString();
    const lease = { System__c: 'ERPCLNT100', Holder__c: holder, Instance__c: instance };
    putRecord(org, 'SAP_Lease__c', { ...lease, Fence__c: fence, Expires_At__c: expires });
    return names;
  };

  const checkRecords = (one: Recording, names: Names): void => {
    const records = filled(one.records, names);
    const { store } = org.org;
    const check = (row: unknown, expected: unknown): void => expect(row).toMatchObject(fields.parse(expected));
    if ('lease' in one.records) {
      const lease = store.rows('SAP_Lease__c')[0] ?? null;
      if (records.lease == null) expect(lease).toBeNull();
      else check(lease, expectation(records.lease, lease));
    }
    for (const [key, expected] of Object.entries(records.requests)) {
      const row = store.rows('SAP_Request__c').find((candidate) => candidate['Key__c'] === key);
      check(row, expectation(expected, row));
    }
    for (const [object, part] of [['Account', records.accounts] as const, ['Contact', records.contacts] as const]) {
      for (const [name, expected] of Object.entries(part)) {
        const row = store.find(object, names[name] ?? '');
        check(row, expectation(expected, row));
      }
    }
  };

  test('has recordings to be compared with', () => {
    expect(recordings.length).toBeGreaterThan(30);
  });

  test.each(recordings)('answers and keeps what %s says', async (path) => {
    const one = recording.parse(JSON.parse(readFileSync(join(root, path), 'utf8')));
    const names = prepare(one);
    const token = await logOn(org, one.given.permissions.length === 0 ? people.rep : people.integration);
    const address = `/services/apexrest/gangway/v1/${one.call.resource}`;
    const answer = await callRest(org, token, one.call.method, address, filled(one.call.body, names));
    const body = fields.parse(answer.body);
    expect(Object.keys(body).sort()).toEqual(Object.keys(one.answer.body).sort());
    expect(body).toMatchObject(fields.parse(expectation(filled(one.answer.body, names), body)));
    expect(answer.status).toBe(one.answer.status);
    checkRecords(one, names);
  });
});
