/** What the frame of the page asks the org for: the edit dialog, the related lists, labels in place of values. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { people, putRecord, startTestOrg } from './test-org.ts';

const complete = {
  Name: 'Fjordlys Energi AS',
  Type: 'Prospect',
  BillingStreet: 'Strandgaten 88',
  BillingPostalCode: '5004',
  BillingCity: 'Bergen',
  BillingCountryCode: 'NO',
};

describe.each([undefined, 'acmx'])('the page of a record in an org with namespace %s', (namespace) => {
  let org: SalesforceSimulator;
  let accountId: string;

  beforeEach(async () => {
    org = await startTestOrg({ automaticCreation: true, namespace });
    accountId = putRecord(org, 'Account', complete);
  });
  afterEach(() => org.close());

  const ask = async (path: string, who: keyof typeof people = 'rep', fields?: object): Promise<unknown> => {
    const user = org.org.users.find(({ name }) => name.startsWith(`${people[who]} `));
    const answer = await fetch(`${org.url}/api/${path}`, {
      method: fields === undefined ? 'GET' : 'PATCH',
      headers: { cookie: `gangway_user=${user?.id ?? ''}` },
      ...(fields === undefined ? {} : { body: JSON.stringify({ fields }) }),
    });
    const body: unknown = await answer.json();
    return answer.ok ? body : { status: answer.status, body };
  };

  test('offers the fields to edit with what they hold, and keeps a value that is no longer offered', async () => {
    const form = await ask(`page/records/${accountId}/form`);
    expect(form).toMatchObject({ title: 'Edit Fjordlys Energi AS' });
    expect(form).toHaveProperty(
      'fields[0]',
      expect.objectContaining({ name: 'Name', isRequired: true, options: null }),
    );
    expect(form).toHaveProperty('fields[1].value', 'Prospect');
    await ask(`ui-api/records/${accountId}`, 'rep', { Type: 'Reseller' });
    const { fields } = (await ask(`page/records/${accountId}/form`)) as { fields: { options: unknown }[] };
    expect(fields[1]?.options).toContainEqual({ label: 'Reseller', value: 'Reseller' });
  });

  test('saves through the UI API, so that the request follows, and lists it with the labels of its values', async () => {
    expect(await ask(`page/records/${accountId}/related`)).toMatchObject([{ count: 0, isMoving: false }]);
    await ask(`ui-api/records/${accountId}`, 'rep', { Type: 'Customer' });
    const named = org.org.named;
    const [list] = (await ask(`page/records/${accountId}/related`)) as [{ object: string; rows: { id: string }[] }];
    expect(list).toMatchObject({
      object: named('SAP_Request__c'),
      label: 'SAP Requests',
      count: 1,
      isMoving: true,
      rows: [
        {
          name: 'SR-000001',
          fields: [
            { name: named('Operation__c'), text: 'Create customer' },
            { name: named('Status__c'), text: 'Ready' },
            { name: named('What_Happened__c'), text: '' },
            { name: named('Next_Step__c'), text: '' },
          ],
        },
      ],
    });
    expect(await ask(`page/records/${accountId}`)).toMatchObject({ isEditable: true, relatedLists: [list] });
    const request = await ask(`page/records/${list.rows[0]?.id ?? ''}`);
    expect(request).toMatchObject({ name: 'SR-000001', isEditable: false, relatedLists: [] });
    expect(request).toHaveProperty('sections[0].label', 'Request');
    expect(request).toHaveProperty('highlights[0].link', { object: 'Account', recordId: accountId });
  });

  test('shows a person who may not see the record none of it', async () => {
    const refused = { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS' }] };
    expect(await ask(`page/records/${accountId}/form`, 'stranger')).toMatchObject(refused);
    expect(await ask(`page/records/${accountId}/related`, 'stranger')).toMatchObject(refused);
  });
});
