/** Partners of a customer: by the pack's own function where it is new enough, and of a customer that is being created. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { customerDraft } from '../../../src/model/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';
import { failure } from '../fakes/soap-under-test.ts';
import { customerOf, keyed, nordwind, soon, tableRows } from '../fakes/written-customers.ts';

let it: SapUnderTest;
afterEach(() => it.close());

const draftWith = (more: object): ReturnType<typeof customerDraft.parse> =>
  customerDraft.parse({
    name: 'Fjordlys Energi AS',
    address: { city: 'Bergen', country: 'NO' },
    language: 'NO',
    salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
    companyCode: '1000',
    paymentTerms: 'ZB30',
    currency: 'EUR',
    ...more,
  });

describe('listing partners', () => {
  test('asks the pack once and reads no table', async () => {
    it = await startSapUnderTest();
    const found = await it.sap.listPartners(nordwind, soon());
    expect(await it.calls()).toEqual({ Z_GANGWAY_VERSION: 1, Z_GANGWAY_PARTNERS_READ: 1 });
    expect(found.partners[0]).toMatchObject({
      role: 'sold-to',
      function: { code: 'AG' },
      name: 'Nordwind Logistik GmbH',
    });
  });

  test('gives the same with the pack and without it', async () => {
    it = await startSapUnderTest();
    const withPack = await it.sap.listPartners(nordwind, soon());
    await it.close();
    it = await startSapUnderTest({ packVersion: '1.1.0' });
    const withTable = await it.sap.listPartners(nordwind, soon());
    const calls = await it.calls();
    expect(calls['RFC_READ_TABLE']).toBeGreaterThan(0);
    expect(calls['Z_GANGWAY_PARTNERS_READ']).toBeUndefined();
    const keyOf = (partner: object): string => JSON.stringify(partner);
    expect(withPack.partners.map(keyOf).sort()).toEqual(withTable.partners.map(keyOf).sort());
  });

  test('a customer with more partners than an answer holds is read area by area', async () => {
    const area = { KUNNR: '0000104711', VKORG: '1000', SPART: '00', PARVW: 'WE', KUNN2: '0000104711' };
    const KNVP = Array.from({ length: 1_500 }, (_none, index) => ({
      ...area,
      VTWEG: index % 2 === 0 ? '10' : '20',
      PARZA: String(Math.floor(index / 2)).padStart(3, '0'),
    }));
    const KNVV = ['10', '20'].map((VTWEG) => ({
      KUNNR: '0000104711',
      VKORG: '1000',
      VTWEG,
      SPART: '00',
      WAERS: 'EUR',
    }));
    it = await startSapUnderTest({ data: { KNA1: [{ KUNNR: '0000104711', NAME1: 'Nordwind' }], KNVV, KNVP } });
    expect((await it.sap.listPartners(nordwind, soon())).partners).toHaveLength(1_500);
  });

  test('an unknown customer is unknown', async () => {
    it = await startSapUnderTest();
    expect((await failure(it.sap.listPartners(customerOf('999999'), soon()))).code).toBe('SAP_CUSTOMER_UNKNOWN');
  });
});

describe('creating a customer with partners and taxes', () => {
  const more = {
    partners: [
      { role: 'payer', customer: '104711' },
      { role: 'ship-to', customer: '104712', isDefault: true },
    ],
    taxes: [{ country: 'NO', category: 'MWST', classification: '0' }],
  };

  test('writes both with the customer', async () => {
    it = await startSapUnderTest();
    const { customerNumber } = await it.sap.createCustomer(keyed('c'), draftWith(more), soon());
    const rows = await tableRows(it, 'KNVP', `KUNNR=${customerNumber}`);
    const named = rows
      .filter((row) => row['KUNN2'] !== customerNumber)
      .map((row) => `${row['PARVW']} ${row['KUNN2']} ${row['DEFPA'] ?? ''}`);
    expect(named.sort()).toEqual(['RG 0000104711 ', 'WE 0000104712 X']);
    // Taxes go by the country that goods leave from; what nobody named for it comes from the pack's customizing.
    const taxes = await tableRows(it, 'KNVI', `KUNNR=${customerNumber}`);
    expect(taxes.map((row) => `${row['ALAND']} ${row['TATYP']} ${row['TAXKD']}`).sort()).toEqual([
      'DE MWST 1',
      'NO MWST 0',
    ]);
  });

  test('a partner that is not there is refused by SAP, with its number in what SAP says', async () => {
    it = await startSapUnderTest();
    const unknown = draftWith({ partners: [{ role: 'payer', customer: '999999' }] });
    const error = await failure(it.sap.createCustomer(keyed('c'), unknown, soon()));
    expect([error.code, error.disposition]).toEqual(['SAP_REFUSED', 'reject']);
    expect(error.sapMessages.map((it) => `${it.id} ${it.number} ${it.text}`).join()).toContain('0000999999');
  });

  test('a draft that names none is what it was before there were any, so that its hash is the same', () => {
    expect(Object.keys(draftWith({})).filter((key) => key === 'partners' || key === 'taxes')).toEqual([]);
  });

  test('needs a pack that knows them; without them an older one does', async () => {
    it = await startSapUnderTest({ packVersion: '1.1.0' });
    const error = await failure(it.sap.createCustomer(keyed('c'), draftWith(more), soon()));
    expect(error.code).toBe('SAP_PACK_OUTDATED');
    expect(error.context).toMatchObject({ found: '1.1.0', needed: '1.2.0' });
    expect((await it.sap.createCustomer(keyed('c'), draftWith({}), soon())).isRepeat).toBe(false);
  });
});
