/** The Apex stand-in against the recordings that the package's Apex tests are run with. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import type { ScriptedRelay } from './scripted-relay.ts';
import { audience, callApex, keys, people, putRecord, startTestOrg } from './test-org.ts';

const fields = z.record(z.string(), z.unknown());
const recording = z.object({
  story: z.string(),
  given: z.object({
    account: fields,
    otherAccount: fields.optional(),
    permissions: z.array(z.string()),
    hasAccess: z.boolean().optional(),
    draft: fields.optional(),
    status: z.string().optional(),
    snapshots: z.record(z.string(), fields).optional(),
  }),
  call: z.object({ method: z.string(), params: fields }),
  request: z
    .object({
      method: z.string(),
      path: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    })
    .nullable(),
  answer: z.object({ status: z.number(), body: z.unknown() }).nullable(),
  controller: z.unknown(),
});
type Recording = z.infer<typeof recording>;

const root = fileURLToPath(new URL('../../../../force-app/tests', import.meta.url));
// The mailbox and what arrives have recordings of their own shapes; tests of their own replay them.
const recordings = globSync('**/staticresources/Contract_*.json', { cwd: root })
  .filter((path) => !/^Contract_(Mailbox|Arrivals)_/.test(basename(path)))
  .sort();

const filled = (template: unknown, values: Readonly<Record<string, string>>): unknown => {
  const text = JSON.stringify(template ?? null);
  return JSON.parse(text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole));
};

const requestRow = z.object({ id: z.string(), name: z.string() });

describe('the Apex stand-in', () => {
  let relay: ScriptedRelay;
  let org: SalesforceSimulator;

  beforeEach(async () => {
    relay = await startScriptedRelay();
    org = await startTestOrg({ relayUrl: relay.url });
  });
  afterEach(async () => {
    await org.close();
    await relay.close();
  });

  const personOf = ({ given }: Recording): string => {
    if (given.hasAccess === false) return people.stranger;
    return given.permissions.length === 0 ? people.agent : people.rep;
  };

  /** Brings the org into the state the recording starts from. */
  const prepare = async (one: Recording): Promise<Record<string, string>> => {
    const { given } = one;
    const values: Record<string, string> = { accountId: putRecord(org, 'Account', given.account) };
    if (given.otherAccount !== undefined) putRecord(org, 'Account', given.otherAccount);
    for (const [panel, body] of Object.entries(given.snapshots ?? {})) {
      relay.answer = { status: 200, body };
      await callApex(org, people.rep, 'PanelController.refresh', { recordId: values['accountId'], panel });
    }
    if (given.draft !== undefined) {
      const parameters = { recordId: values['accountId'], draft: given.draft };
      const committed = await callApex(org, people.rep, 'CustomerRequestController.commitRequest', parameters);
      const { id, name } = requestRow.parse(committed.body);
      Object.assign(values, { requestId: id, requestName: name });
    }
    if (given.status !== undefined) {
      const transaction = org.org.store.begin(org.org.users[0]?.id ?? '');
      transaction.update('SAP_Request__c', values['requestId'] ?? '', { Status__c: given.status, Attempts__c: 1 });
      transaction.commit();
    }
    return values;
  };

  /** The one call the recording names, or none. */
  const checkRequest = (one: Recording, values: Record<string, string>): void => {
    if (one.request === null) {
      expect(relay.calls).toEqual([]);
      return;
    }
    const expected = recording.shape.request.unwrap().parse(filled(one.request, values));
    expect(relay.calls).toHaveLength(1);
    const [call] = relay.calls;
    expect([call?.method, call?.path]).toEqual([expected.method, expected.path]);
    for (const [name, value] of Object.entries(expected.headers ?? {}))
      expect(call?.headers[name.toLowerCase()]).toBe(value);
    if (expected.body !== undefined) expect(JSON.parse(call?.body ?? '')).toEqual(expected.body);
  };

  test('has recordings to be compared with', () => {
    expect(recordings.length).toBeGreaterThan(20);
  });

  test.each(recordings)('asks and shows what %s says', async (path) => {
    const one = recording.parse(JSON.parse(readFileSync(join(root, path), 'utf8')));
    const values = await prepare(one);
    relay.calls.length = 0;
    relay.answer = one.answer === null ? null : { status: one.answer.status, body: filled(one.answer.body, values) };
    const answer = await callApex(org, personOf(one), one.call.method, filled(one.call.params, values));
    expect(answer.status).toBe(200);
    checkRequest(one, values);
    const committed = basename(path).startsWith('Contract_Commit') ? requestRow.safeParse(answer.body).data : undefined;
    if (committed?.id) Object.assign(values, { requestId: committed.id, requestName: committed.name });
    const correlationId = String(relay.calls[0]?.headers['x-correlation-id']);
    const expected = filled(one.controller, { correlationId, ...values });
    expect(comparable(answer.body)).toEqual(comparable(expected));
  });

  test('signs the token that the External Credential would', async () => {
    const recordId = putRecord(org, 'Account', { Name: 'Nordwind', SAP_Customer_Number__c: '104711' });
    await callApex(org, people.rep, 'PanelController.refresh', { recordId, panel: 'credit' });
    await callApex(org, people.rep, 'PanelController.refresh', { recordId, panel: 'orders' });
    const [first, second] = relay.calls.map((call) => String(call.headers.authorization));
    expect(second).toBe(first);
    const { payload, protectedHeader } = await jwtVerify(first?.slice(7) ?? '', createPublicKey(keys.publicKey), {
      audience,
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload.iss).toMatch(/^00D5g000004GANG[A-Z0-5]{3}$/);
    expect(payload.sub).toBe('rep@test.example');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
    expect(payload.nbf).toBe(payload.iat);
  });
});

/** Bodies are JSON texts in a view; their key order is nobody's business. */
function comparable(view: unknown): unknown {
  const parsed = fields.safeParse(view);
  if (!parsed.success || typeof parsed.data['body'] !== 'string') return view;
  return { ...parsed.data, body: JSON.parse(parsed.data['body']) };
}
