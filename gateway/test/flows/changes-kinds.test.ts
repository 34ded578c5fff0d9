/** Every kind of record that SAP tells of reaches its object in the org, below the Account it belongs to. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  accountOf,
  accountsOf,
  arrived,
  edit,
  keyed,
  listens,
  refreshed,
  rows,
  sendDocument,
  sent,
} from './changes-world.ts';
import type { Row } from './changes-world.ts';
import { House } from './house.ts';
import { readTable, until } from './stack.ts';

// A program starts, and SAP's job looks twice a second.
jest.setTimeout(180_000);

let house: House;
beforeAll(async () => {
  house = await House.open({ changes: {} });
  house.startAgent();
  await listens(house);
});
afterAll(() => house.close());

const nordwind = '0000104711';
const record = (object: string, id: string): Row => keyed(house, object, id)[0] ?? {};
/** A material as somebody creates it in SAP. */
async function material(number: string, name: string): Promise<void> {
  await edit(house, 'MAKT', { MATNR: number, SPRAS: 'EN' }, { MAKTX: name });
  const weights = { NTGEW: '2.5', BRGEW: '3', GEWEI: 'KG' };
  await edit(house, 'MARA', { MATNR: number }, { MTART: 'FERT', MEINS: 'ST', ...weights });
}

/** A day of SAP's own row as Salesforce has days: SAP's documents are as old as the day the tests run on says. */
async function dayIn(table: string, key: Readonly<Record<string, string>>, field: string): Promise<string> {
  const found = (await readTable(house.sap.url, table)).find((row) =>
    Object.entries(key).every(([name, value]) => row[name] === value),
  );
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(found?.[field] ?? '') ?? [];
  if (day === undefined) throw new Error(`${table} has no ${field} of ${JSON.stringify(key)}`);
  return `${year}-${month}-${day}`;
}

/** The record's id, by which others refer to it. */
const idOf = (object: string, id: string): unknown => record(object, id)['Id'];

describe('documents of SAP', () => {
  const issue = (): Row | undefined =>
    rows(house, 'SAP_Sync_Issue__c').find((row) => row['Record__c'] === '0000004500');

  test('an order whose ship-to is not there yet is held, and people are told for whom it waits', async () => {
    await sendDocument(house, 'ORDRSP', '0000004500');
    const shown = await arrived(issue, { State__c: 'Held', Code__c: 'CHANGE_PARENT_MISSING' });
    expect(String(shown?.['What_Happened__c'])).toContain('customer 0000104724');
    expect(keyed(house, 'SAP_Order__c', '0000004500')).toEqual([]);
  });

  test('when ship-to and materials have come, the order and its items follow by themselves, below their Account, with value, currency and confirmed date', async () => {
    await material('GW-2040', 'Deck winch 4 t');
    await material('000000000000004711', 'Ball valve DN 50');
    await sendDocument(house, 'DEBMAS', '0000104724');
    const confirmed = await dayIn('VBEP', { VBELN: '0000004500', POSNR: '000010' }, 'EDATU');
    await arrived(() => record('SAP_Order__c', '0000004500'), {
      Account__c: accountOf(house, nordwind)['Id'],
      Order_Number__c: '0000004500',
      Net_Value__c: 4153,
      Currency_Code__c: 'EUR',
      Last_Confirmed_Date__c: confirmed,
    });
    const order = idOf('SAP_Order__c', '0000004500');
    const both = { Order__c: order, Currency_Code__c: 'EUR', Confirmed_Date__c: confirmed };
    const first = { ...both, Net_Value__c: 3600, Quantity__c: 8, Material_Number__c: 'GW-2040' };
    await arrived(() => record('SAP_Order_Item__c', '0000004500/000010'), first);
    await arrived(() => record('SAP_Order_Item__c', '0000004500/000020'), { ...both, Net_Value__c: 553 });
    expect(String(record('SAP_Order__c', '0000004500')['SAP_Document__c'])).toMatch(/^ORDRSP \d{16}$/);
    expect(record('SAP_Order__c', '0000004500')['Ship_To__c']).toBe(accountOf(house, '0000104724')['Id']);
    await arrived(issue, { State__c: 'Solved' });
  });

  test('a delivery and its items know the order they fulfil', async () => {
    await sendDocument(house, 'DESADV', '0080004711');
    const issued = await dayIn('LIKP', { VBELN: '0080004711' }, 'WADAT_IST');
    await arrived(() => record('SAP_Delivery__c', '0080004711'), {
      Account__c: accountOf(house, nordwind)['Id'],
      Order__c: idOf('SAP_Order__c', '0000004500'),
      Goods_Issued__c: issued,
      Tracking_Number__c: 'JD0146000004859',
    });
    await arrived(() => record('SAP_Delivery_Item__c', '0080004711/000020'), {
      Delivery__c: idOf('SAP_Delivery__c', '0080004711'),
      Order_Item__c: idOf('SAP_Order_Item__c', '0000004500/000020'),
      Quantity__c: 14,
    });
  });

  test('an invoice has its amounts and its items', async () => {
    await sendDocument(house, 'INVOIC', '0090004711');
    await arrived(() => record('SAP_Invoice__c', '0090004711'), {
      Account__c: accountOf(house, nordwind)['Id'],
      Order__c: idOf('SAP_Order__c', '0000004500'),
      Kind__c: 'invoice',
      Net_Value__c: 4153,
      Tax__c: 789.07,
      Gross_Value__c: 4942.07,
      Currency_Code__c: 'EUR',
    });
    await arrived(() => record('SAP_Invoice_Item__c', '0090004711/000010'), {
      Invoice__c: idOf('SAP_Invoice__c', '0090004711'),
      Order_Item__c: idOf('SAP_Order_Item__c', '0000004500/000010'),
      Net_Value__c: 3600,
    });
  });
});

describe('master data of SAP', () => {
  test('a contact person is a Contact of its Account', async () => {
    const person = { KUNNR: nordwind, NAMEV: 'Jette', NAME1: 'Brandt', TELF1: '+49 40 555011' };
    await edit(house, 'KNVK', { PARNR: '0000004242' }, person);
    const contact = () => rows(house, 'Contact').find((row) => row['SAP_Contact_Key__c'] === 'ERPCLNT100:0000004242');
    const wanted = { AccountId: accountOf(house, nordwind)['Id'], FirstName: 'Jette', LastName: 'Brandt' };
    await arrived(contact, wanted);
  });

  test('a material is a Product2, with its number, its name and its weight', async () => {
    await material('GW-9', 'Milling head');
    const product = () => rows(house, 'Product2').find((row) => row['SAP_Material_Key__c'] === 'ERPCLNT100:GW-9');
    await arrived(product, {
      Name: 'Milling head',
      ProductCode: 'GW-9',
      SAP_Material_Type__c: 'FERT',
      SAP_Net_Weight__c: 2.5,
    });
  });

  test('a customer that is new in SAP becomes one Account with its sales area, however often it is sent', async () => {
    const number = '0000104799';
    const place = { LAND1: 'DE', ORT01: 'Kiel', PSTLZ: '24103', STRAS: 'Kaistraße 3' };
    await edit(house, 'KNA1', { KUNNR: number }, { NAME1: 'Förde Segel GmbH', KTOKD: 'KUNA', ...place });
    const area = { KUNNR: number, VKORG: '1000', VTWEG: '10', SPART: '00' };
    await edit(house, 'KNVV', area, { WAERS: 'EUR', ZTERM: 'ZB30' });
    const wanted = { Name: 'Förde Segel GmbH', BillingStreet: 'Kaistraße 3', BillingCity: 'Kiel' };
    await arrived(() => accountOf(house, number), { ...wanted, SAP_Customer_Number__c: number });
    await arrived(() => record('SAP_Sales_Area_Data__c', `${number}/1000/10/00`), {
      Account__c: accountOf(house, number)['Id'],
      Currency_Code__c: 'EUR',
      Payment_Terms__c: 'ZB30',
    });
    await sendDocument(house, 'DEBMAS', number);
    const document = sent(house).at(-1)?.number ?? 'none';
    const nothingNew = new RegExp(`${document} of ERPCLNT100 \\(master\\)[^(]*Salesforce has exactly this`);
    await until(
      () => house.gangway('trace', number),
      ({ output }) => nothingNew.test(output),
    );
    expect(accountsOf(house, number)).toHaveLength(1);
    expect(rows(house, 'Account').filter((row) => row['Name'] === wanted.Name)).toHaveLength(1);
  });
});

/** What people see of an address, in the order in which they read it. */
const block = (number: string): readonly unknown[] => {
  const { BillingStreet, BillingPostalCode, BillingCity, BillingCountry } = accountOf(house, number);
  return [BillingStreet, BillingPostalCode, BillingCity, BillingCountry];
};

describe('an address that changes in SAP', () => {
  const freight = '0000104718';

  test('stays what Salesforce says while Salesforce owns it', async () => {
    const before = block(freight);
    await edit(house, 'ADRC', { ADDRNUMBER: '0000009007' }, { STREET: 'Harbour Street', HOUSE_NUM1: '11' });
    await arrived(() => ({ by: String(accountOf(house, freight)['SAP_Document__c']).split(' ')[0] }), { by: 'ADRMAS' });
    expect(block(freight)).toEqual(before);
  });

  test('is the billing address, as its country writes it, once SAP owns it', async () => {
    for (const part of ['Street', 'Postal_Code', 'City', 'State', 'Country'])
      house.org.org.editMetadata(`SAP_Field_Mapping.Account_Billing_${part}`, { Owner__c: 'SAP' });
    const address = { STREET: 'Harbour Street', HOUSE_NUM1: '12', POST_CODE1: 'SO14 2AA' };
    await edit(house, 'ADRC', { ADDRNUMBER: '0000009007' }, address);
    await arrived(() => accountOf(house, freight), {
      BillingStreet: '12 Harbour Street',
      BillingPostalCode: 'SO14 2AA',
      BillingCity: 'Southampton',
    });
    expect(accountOf(house, freight)).toMatchObject({ BillingCountry: 'United Kingdom', BillingCountryCode: 'GB' });
  });
});

test('an event names the customers whose panels have something new', async () => {
  const before = refreshed(house, nordwind);
  await edit(house, 'KNA1', { KUNNR: nordwind }, { AUFSD: '01' });
  await arrived(() => accountOf(house, nordwind), { SAP_Order_Block__c: '01' });
  await until(
    () => Promise.resolve(refreshed(house, nordwind)),
    (count) => count > before,
  );
});
