/** The REST API: Salesforce's strictness, in Salesforce's words. */
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { keys, startTestOrg } from './test-org.ts';

const clientId = 'gangway-integration';
const username = 'integration@test.example';
const connectedApps = [{ clientId, certificate: keys.publicKey, usernames: [username] }];
const tokenAnswer = z.object({ access_token: z.string(), instance_url: z.string() });
const refusal = z.array(z.object({ errorCode: z.string(), message: z.string() }));
const created = z.object({ id: z.string() });

interface Claims {
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly livesSeconds?: number;
  readonly algorithm?: string;
}

const assertion = ({ issuer, subject, audience, livesSeconds, algorithm }: Claims = {}): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: algorithm ?? 'RS256' })
    .setIssuer(issuer ?? clientId)
    .setSubject(subject ?? username)
    .setAudience(audience ?? 'https://login.salesforce.com')
    .setExpirationTime(Math.floor(Date.now() / 1000) + (livesSeconds ?? 120))
    .sign(createPrivateKey(keys.privateKey));

describe('the REST API of the simulated org', () => {
  let org: SalesforceSimulator;
  let token: string;

  const start = async (options: Parameters<typeof startTestOrg>[0] = {}): Promise<void> => {
    org = await startTestOrg({ connectedApps, ...options });
    token = tokenAnswer.parse((await logOn()).body).access_token;
  };
  const logOn = async (claims: Claims = {}) => {
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await assertion(claims) };
    const answer = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${org.url}/services/data/v67.0${path}`, { method, headers, ...sent });
    const text = await answer.text();
    const parsed: unknown = text === '' ? null : JSON.parse(text);
    return { status: answer.status, body: parsed, usage: answer.headers.get('sforce-limit-info') };
  };
  const codeOf = ({ body }: { body: unknown }): string | undefined => refusal.parse(body)[0]?.errorCode;
  const newAccount = async (values: Record<string, unknown>): Promise<string> =>
    created.parse((await call('POST', '/sobjects/Account', values)).body).id;
  const query = (soql: string) => call('GET', `/query?q=${encodeURIComponent(soql)}`);

  beforeEach(() => start());
  afterEach(() => org.close());

  test.each([
    ['an unknown app', { issuer: 'somebody-else' }],
    ['a user who was not approved', { subject: 'rep@test.example' }],
    ['a foreign audience', { audience: 'https://relay.gangway.example' }],
    ['an expired assertion', { livesSeconds: -10 }],
    ['an assertion that lives too long', { livesSeconds: 3600 }],
    ['another algorithm', { algorithm: 'RS512' }],
  ])('gives no token for %s', async (_, claims) => {
    expect((await logOn(claims)).status).toBe(400);
  });

  test('knows the apps of a file', async () => {
    await org.close();
    const folder = mkdtempSync(join(tmpdir(), 'gangway-apps-'));
    const file = join(folder, 'apps.json');
    writeFileSync(file, JSON.stringify(connectedApps));
    await start({ connectedApps: file });
    expect((await call('GET', '/limits')).status).toBe(200);
    rmSync(folder, { recursive: true });
  });

  test('names its objects as the namespace does, and itself', async () => {
    await org.close();
    await start({ namespace: 'acmx' });
    const { sobjects } = z
      .object({ sobjects: z.array(z.object({ name: z.string() })) })
      .parse((await call('GET', '/sobjects')).body);
    expect(sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['Account', 'acmx__SAP_Request__c']));
    const who = await fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    expect(await who.json()).toMatchObject({ organization_id: org.org.id, preferred_username: username });
    expect((await fetch(`${org.url}/services/oauth2/userinfo`)).status).toBe(403);
  });

  test('ends a session when told to, and says so', async () => {
    expect((await call('GET', '/limits')).status).toBe(200);
    org.expireSessions();
    const answer = await call('GET', '/limits');
    expect([answer.status, codeOf(answer)]).toEqual([401, 'INVALID_SESSION_ID']);
  });

  test('counts calls, and refuses them when the day is used up', async () => {
    expect((await call('GET', '/limits')).usage).toBe('api-usage=1/15000');
    org.leaveApiRequests(0);
    const answer = await call('GET', '/limits');
    expect([answer.status, codeOf(answer)]).toEqual([403, 'REQUEST_LIMIT_EXCEEDED']);
  });

  test.each([
    ['a required field that is missing', { Phone: '1' }, 'REQUIRED_FIELD_MISSING'],
    ['a text that is too long', { Name: 'x'.repeat(256) }, 'STRING_TOO_LONG'],
    ['a field that does not exist', { Name: 'A', Nonsense__c: 1 }, 'INVALID_FIELD'],
    ['an audit field', { Name: 'A', CreatedDate: '2026-01-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    ['a number that is none', { Name: 'A', NumberOfEmployees: 'many' }, 'JSON_PARSER_ERROR'],
    ['a reference to nothing', { Name: 'A', ParentId: '0015g0000000999AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
  ])('refuses %s', async (_, values, errorCode) => {
    const answer = await call('POST', '/sobjects/Account', values);
    expect([answer.status, codeOf(answer)]).toEqual([400, errorCode]);
    expect((await query('SELECT COUNT() FROM Account')).body).toMatchObject({ totalSize: 0 });
  });

  test('takes only the values of a restricted picklist, read from the package', async () => {
    const accountId = await newAccount({ Name: 'A' });
    const values = {
      Account__c: accountId,
      Key__c: 'customer.create:1',
      Operation__c: 'customer.create',
      Status__c: 'maybe',
    };
    expect(codeOf(await call('POST', '/sobjects/SAP_Request__c', values))).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });

  test('keeps a unique field unique, by create and by update', async () => {
    await newAccount({ Name: 'A', SAP_Customer_Number__c: '104711' });
    const twin = await newAccount({ Name: 'B' });
    const answer = await call('PATCH', `/sobjects/Account/${twin}`, { SAP_Customer_Number__c: '0000104711' });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'DUPLICATE_VALUE']);
  });

  test('creates, then updates, by external id', async () => {
    const path = '/sobjects/Account/SAP_Customer_Key__c/ERPCLNT100:0000104711';
    const values = { Name: 'A', SAP_Customer_Number__c: '0000104711', SAP_System__c: 'ERPCLNT100' };
    expect((await call('PATCH', path, values)).body).toMatchObject({ created: true });
    expect((await call('PATCH', path, { ...values, Name: 'B' })).body).toMatchObject({ created: false });
    expect((await call('GET', path)).body).toMatchObject({ Name: 'B' });
    expect((await call('PATCH', '/sobjects/Account/Phone/1', { Name: 'C' })).status).toBe(400);
  });

  test('lets a validation rule refuse a write-back', async () => {
    const id = await newAccount({ Name: 'A' });
    org.addValidationRule((object, row) => (object === 'Account' && row['Phone'] === '0' ? 'Not this phone' : null));
    const answer = await call('PATCH', `/sobjects/Account/${id}`, { Phone: '0' });
    expect(codeOf(answer)).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION');
    expect((await call('GET', `/sobjects/Account/${id}`)).body).toMatchObject({ Phone: null });
  });

  describe('in collections', () => {
    const row = (values: Record<string, unknown>) => ({ attributes: { type: 'Account' }, ...values });
    const path = '/composite/sobjects/Account/SAP_Customer_Key__c';

    test('takes at most 200 records', async () => {
      const records = Array.from({ length: 201 }, (_, index) => row({ Name: `A${index}` }));
      expect((await call('POST', '/composite/sobjects', { records })).status).toBe(400);
      const answer = await call('POST', '/composite/sobjects', { records: records.slice(1) });
      expect(z.array(z.object({ success: z.literal(true) })).parse(answer.body)).toHaveLength(200);
    });

    test('refuses a key that comes twice, the second time only', async () => {
      const key = 'ERPCLNT100:0000000001';
      const records = ['A', 'B'].map((Name) => row({ Name, SAP_Customer_Key__c: key, SAP_Customer_Number__c: '1' }));
      const answer = await call('PATCH', path, { records });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject([
        { success: true, created: true },
        { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
      ]);
    });

    test('keeps the good rows, or none when all or none is asked for', async () => {
      const records = [row({ Name: 'good' }), row({ Phone: 'bad' })];
      const together = await call('POST', '/composite/sobjects', { allOrNone: true, records });
      expect(together.body).toMatchObject([
        { errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
      ]);
      expect((await query('SELECT COUNT() FROM Account')).body).toMatchObject({ totalSize: 0 });
      expect((await call('POST', '/composite/sobjects', { records })).body).toMatchObject([
        { success: true },
        { success: false },
      ]);
      expect((await query('SELECT COUNT() FROM Account')).body).toMatchObject({ totalSize: 1 });
    });
  });

  describe('in SOQL', () => {
    beforeEach(async () => {
      const parent = await newAccount({ Name: 'Holding', BillingCity: 'Kiel', NumberOfEmployees: 900 });
      await newAccount({ Name: "O'Neill", BillingCity: 'Cork', NumberOfEmployees: 12, ParentId: parent });
      await newAccount({ Name: 'Zebra', NumberOfEmployees: 40 });
    });

    test.each([
      ["SELECT Name FROM Account WHERE Name = 'o\\'neill'", ["O'Neill"]],
      ["SELECT Name FROM Account WHERE NumberOfEmployees >= 40 AND Name LIKE 'Z%'", ['Zebra']],
      ['SELECT Name FROM Account WHERE BillingCity = null', ['Zebra']],
      [
        "SELECT Name FROM Account WHERE BillingCity IN ('Kiel', 'Cork') ORDER BY NumberOfEmployees",
        ["O'Neill", 'Holding'],
      ],
      ["SELECT Name FROM Account WHERE Parent.Name = 'Holding'", ["O'Neill"]],
      ['SELECT Name FROM Account ORDER BY Name DESC LIMIT 1 OFFSET 1', ["O'Neill"]],
      ["SELECT Name FROM Account WHERE NOT (Name = 'Zebra' OR Name = 'Holding')", ["O'Neill"]],
    ])('%s', async (soql, names) => {
      const { records } = z
        .object({ records: z.array(z.object({ Name: z.string() })) })
        .parse((await query(soql)).body);
      expect(records.map(({ Name }) => Name)).toEqual(names);
    });

    test('nests what spans a relationship', async () => {
      const answer = await query("SELECT Name, Parent.Name FROM Account WHERE Name LIKE 'O%'");
      expect(answer.body).toMatchObject({ records: [{ Name: "O'Neill", Parent: { Name: 'Holding' } }] });
    });

    test.each([
      ['SELECT Name Account', 'MALFORMED_QUERY'],
      ["SELECT Name FROM Account WHERE Name = 'A' AND Name = 'B' OR Name = 'C'", 'MALFORMED_QUERY'],
      ['SELECT Name FROM Account GROUP BY Name', 'MALFORMED_QUERY'],
      ['SELECT Nonsense FROM Account', 'INVALID_FIELD'],
      ['SELECT Name FROM Nonsense__c', 'INVALID_TYPE'],
    ])('refuses %s', async (soql, errorCode) => {
      const answer = await query(soql);
      expect([answer.status, codeOf(answer)]).toEqual([400, errorCode]);
    });
  });

  test('knows the package by its namespace, and only so', async () => {
    await org.close();
    await start({ namespace: 'acmx' });
    const id = await newAccount({ Name: 'A', acmx__SAP_Customer_Number__c: '104711' });
    const answer = await query(`SELECT acmx__SAP_Customer_Key__c FROM Account WHERE Id = '${id}'`);
    expect(answer.body).toMatchObject({ records: [{ acmx__SAP_Customer_Key__c: 'ERPCLNT100:0000104711' }] });
    expect(codeOf(await query('SELECT SAP_Customer_Key__c FROM Account'))).toBe('INVALID_FIELD');
    expect((await call('GET', '/sobjects/acmx__SAP_Request__c/describe')).body).toMatchObject({
      name: 'acmx__SAP_Request__c',
    });
    expect((await call('GET', '/sobjects/SAP_Request__c/describe')).status).toBe(404);
  });
});
