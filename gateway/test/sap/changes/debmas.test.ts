/** DEBMAS: customers with everything below them, and what blank, missing and deleted means. */
import { describe, expect, test } from '@jest/globals';
import { control, segment } from '../idoc/written-idocs.ts';
import type { WrittenIdoc } from '../idoc/written-idocs.ts';
import { changesOf, fieldsOf, readFlat, readXml, refusalOf, understood, wholeCustomer } from './read-changes.ts';

const area = { MSGFN: '005', VKORG: '1000', VTWEG: '10', SPART: '00' };
const one = async (idoc: WrittenIdoc, settings = {}): Promise<ReturnType<typeof understood>> =>
  understood((await readXml([idoc], 'DEBMAS07', changesOf(settings)))[0]);

describe('a customer', () => {
  test('becomes one record with facets for master data, status and address, all of the same order', async () => {
    const changes = await one(wholeCustomer({ STRAS: 'Hafenstraße 12', ORT01: 'Hamburg', AUFSD: '01' }));
    expect(changes.map(({ key, facet }) => `${key.kind} ${key.id} ${facet}`)).toEqual([
      'customer 0000104711 master',
      'customer 0000104711 status',
      'customer 0000104711 address',
    ]);
    expect(new Set(changes.map(({ order }) => order))).toEqual(
      new Set(['2026-11-21T09:15:00.000Z#00000000000000700101']),
    );
    expect(fieldsOf(changes, 'customer')).toMatchObject({
      name: 'Nordwind Logistik GmbH',
      'address.street': 'Hafenstraße',
      'address.houseNumber': '12',
      'blocks.order': '01',
      'blocks.any': true,
      isRemoved: false,
    });
  });

  test('keeps a number with letters, and gets its leading zeros where they are missing', async () => {
    expect((await one(wholeCustomer({ KUNNR: 'WEB4711' })))[0]?.key.id).toBe('WEB4711');
    expect((await one(wholeCustomer({ KUNNR: '104711' })))[0]?.key.id).toBe('0000104711');
  });

  test('that is marked for deletion is removed, and one that is not, is not', async () => {
    expect((await one(wholeCustomer({ LOEVM: 'X' }))).every(({ isRemoved }) => isRemoved)).toBe(true);
    expect((await one(wholeCustomer())).some(({ isRemoved }) => isRemoved)).toBe(false);
  });

  test('leaves its address to ADRMAS where that is configured', async () => {
    const changes = await one(wholeCustomer({ STRAS: 'Hafenstraße 12' }), { idocs: { addresses: 'adrmas' } });
    expect(changes.map(({ facet }) => facet)).toEqual(['master', 'status']);
  });

  test('without a number is refused with segment and field', async () => {
    const [arrival] = await readXml([wholeCustomer({ KUNNR: '' })]);
    expect(refusalOf(arrival)).toBe('IDOC_VALUE_INVALID: Field KUNNR of segment E1KNA1M holds no number.');
  });
});

describe('what is below a customer', () => {
  test('sales areas, partners and contact persons are records whose parents are the customers they need', async () => {
    const below = segment('E1KNVVM', { ...area, WAERS: 'EUR', ZTERM: 'ZB30' }, [
      segment('E1KNVPM', { MSGFN: '005', PARVW: 'WE', KUNN2: '0000104724', DEFPA: 'X', PARZA: '001' }),
    ]);
    const person = segment('E1KNVKM', { MSGFN: '005', PARNR: '0000000815', NAME1: 'Hansen', PARLA: 'D' });
    const changes = await one(wholeCustomer({}, [below, person]));
    expect(changes.slice(3).map(({ key, parents }) => [key.kind, key.id, parents.map(({ id }) => id)])).toEqual([
      ['sales-area', '0000104711/1000/10/00', ['0000104711']],
      ['partner', '0000104711/1000/10/00/WE/001', ['0000104711', '0000104724']],
      ['contact', '0000000815', ['0000104711']],
    ]);
    expect(fieldsOf(changes, 'partner')).toMatchObject({ role: 'ship-to', partner: '0000104724', isDefault: true });
    expect(fieldsOf(changes, 'contact')).toMatchObject({ lastName: 'Hansen', firstName: null, language: 'DE' });
  });

  test('a forwarding agent is no customer, so nothing refers to one', async () => {
    const below = segment('E1KNVVM', area, [segment('E1KNVPM', { PARVW: 'SP', KUNN2: '0000300001' })]);
    const changes = await one(wholeCustomer({}, [below]));
    expect(fieldsOf(changes, 'partner')).toMatchObject({ role: 'other', partner: null, partnerNumber: '0000300001' });
    expect(changes.at(-1)?.parents).toHaveLength(1);
  });

  test('a row that is gone is removed, and nothing else is said of it', async () => {
    const gone = { ...area, MSGFN: '003' };
    const person = segment('E1KNVKM', { MSGFN: '003', PARNR: '0000000815' });
    const changes = await one(wholeCustomer({}, [segment('E1KNVVM', gone), person]));
    expect(changes.slice(3).map(({ isRemoved }) => isRemoved)).toEqual([true, true]);
    expect(fieldsOf(changes, 'contact')).toEqual({ customer: '0000104711', number: '0000000815', isRemoved: true });
    expect(fieldsOf(changes, 'sales-area')).not.toHaveProperty('currency');
  });

  test('customer extensions and segments nobody knows are passed over', async () => {
    const known = await one(wholeCustomer({}, [segment('E1KNVVM', area)]));
    const strange = [segment('Z1GWKNA1', { ZZA: '1' }), segment('E1KNVVM', area, [segment('E1NEVER', { X: 'y' })])];
    const idoc = wholeCustomer({ ZZOWN: 'x' }, strange, { CIMTYP: 'ZDEBMAS7' });
    expect(understood((await readXml([idoc], 'ZDEBMAS7'))[0])).toEqual(known);
  });
});

describe('credit data', () => {
  const credit = (KKBER: string, KLIMK: string, more = {}): ReturnType<typeof segment> =>
    segment('E1KNKKM', { MSGFN: '005', KKBER, KLIMK, CTLPC: '001', ...more });

  test('have the currency of their control area, which no IDoc names', async () => {
    const changes = await one(
      wholeCustomer({}, [credit('1000', '       100000.00', { CRBLB: 'X', NXTRV: '20270115' })]),
    );
    expect(changes.at(-1)?.facet).toBe('credit');
    expect(changes.at(-1)?.fields).toEqual({
      'credit.controlArea': '1000',
      'credit.limit': '100000.00',
      'credit.currency': 'EUR',
      'credit.riskClass': '001',
      'credit.isBlocked': true,
      'credit.nextReview': '2027-01-15',
    });
  });

  test.each([
    ['3000', '12000.00', '1200000'],
    ['3000', '1200000', '1200000'],
    ['7000', '125.00', '12.500'],
    ['7000', '12.500', '12.500'],
    ['1000', '1234.56-', '-1234.56'],
  ])('of control area %s: a limit sent as %s is %s', async (KKBER, sent, limit) => {
    expect((await one(wholeCustomer({}, [credit(KKBER, sent)]))).at(-1)?.fields['credit.limit']).toBe(limit);
  });

  test('whose decimals do not tell how they are written are refused', async () => {
    const [arrival] = await readXml([wholeCustomer({}, [credit('3000', '1200.0')])]);
    expect(refusalOf(arrival)).toMatch(/^IDOC_VALUE_INVALID: Field KLIMK of segment E1KNKKM holds no amount in JPY/);
  });

  test('are told without a limit where the currency of the area is not known', async () => {
    const changes = await one(wholeCustomer({}, [credit('9999', '100000.00')]));
    expect(changes.at(-1)?.fields).not.toHaveProperty(['credit.limit']);
    expect(changes.at(-1)?.fields).toMatchObject({ 'credit.riskClass': '001' });
  });

  test('of several areas are those of the first by key, or of the one that is configured', async () => {
    const idoc = wholeCustomer({}, [credit('7000', '1.00'), credit('1000', '2.00')]);
    expect((await one(idoc)).at(-1)?.fields['credit.controlArea']).toBe('1000');
    expect((await one(idoc, { creditControlAreas: ['7000'] })).at(-1)?.fields['credit.controlArea']).toBe('7000');
  });

  test('that are all gone leave nothing behind', async () => {
    const changes = await one(wholeCustomer({}, [segment('E1KNKKM', { MSGFN: '003', KKBER: '1000' })]));
    expect(changes.at(-1)?.fields).toMatchObject({ 'credit.limit': null, 'credit.isBlocked': false });
  });
});

describe('what a blank means', () => {
  const reduced = { MESTYP: 'ZDEBMAS_R' };
  const few = (fields: Record<string, string>): WrittenIdoc => ({
    control: control(700102, reduced),
    segments: [segment('E1KNA1M', { MSGFN: '004', KUNNR: '0000104711', ...fields })],
  });

  test('in a whole message a field that is not there is empty: a block that was lifted is lifted', async () => {
    expect(fieldsOf(await one(wholeCustomer()), 'customer')).toMatchObject({
      'blocks.order': null,
      'blocks.any': false,
    });
  });

  test('in a reduced message a field that is not there was not said', async () => {
    const fields = fieldsOf(await one(few({ AUFSD: '01' })), 'customer');
    expect(fields).toEqual({ number: '0000104711', 'blocks.order': '01', 'blocks.any': true });
  });

  test('in a reduced message an empty element is empty', async () => {
    expect(fieldsOf(await one(few({ AUFSD: '' })), 'customer')).toEqual({ number: '0000104711', 'blocks.order': null });
  });

  test('a segment that marks what it does not send says the rest: blank is empty, a mark is not', async () => {
    const marked = few({ NAME1: '/', NAME2: '/', LIFSD: '/', STRAS: '/', ORT01: 'Hamburg' });
    const fields = fieldsOf(await one(marked), 'customer');
    expect(fields).toMatchObject({ 'blocks.order': null, 'address.city': 'Hamburg', 'address.postalCode': null });
    for (const path of ['name', 'name2', 'blocks.delivery', 'blocks.any', 'address.street'])
      expect(fields).not.toHaveProperty([path]);
  });

  test('a message under the full name from which somebody took what every customer has is a reduced one', async () => {
    const idoc = { ...few({ AUFSD: '01' }), control: control(700103) };
    expect(fieldsOf(await one(idoc), 'customer')).toEqual({
      number: '0000104711',
      'blocks.order': '01',
      'blocks.any': true,
    });
  });

  test.each([
    ['whole', wholeCustomer({ AUFSD: '01' }, [segment('E1KNVVM', { ...area, LIFSD: '02' })])],
    ['reduced', few({ AUFSD: '01', NAME1: 'Nordwind' })],
    ['marked', few({ NAME1: '/', NAME2: '/', AUFSD: '01' })],
  ])('a %s message says the same as XML and as a flat file', async (_kind, idoc) => {
    const [xml, flat] = [await readXml([idoc]), await readFlat([idoc])];
    expect(flat).toEqual(xml);
  });
});
