/** Contact persons end to end: once per key, every character, and never "refused" when it may have happened. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { contactChange, contactNumber } from '../../../src/model/index.ts';
import type { ContactNumber } from '../../../src/model/index.ts';
import type { Written } from '../../../src/ports/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';
import { failure } from '../fakes/soap-under-test.ts';
import { committed, contactOf, customerOf, keyed, nordwind, soon, tableRows } from '../fakes/written-customers.ts';

let it: SapUnderTest;
beforeEach(async () => {
  it = await startSapUnderTest();
});
afterEach(() => it.close());

const create = (fields: object = {}, name = 'contact.create:003'): Promise<Written> =>
  it.sap.createContact(keyed(name), nordwind, contactOf(fields), soon());
const numberOf = ({ contactNumber: number }: Written): ContactNumber => {
  if (number === null) throw new Error('no contact number');
  return number;
};
const contactRow = async (number: string | null): Promise<Record<string, string> | undefined> =>
  (await tableRows(it, 'KNVK', `PARNR=${number}`))[0];

describe('creating a contact person', () => {
  test('gives a number, and the same key gives the same number', async () => {
    const first = await create();
    expect(first).toMatchObject({ customerNumber: nordwind, isRepeat: false });
    expect(first.contactNumber).toMatch(/^\d{10}$/);
    expect(await create()).toMatchObject({ contactNumber: first.contactNumber, isRepeat: true });
    expect(await tableRows(it, 'KNVK')).toHaveLength(1);
    expect(await committed(it)).toMatchObject({ commits: 1, doubled: [] });
  });

  test('keeps every character that a name may have', async () => {
    const names = { firstName: `Jo'Anne <&>"`, lastName: '李 Œuvre-ß]]> &amp; 𝒳' };
    const { contactNumber: number } = await create(names);
    expect(await contactRow(number)).toMatchObject({ NAMEV: names.firstName, NAME1: names.lastName });
  });

  test('puts every field where it belongs', async () => {
    const fields = { language: 'SV', phone: '+46 8 5555', email: 'a@b.example', role: '01', department: '0002' };
    const row = await contactRow((await create(fields)).contactNumber);
    expect(row).toMatchObject({ PARLA: 'V', TELF1: '+46 8 5555', PAFKT: '01', ABTNR: '0002', KUNNR: nordwind });
    const [mail] = await tableRows(it, 'ADR6', `PERSNUMBER=${row?.['PRSNR']}`);
    expect(mail).toMatchObject({ SMTP_ADDR: 'a@b.example' });
  });

  test("without a language speaks the customer's own", async () => {
    const brasserie = customerOf('104713');
    const { contactNumber: number } = await it.sap.createContact(keyed('c'), brasserie, contactOf(), soon());
    expect(await contactRow(number)).toMatchObject({ PARLA: 'F' });
  });

  test('names have 35 characters, and not one more', async () => {
    const most = 'ä'.repeat(35);
    const row = await contactRow((await create({ firstName: most, lastName: most })).contactNumber);
    expect(row).toMatchObject({ NAMEV: most, NAME1: most });
    await it.calls();
    const long = { ...contactOf(), lastName: 'x'.repeat(36) };
    const error = await failure(it.sap.createContact(keyed('long'), nordwind, long, soon()));
    expect(error.code).toBe('SAP_VALUE_TOO_LONG');
    expect(error.context).toMatchObject({ field: 'lastName', maxLength: 35 });
    expect(await it.calls()).toEqual({});
  });

  test.each(['\u0000', 'a\u0007b', 'a\nb', '\ud800', '\ufffe'])('%j in a name never reaches SAP', async (firstName) => {
    const draft = { ...contactOf(), firstName };
    const error = await failure(it.sap.createContact(keyed('c'), nordwind, draft, soon()));
    expect(error.code).toBe('REQUEST_INVALID');
    expect(error.issues).toEqual([{ path: 'firstName', message: expect.any(String) }]);
    expect(await it.calls()).not.toHaveProperty('Z_GANGWAY_CONTACT_SAVE');
  });

  test('a key of 80 characters is a key, also beside one that differs in the last', async () => {
    const [one, two] = ['1', '2'].map((last) => 'k'.repeat(60) + last);
    const first = await create({}, one);
    const second = await create({}, two);
    expect(first.contactNumber).not.toBe(second.contactNumber);
    expect(keyed(one ?? '').key).toHaveLength(80);
    const found = await it.sap.lookUpKey(keyed(two ?? '').key, soon());
    expect(found).toMatchObject({ state: 'done', contactNumber: second.contactNumber });
    const long = await failure(create({}, 'k'.repeat(62)));
    expect(long.code).toBe('SAP_VALUE_TOO_LONG');
  });

  test('the same key for other data is refused', async () => {
    await create();
    const other = it.sap.createContact(keyed('contact.create:003', undefined, 'b'), nordwind, contactOf(), soon());
    expect((await failure(other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('of a customer SAP does not have names that customer', async () => {
    const unknown = customerOf('999999');
    const error = await failure(it.sap.createContact(keyed('c'), unknown, contactOf(), soon()));
    expect(error.code).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(error.context).toMatchObject({ customerNumber: unknown, system: it.sap.system });
    expect(error.sapMessages).toHaveLength(1);
  });

  test.each(['cut-before-commit', 'cut-after-commit'] as const)(
    'a connection %s is looked up by key: customer and contact person, or never',
    async (kind) => {
      await it.sap.lookUpKey(keyed('warm').key, soon());
      it.simulator.addFault({ kind, function: 'Z_GANGWAY_CONTACT_SAVE', times: 1 });
      expect((await failure(create())).code).toBe('SAP_OUTCOME_UNKNOWN');
      const found = await it.sap.lookUpKey(keyed('contact.create:003').key, soon());
      const [row] = await tableRows(it, 'KNVK');
      const done = {
        state: 'done',
        customerNumber: nordwind,
        contactNumber: row?.['PARNR'],
        contentHash: 'a'.repeat(64),
      };
      expect(found).toEqual(kind === 'cut-after-commit' ? done : { state: 'none' });
      await create();
      expect(await tableRows(it, 'KNVK')).toHaveLength(1);
    },
  );

  test.each(['short-dump', 'garbage'] as const)('a %s is an unknown outcome', async (kind) => {
    await it.sap.lookUpKey(keyed('warm').key, soon());
    it.simulator.addFault({ kind, function: 'Z_GANGWAY_CONTACT_SAVE', times: 1 });
    expect((await failure(create())).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test('costs one call', async () => {
    await it.sap.lookUpKey(keyed('warm').key, soon());
    // The first one also asks for the pack's version and the code page.
    await create();
    await it.calls();
    await create();
    expect(await it.calls()).toEqual({ Z_GANGWAY_CONTACT_SAVE: 1 });
  });

  test('a missing right inside the pack is told as such', async () => {
    it.simulator.addFault({ kind: 'no-authorization', object: 'F_KNA1_APP' });
    const error = await failure(create());
    expect(error.code).toBe('SAP_NOT_AUTHORIZED');
    expect(error.sapMessages[0]?.text).toContain('F_KNA1_APP');
  });
});

describe('changing a contact person', () => {
  const change = (contact: ContactNumber, fields: object, customer = nordwind): Promise<Written> =>
    it.sap.changeContact(keyed('contact.change:003:1'), { customer, contact }, contactChange.parse(fields), soon());

  test('changes what is named, clears what is empty, and leaves the rest', async () => {
    const contact = numberOf(await create({ phone: '1', email: 'a@b.example', role: '01', department: '0002' }));
    const written = await change(contact, { lastName: 'Berg', phone: '', role: '' });
    expect(written).toMatchObject({ customerNumber: nordwind, contactNumber: contact, isRepeat: false });
    const row = await contactRow(contact);
    expect(row).toMatchObject({ NAMEV: 'Åsa', NAME1: 'Berg', ABTNR: '0002' });
    expect(row).not.toHaveProperty('TELF1');
    expect(row).not.toHaveProperty('PAFKT');
    expect(await tableRows(it, 'ADR6', `PERSNUMBER=${row?.['PRSNR']}`)).toHaveLength(1);
  });

  test('names every field of the model', async () => {
    const contact = numberOf(await create());
    const all = { firstName: 'B', lastName: 'C', language: 'FR', phone: '2', email: 'c@d.example' };
    await change(contact, { ...all, role: '02', department: '0003' });
    const row = await contactRow(contact);
    expect(row).toMatchObject({ NAMEV: 'B', NAME1: 'C', PARLA: 'F', TELF1: '2', PAFKT: '02', ABTNR: '0003' });
    const [mail] = await tableRows(it, 'ADR6', `PERSNUMBER=${row?.['PRSNR']}`);
    expect(mail).toMatchObject({ SMTP_ADDR: 'c@d.example' });
  });

  test('is looked up by its own key', async () => {
    const contact = numberOf(await create());
    it.simulator.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CONTACT_SAVE', times: 1 });
    expect((await failure(change(contact, { phone: '9' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
    const found = await it.sap.lookUpKey(keyed('contact.change:003:1').key, soon());
    expect(found).toMatchObject({ state: 'done', customerNumber: nordwind, contactNumber: contact });
    expect(await change(contact, { phone: '9' })).toMatchObject({ contactNumber: contact, isRepeat: true });
  });

  test("somebody else's contact person is not changed, and both numbers are named", async () => {
    const contact = numberOf(await create());
    const alpenglas = customerOf('104712');
    const error = await failure(change(contact, { lastName: 'Berg' }, alpenglas));
    expect(error.code).toBe('SAP_CONTACT_UNKNOWN');
    expect(error.disposition).toBe('reject');
    expect(error.context).toMatchObject({ customerNumber: alpenglas, contactNumber: contact });
    expect(error.message).toMatch(/customer 104712 has no contact person 1\./);
    expect(await contactRow(contact)).toMatchObject({ NAME1: 'Lindgren' });
    expect((await failure(change(contactNumber.parse('77777'), {}))).code).toBe('SAP_CONTACT_UNKNOWN');
  });

  test('of a customer that somebody has open is locked, and says who', async () => {
    const contact = numberOf(await create());
    it.simulator.addFault({ kind: 'lock-held', object: 'KNA1', user: 'MEYER' });
    const error = await failure(change(contact, { lastName: 'Berg' }));
    expect(error.code).toBe('SAP_OBJECT_LOCKED');
    expect(error.context['lockedBy']).toBe('MEYER');
    expect(error.message).toContain('(MEYER)');
  });
});
