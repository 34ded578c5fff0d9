/** What changes in SAP reaches the org by itself: IDocs over HTTP, questions to the pack, an agent as a program of its own. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { House } from './house.ts';
import { until } from './stack.ts';

// A program starts, SAP's job looks twice a second, a command starts another program.
jest.setTimeout(180_000);

let house: House;
beforeAll(async () => {
  house = await House.open({ changes: {}, salesforce: { changes: { canarySeconds: 10 } } });
  house.startAgent();
});
afterAll(() => house.close());

const nordwind = '0000104711';
type Row = Readonly<Record<string, unknown>>;

/** One field of one row, changed as if somebody sat at a screen of SAP. */
async function edit(table: string, key: Row, set: Row): Promise<void> {
  const body = JSON.stringify({ key, set });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${house.sap.url}/simulator/tables/${table}`, { method: 'PATCH', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

const rows = (object: string): readonly Row[] => house.org.org.store.rows(object);
const account = (number = nordwind): Row =>
  rows('Account').find((row) => row['SAP_Customer_Key__c'] === `ERPCLNT100:${number}`) ?? {};
const arrived = (look: () => Row, wanted: Row): Promise<Row> =>
  until(
    () => Promise.resolve(look()),
    (row) => Object.entries(wanted).every(([field, value]) => row[field] === value),
  );

describe('a customer that changes in SAP', () => {
  test('has its block on the Account, with the document and the time it came by', async () => {
    await edit('KNA1', { KUNNR: nordwind }, { AUFSD: '01' });
    const row = await arrived(account, { SAP_Order_Block__c: '01', SAP_Blocked__c: true });
    expect(String(row['SAP_Document__c'])).toMatch(/^DEBMAS \d{16}$/);
    expect(String(row['SAP_As_Of__c'])).toMatch(/^20\d\d-/);
    const { code, output } = await house.gangway('trace', '104711');
    expect(output).toContain(String(row['SAP_Document__c']).slice(-6));
    expect(code).toBe(0);
  });

  test('loses the block again', async () => {
    await edit('KNA1', { KUNNR: nordwind }, { AUFSD: '' });
    const row = await arrived(account, { SAP_Blocked__c: false });
    expect(row['SAP_Order_Block__c'] ?? null).toBeNull();
  });

  test('keeps its name in Salesforce, which owns it', async () => {
    const before = account()['Name'];
    await edit('KNA1', { KUNNR: nordwind }, { NAME1: 'Nordwind Umbenannt GmbH', LIFSD: '01' });
    await arrived(account, { SAP_Delivery_Block__c: '01' });
    expect(account()['Name']).toBe(before);
  });

  test('has its credit limit, which raises no IDoc, by the question to the pack', async () => {
    await edit('KNKK', { KUNNR: '0000104712', KKBER: '1000' }, { CTLPC: '003' });
    await arrived(() => account('0000104712'), { SAP_Risk_Class__c: '003' });
  });
});

test('nothing of it goes back to SAP', () => {
  expect(rows('SAP_Request__c')).toEqual([]);
});

test('what waits and what is held is said by the queue', async () => {
  const { code, output } = await house.gangway('queue', 'list');
  expect({ code, output }).toMatchObject({ code: 0 });
});

test('the probe has gone round', async () => {
  const status = await until(
    () => Promise.resolve(rows('SAP_Sync_Status__c')[0]),
    (row) => typeof row?.['Canary_At__c'] === 'string',
  );
  expect(Number(status?.['Canary_Took_Ms__c'])).toBeGreaterThanOrEqual(0);
});
