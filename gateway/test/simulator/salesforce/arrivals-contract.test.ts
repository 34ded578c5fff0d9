/** The stand-in of the package's triggers against the recorded upserts that its own Apex is held to. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { people, startTestOrg } from './test-org.ts';

const fields = z.record(z.string(), z.unknown());
const recording = z.object({
  case: z.string(),
  given: z.object({
    rules: z.array(
      z.object({ Kind__c: z.string(), Mode__c: z.string().optional(), Create_Missing__c: z.boolean().optional() }),
    ),
    mappings: z.array(z.never()),
    records: z.record(z.string(), z.object({ object: z.string(), fields })),
    requests: z.array(fields),
  }),
  upsert: z.object({
    object: z.string(),
    keyField: z.string(),
    by: z.enum(['integration', 'rep']),
    rows: z.array(fields),
  }),
  results: z.array(z.object({ isCreated: z.boolean().optional(), errorStartsWith: z.string().optional() })),
  records: z.record(z.string(), fields.nullable()),
  requests: z.number(),
});
type Recording = z.infer<typeof recording>;
const rowResults = z.array(
  z.object({
    success: z.boolean(),
    created: z.boolean().optional(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string() })),
  }),
);

const root = fileURLToPath(new URL('../../../../force-app/tests', import.meta.url));
const recordings = globSync('**/staticresources/Contract_Arrivals_*.json', { cwd: root }).sort();

function filled<T>(template: T, names: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(template ?? null);
  return JSON.parse(text.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole)) as T;
}

describe('what arrives from SAP', () => {
  let org: SalesforceSimulator;

  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
  });
  afterEach(() => org.close());

  /** The recording says which requests there are; saving its records makes no others. */
  const prepare = ({ given }: Recording): Record<string, string> => {
    const { store } = org.org;
    const { afterSave } = store;
    store.afterSave = () => undefined;
    const agent = org.org.users.find(({ username }) => username.startsWith(people.integration));
    const transaction = store.begin(agent?.id ?? '');
    const names: Record<string, string> = {};
    for (const [name, record] of Object.entries(given.records)) {
      const { SAP_Arrival__c: stamp, ...values } = filled(record.fields, names);
      const id = transaction.insert(record.object, values);
      if (stamp !== undefined) transaction.update(record.object, id, { SAP_Arrival__c: stamp });
      names[name] = id;
    }
    for (const [index, request] of given.requests.entries()) {
      const id = transaction.insert('SAP_Request__c', { Payload__c: '{}', ...filled(request, names) });
      names[`request${index + 1}`] = String(store.find('SAP_Request__c', id)?.['Name']);
    }
    transaction.commit();
    store.afterSave = afterSave;
    return names;
  };

  const changeRules = ({ given }: Recording): void => {
    for (const { Kind__c, ...values } of given.rules) {
      const rule = org.org.metadataRecords('SAP_Arrival_Rule__mdt').find((one) => one.values['Kind__c'] === Kind__c);
      org.org.editMetadata(`SAP_Arrival_Rule.${rule?.developerName}`, JSON.parse(JSON.stringify(values)));
    }
  };

  test('has recordings to be compared with', () => {
    expect(recordings.length).toBeGreaterThan(15);
  });

  test.each(recordings)('ends as %s says', async (path) => {
    const one = recording.parse(JSON.parse(readFileSync(join(root, path), 'utf8')));
    changeRules(one);
    const names = prepare(one);
    const { object, keyField, by, rows } = filled(one.upsert, names);
    const token = await logOn(org, by === 'integration' ? people.integration : people.rep);
    const records = rows.map((row) => ({ attributes: { type: object }, ...row }));
    const address = `/services/data/v67.0/composite/sobjects/${object}/${keyField}`;
    const { body } = await callRest(org, token, 'PATCH', address, { records });
    for (const [index, result] of rowResults.parse(body).entries()) {
      const { isCreated, errorStartsWith } = filled(one.results[index] ?? {}, names);
      const [error] = result.errors;
      if (errorStartsWith === undefined) expect([error, result.created]).toEqual([undefined, isCreated]);
      else
        expect([error?.statusCode, error?.message.slice(0, errorStartsWith.length)]).toEqual([
          'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          errorStartsWith,
        ]);
    }
    expectRecords(one, names);
    expect([basename(path), org.org.store.count('SAP_Request__c')]).toEqual([basename(path), one.requests]);
  });

  const expectRecords = ({ upsert, records }: Recording, names: Readonly<Record<string, string>>): void => {
    const rows = org.org.store.rows(upsert.object);
    for (const [key, expected] of Object.entries(records)) {
      const found = rows.find((row) => row[upsert.keyField] === key);
      if (expected === null) expect(found).toBeUndefined();
      else expect(found).toMatchObject(filled(expected, names));
    }
  };
});
