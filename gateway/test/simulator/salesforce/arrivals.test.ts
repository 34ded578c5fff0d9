/** What arrives from SAP in the simulated org: the rules of the package's triggers, in the words the agent reads. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { people, putRecord, startTestOrg } from './test-org.ts';

const order = (second: number, number = 1): string =>
  `2026-11-21T10:15:${String(second).padStart(2, '0')}.000Z#${String(number).padStart(20, '0')}`;
const at = (second: number): string => `2026-11-21T10:15:${String(second).padStart(2, '0')}.000Z`;
const rowResult = z.object({ success: z.boolean(), errors: z.array(z.object({ message: z.string() })) });

describe.each([undefined, 'acmx'])('arrivals, namespace %s', (namespace) => {
  let org: SalesforceSimulator;
  let token: string;
  const name = (one: string): string =>
    namespace !== undefined && /^SAP_\w+__[cr]$/.test(one) ? `${namespace}__${one}` : one;
  const inOrg = (values: object): object =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), value]));

  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app], ...(namespace === undefined ? {} : { namespace }) });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const write = async (object: string, key: string, values: object) => {
    const record = { attributes: { type: name(object) }, ...inOrg(values) };
    const path = `/services/data/v67.0/composite/sobjects/${name(object)}/${name(key)}`;
    const { body } = await callRest(org, token, 'PATCH', path, { records: [record] });
    const [result] = z.array(rowResult).parse(body);
    return result?.success === true ? 'written' : (result?.errors[0]?.message ?? '');
  };
  const customer = (values: object) =>
    write('Account', 'SAP_Customer_Key__c', {
      SAP_Customer_Key__c: 'ERPCLNT100:0000104711',
      SAP_System__c: 'ERPCLNT100',
      SAP_Customer_Number__c: '0000104711',
      Name: 'Nordwind',
      ...values,
    });
  const account = () => org.org.store.rows('Account')[0] ?? {};

  test('keep per facet what is newest, and refuse what is older', async () => {
    expect(
      await customer({ SAP_Arrival__c: `master=${order(10)}`, SAP_As_Of__c: at(10), SAP_Document__c: 'DEBMAS 1' }),
    ).toBe('written');
    expect(
      await customer({ SAP_Arrival__c: `credit=${order(5)}`, SAP_As_Of__c: at(5), SAP_Document__c: 'credit 2' }),
    ).toBe('written');
    expect(account()).toMatchObject(
      inOrg({ SAP_Arrival__c: `credit=${order(5)};master=${order(10)};`, SAP_Document__c: 'DEBMAS 1' }),
    );
    expect(await customer({ SAP_Arrival__c: `credit=${order(4)};master=${order(9)}` })).toBe(
      'SAP_ARRIVAL_OLDER:credit,master',
    );
    expect(await customer({ SAP_Arrival__c: `credit=${order(6)};master=${order(9)}` })).toBe(
      'SAP_ARRIVAL_OLDER:master',
    );
    expect(await customer({ SAP_Arrival__c: `master=${order(10)}` })).toBe('written');
    expect(await customer({ SAP_Arrival__c: 'nonsense' })).toMatch(/^SAP Arrival is not in the form/);
  });

  test('give Salesforce-owned fields their first value only, and SAP-owned ones each', async () => {
    await customer({ SAP_Arrival__c: `master=${order(1)}`, Phone: '1', SAP_Order_Block__c: '01' });
    expect(account()).toMatchObject(inOrg({ Phone: '1', SAP_Order_Block__c: '01' }));
    await customer({ SAP_Arrival__c: `master=${order(2)}`, Phone: '2', Name: 'Other', SAP_Order_Block__c: '02' });
    expect(account()).toMatchObject(inOrg({ Phone: '1', Name: 'Nordwind', SAP_Order_Block__c: '02' }));
    org.org.editMetadata('SAP_Field_Mapping.Account_Phone', { Owner__c: 'SAP' });
    await customer({ SAP_Arrival__c: `master=${order(3)}`, Phone: '3' });
    expect(account()).toMatchObject({ Phone: '3' });
  });

  test('make only what the rules want', async () => {
    org.org.editMetadata('SAP_Arrival_Rule.Customer', { Create_Missing__c: false });
    expect(await customer({ SAP_Arrival__c: `master=${order(1)}` })).toMatch(
      /^SAP_ARRIVAL_UNWANTED: .+makes no new Accounts/,
    );
    org.org.editMetadata('SAP_Arrival_Rule.Customer', { Mode__c: 'Live Only' });
    expect(await customer({ SAP_Arrival__c: `master=${order(1)}` })).toMatch(
      /^SAP_ARRIVAL_UNWANTED: .+copies Accounts/,
    );
    expect(org.org.store.count('Account')).toBe(0);
  });

  test.each([
    ['sent', {}, true],
    ['verifying', {}, true],
    ['held', { Error_Code__c: 'SAP_OUTCOME_UNRESOLVED' }, true],
    ['held', { Error_Code__c: 'SAP_VALIDATION' }, false],
    ['ready', {}, false],
    ['sent', { SAP_System__c: 'OTHER' }, false],
  ])('wait for a customer whose request is %s %j: %j', async (status, more, isWaiting) => {
    const other = putRecord(org, 'Account', { Name: 'Being created' });
    putRecord(org, 'SAP_Request__c', {
      Account__c: other,
      Key__c: `customer.create:${other}`,
      Operation__c: 'customer.create',
      Status__c: status,
      SAP_System__c: 'ERPCLNT100',
      Payload__c: '{}',
      ...more,
    });
    const answer = await customer({ SAP_Arrival__c: `master=${order(1)}` });
    if (isWaiting) expect(answer).toMatch(/^SAP_CUSTOMER_BEING_CREATED:SR-\d+$/);
    else expect(answer).toBe('written');
  });

  test('refuse an arrival of somebody who is not the agent', async () => {
    token = await logOn(org, people.rep);
    expect(await customer({ SAP_Arrival__c: `master=${order(1)}` })).toMatch(/^Only Gangway sets SAP Arrival/);
  });
});

describe('arrivals of other objects', () => {
  let org: SalesforceSimulator;
  let token: string;
  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
    token = await logOn(org);
  });
  afterEach(() => org.close());
  const upsert = async (object: string, key: string, values: object) => {
    const path = `/services/data/v67.0/composite/sobjects/${object}/${key}`;
    const records = [{ attributes: { type: object }, ...values }];
    return (await callRest(org, token, 'PATCH', path, { records })).body;
  };

  test('name copies as SAP shows their keys', async () => {
    const Account__c = putRecord(org, 'Account', { Name: 'A' });
    await upsert('SAP_Order__c', 'SAP_Key__c', {
      Account__c,
      SAP_Key__c: 'ERPCLNT100:0000012345',
      SAP_Arrival__c: `master=${order(1)}`,
    });
    expect(org.org.store.rows('SAP_Order__c')).toMatchObject([{ Name: '12345' }]);
  });

  test('bring prices into the price book that the rule names', async () => {
    org.org.editMetadata('SAP_Arrival_Rule.Price', { Mode__c: 'Copied', Price_Book__c: 'SAP' });
    putRecord(org, 'Pricebook2', { Name: 'SAP', IsActive: true });
    await upsert('Product2', 'SAP_Material_Key__c', {
      SAP_Material_Key__c: 'ERPCLNT100:PUMP',
      Name: 'Pump',
      SAP_Arrival__c: `master=${order(1)}`,
    });
    const price = (values: object) =>
      upsert('SAP_Price__c', 'SAP_Key__c', {
        SAP_Key__c: 'ERPCLNT100:PR00/304/PUMP/20260101',
        Product__r: { SAP_Material_Key__c: 'ERPCLNT100:PUMP' },
        Condition_Type__c: 'PR00',
        Currency_Code__c: 'EUR',
        Amount__c: 125,
        Per__c: 10,
        Valid_From__c: '2026-01-01',
        Valid_To__c: '4000-12-31',
        ...values,
      });
    expect(await price({ SAP_Arrival__c: `master=${order(1)}` })).toMatchObject([{ success: true }]);
    expect(org.org.store.rows('Product2')).toMatchObject([{ IsActive: true }]);
    expect(org.org.store.rows('PricebookEntry')).toMatchObject([
      { UnitPrice: 12.5, CurrencyIsoCode: 'EUR', IsActive: true },
      { UnitPrice: 12.5, CurrencyIsoCode: 'EUR', IsActive: true },
    ]);
    await price({ SAP_Arrival__c: `master=${order(2)}`, SAP_Removed__c: true });
    expect(org.org.store.rows('PricebookEntry').map((row) => row['IsActive'])).toEqual([true, false]);
  });

  test('give contact persons their key, whoever writes the number', () => {
    const accountId = putRecord(org, 'Account', {
      Name: 'A',
      SAP_System__c: 'ERPCLNT100',
      SAP_Customer_Number__c: '104711',
    });
    putRecord(org, 'Contact', { LastName: 'Lind', AccountId: accountId, SAP_Contact_Number__c: '0000000815' });
    expect(org.org.store.rows('Contact')).toMatchObject([{ SAP_Contact_Key__c: 'ERPCLNT100:0000000815' }]);
  });

  test('keep wishes only on issues that are held', async () => {
    const issue = (values: object) =>
      upsert('SAP_Sync_Issue__c', 'SAP_Key__c', {
        SAP_Key__c: 'ERPCLNT100:SC-000001',
        Change__c: 'SC-000001',
        ...values,
      });
    await issue({ State__c: 'Held', System__c: 'ERPCLNT100', Kind__c: 'customer', Record__c: '0000104711' });
    expect(await issue({ Wish__c: 'Discard' })).toMatchObject([{ errors: [{ fields: ['Wish_Reason__c'] }] }]);
    await issue({ Wish__c: 'Retry' });
    expect(org.org.store.rows('SAP_Sync_Issue__c')).toMatchObject([
      { Name: 'SC-000001', Wish__c: 'Retry', Wish_By__c: 'integration Test' },
    ]);
    await issue({ State__c: 'Solved' });
    expect(org.org.store.rows('SAP_Sync_Issue__c')).toMatchObject([{ Wish__c: null }]);
  });
});
