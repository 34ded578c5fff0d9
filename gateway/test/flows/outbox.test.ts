/** What people do in Salesforce reaches SAP by itself, once, and the number comes back: no relay anywhere. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { House } from './house.ts';
import { countCalls, readTable, until } from './stack.ts';

let house: House;
beforeAll(async () => {
  house = await House.open({ outbox: { writesPerMinute: 6_000 } });
  house.startAgent();
});
afterAll(() => house.close());

/** An Account as a rep would enter it. */
const prospect = (name: string, values: object = {}): string => {
  let id = '';
  house.change((transaction) => {
    id = transaction.insert('Account', {
      Name: name,
      Type: 'Prospect',
      BillingStreet: 'Hafenstraße 7',
      BillingPostalCode: '20457',
      BillingCity: 'Hamburg',
      BillingCountry: 'DE',
      Phone: '+49 40 1234',
      ...values,
    });
  });
  return id;
};
const edit = (id: string, values: object): void =>
  house.change((transaction) => transaction.update('Account', id, { ...values }));
const becomesCustomer = (id: string): void => edit(id, { Type: 'Customer - Direct' });
const inSap = async (number: string): Promise<Record<string, string> | undefined> =>
  (await readTable(house.sap.url, 'KNA1')).find((row) => row['KUNNR'] === number);

describe('a prospect that becomes a customer', () => {
  test('becomes one in SAP without anybody pressing anything, and its owner is told', async () => {
    const id = prospect('Kontor Nord GmbH');
    becomesCustomer(id);
    const number = await house.numberOf(id);
    expect(await house.customersNamed('Kontor Nord GmbH')).toHaveLength(1);
    expect(await inSap(number)).toMatchObject({ NAME1: 'Kontor Nord GmbH', ORT01: 'Hamburg', LAND1: 'DE' });
    expect(await house.request(id, 'done')).toMatchObject({ SAP_Customer_Number__c: number, Attempts__c: 1 });
  });

  test('is one customer however often its record is saved meanwhile', async () => {
    const id = prospect('Oft Gespeichert AG');
    becomesCustomer(id);
    for (const phone of ['1', '2', '3']) edit(id, { Phone: `+49 40 ${phone}` });
    edit(id, { Type: 'Prospect' });
    becomesCustomer(id);
    const number = await house.numberOf(id);
    await until(
      () => inSap(number),
      (row) => row?.['TELF1'] === '+49 40 3',
    );
    expect(await house.customersNamed('Oft Gespeichert AG')).toHaveLength(1);
  });

  test('waits, with the reason, while something is missing, and goes by itself when it is there', async () => {
    const id = prospect('Ohne Stadt GmbH', { BillingCity: null });
    becomesCustomer(id);
    const held = await house.request(id, 'held');
    expect(String(held['What_Happened__c'])).toMatch(/city/i);
    edit(id, { BillingCity: 'Kiel' });
    const number = await house.numberOf(id);
    expect(await inSap(number)).toMatchObject({ ORT01: 'Kiel' });
  });

  test('waits for its owner when SAP has somebody who may be the same', async () => {
    const id = prospect('Nordwind Logistik GmbH', { BillingCity: 'Hamburg' });
    becomesCustomer(id);
    const held = await house.request(id, 'held');
    expect(held).toMatchObject({ Error_Code__c: 'CUSTOMER_MAY_EXIST' });
    expect(String(held['What_Happened__c'])).toContain('104711');
    expect(await house.customersNamed('Nordwind Logistik GmbH')).toHaveLength(1);
  });
});

describe('an Account that is an SAP customer', () => {
  test('sends what changes, in order, and a burst as one write', async () => {
    const id = prospect('Wandel & Söhne KG');
    becomesCustomer(id);
    const number = await house.numberOf(id);
    const before = await countCalls(house.sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE');
    house.change((transaction) => {
      for (let turn = 1; turn <= 20; turn += 1) transaction.update('Account', id, { Phone: `+49 40 ${turn}` });
    });
    await until(
      () => inSap(number),
      (row) => row?.['TELF1'] === '+49 40 20',
    );
    expect((await countCalls(house.sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE')) - before).toBe(1);
  });

  test('does not send what SAP has written', async () => {
    const id = prospect('Echo Lot GmbH');
    becomesCustomer(id);
    await house.numberOf(id);
    expect(house.requests(id).map((row) => row['Operation__c'])).toEqual(['customer.create']);
  });

  test('has its Contacts as contact persons in SAP, and their changes', async () => {
    const id = prospect('Menschen GmbH');
    becomesCustomer(id);
    let contact = '';
    house.change((transaction) => {
      contact = transaction.insert('Contact', {
        AccountId: id,
        FirstName: 'Ada',
        LastName: 'Öz',
        Email: 'ada@menschen.example',
      });
    });
    const number = await house.numberOf(id);
    const known = await until(
      () => Promise.resolve(house.org.org.store.find('Contact', contact)),
      (row) => typeof row?.['SAP_Contact_Number__c'] === 'string',
    );
    const person = async (): Promise<Record<string, string> | undefined> =>
      (await readTable(house.sap.url, 'KNVK')).find((row) => row['PARNR'] === known?.['SAP_Contact_Number__c']);
    expect(await person()).toMatchObject({ KUNNR: number, NAMEV: 'Ada', NAME1: 'Öz' });
    house.change((transaction) => transaction.update('Contact', contact, { LastName: 'Özdemir' }));
    await until(person, (row) => row?.['NAME1'] === 'Özdemir');
  });
});

test('two hundred prospects at once are two hundred customers', async () => {
  const ids: string[] = [];
  house.change((transaction) => {
    for (let turn = 0; turn < 200; turn += 1) {
      ids.push(
        transaction.insert('Account', {
          Name: `Zweihundert ${String(turn).padStart(3, '0')} ${'ABCDEFGHIJ'.charAt(turn % 10)}${turn * 7919}`,
          Type: 'Customer - Direct',
          BillingStreet: `Weg ${turn}`,
          BillingPostalCode: String(10_000 + turn * 37),
          BillingCity: `Ort ${turn}`,
          BillingCountry: 'DE',
        }),
      );
    }
  });
  const numbers = await Promise.all(ids.map((id) => house.numberOf(id)));
  expect(new Set(numbers).size).toBe(200);
}, 60_000);
