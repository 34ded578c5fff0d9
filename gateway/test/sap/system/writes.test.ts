/** Writing end to end: once per key, never half, and never "refused" when it may have happened. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { customerDraft, customerNumber } from '../../../src/model/index.ts';
import type { CustomerDraft } from '../../../src/model/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { KeyedWrite, WriteKey, Written } from '../../../src/ports/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';

const soon = (): Deadline => Deadline.in(systemClock, 5_000);
const key = '00D5g000004GANGEAW:customer.create.1' as WriteKey;
const write: KeyedWrite = { key, contentHash: 'a'.repeat(64) };
const draft = (changes: Partial<CustomerDraft> = {}): CustomerDraft => ({
  ...customerDraft.parse({
    name: 'Zephyr Röbotics <& Söhne> GmbH',
    address: { street: 'Am Kai', houseNumber: '7', postalCode: '20457', city: 'Hamburg', country: 'DE' },
    language: 'DE',
    phone: '+49 40 1234567',
    email: 'info@zephyr.example',
    salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
    companyCode: '1000',
    paymentTerms: 'ZB30',
    currency: 'EUR',
  }),
  ...changes,
});
const failure = async (work: Promise<unknown>): Promise<GatewayError> => {
  const thrown: unknown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof GatewayError)) throw thrown;
  return thrown;
};

let it: SapUnderTest;
const tableRows = z.object({ rows: z.array(z.record(z.string(), z.string())) });
const rowsOf = async (table: string, value: string, field = 'KUNNR'): Promise<Record<string, string> | undefined> => {
  const answer = await fetch(`${it.simulator.url}/simulator/tables/${table}?${field}=${value}`);
  return tableRows.parse(await answer.json()).rows[0];
};
const create = (changes: Partial<CustomerDraft> = {}, deadline = soon()): Promise<Written> =>
  it.sap.createCustomer(write, draft(changes), deadline);

beforeEach(async () => {
  it = await startSapUnderTest();
});
afterEach(() => it.close());

describe('creating a customer', () => {
  test('gives a number, keeps every character, and the same key gives the same number', async () => {
    const first = await create();
    const second = await create();
    expect(first.isRepeat).toBe(false);
    expect(second).toMatchObject({ customerNumber: first.customerNumber, isRepeat: true });
    expect((await it.sap.readCustomer(first.customerNumber, soon())).name).toBe('Zephyr Röbotics <& Söhne> GmbH');
    expect(await it.sap.lookUpKey(key, soon())).toEqual({
      state: 'done',
      customerNumber: first.customerNumber,
      contactNumber: null,
      contentHash: write.contentHash,
    });
  });

  test('costs one call, and so does looking it up', async () => {
    // The first one also asks which pack and which letters SAP has.
    await create();
    await it.calls();
    await create();
    expect(await it.calls()).toEqual({ Z_GANGWAY_CUSTOMER_CREATE: 1 });
    await it.sap.lookUpKey(key, soon());
    expect(await it.calls()).toEqual({ Z_GANGWAY_KEY_READ: 1 });
  });

  test('the same key for other data is refused', async () => {
    await create();
    const other = it.sap.createCustomer({ ...write, contentHash: 'b'.repeat(64) }, draft({ name: 'Other' }), soon());
    expect((await failure(other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test("what SAP refuses comes back with SAP's own words, each once, and nothing was written", async () => {
    const error = await failure(create({ paymentTerms: 'XXXX' }));
    expect(error.code).toBe('SAP_REFUSED');
    expect(error.sapMessages).toEqual([
      { type: 'E', id: 'ZGANGWAY', number: '005', text: expect.stringContaining('XXXX'), field: 'ZTERM' },
    ]);
    expect(await it.sap.lookUpKey(key, soon())).toEqual({ state: 'none' });
  });

  test("a value longer than SAP keeps is refused in the model's words, before SAP is asked", async () => {
    // Which pack and which letters SAP has is asked once, by the first write.
    await create();
    await it.calls();
    const error = await failure(create({ address: { ...draft().address, city: 'x'.repeat(41) } }));
    expect(error.code).toBe('SAP_VALUE_TOO_LONG');
    expect(error.context).toMatchObject({ field: 'address.city', maxLength: 40 });
    expect(await it.calls()).toEqual({});
  });

  test('a control character names the field a person sees', async () => {
    const error = await failure(create({ name: 'a\u0007b' }));
    expect(error.code).toBe('REQUEST_INVALID');
    expect(error.issues).toEqual([{ path: 'name', message: expect.any(String) }]);
  });

  test.each(['cut-before-commit', 'cut-after-commit'] as const)(
    'a connection %s leaves an unknown outcome that SAP itself resolves',
    async (kind) => {
      await it.sap.lookUpKey(key, soon());
      it.simulator.addFault({ kind, function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
      expect((await failure(create())).code).toBe('SAP_OUTCOME_UNKNOWN');
      const found = await it.sap.lookUpKey(key, soon());
      expect(found.state).toBe(kind === 'cut-after-commit' ? 'done' : 'none');
      const repeated = await create();
      expect(repeated.isRepeat).toBe(kind === 'cut-after-commit');
    },
  );

  test('a key that another session works on is running, not missing', async () => {
    await it.sap.lookUpKey(key, soon());
    it.simulator.addFault({
      kind: 'slow',
      function: 'Z_GANGWAY_CUSTOMER_CREATE',
      stage: 'commit',
      delayMs: 1_000,
      times: 1,
    });
    const created = create();
    for (let asked = 0; asked < 500; asked += 1) {
      const found = await it.sap.lookUpKey(key, soon());
      if (found.state === 'running') break;
      expect(found).toEqual({ state: 'none' });
    }
    expect(await it.sap.lookUpKey(key, soon())).toEqual({ state: 'running' });
    const { customerNumber: number } = await created;
    expect(await it.sap.lookUpKey(key, soon())).toMatchObject({ state: 'done', customerNumber: number });
  });

  test('an answer that is too late is an unknown outcome', async () => {
    await it.sap.lookUpKey(key, soon());
    it.simulator.addFault({ kind: 'slow', function: 'Z_GANGWAY_CUSTOMER_CREATE', delayMs: 2_000 });
    expect((await failure(create({}, Deadline.in(systemClock, 100)))).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test('a short dump and an unreadable answer are unknown outcomes too', async () => {
    await it.sap.lookUpKey(key, soon());
    it.simulator.addFault({ kind: 'short-dump', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
    expect((await failure(create())).code).toBe('SAP_OUTCOME_UNKNOWN');
    it.simulator.addFault({ kind: 'garbage', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
    expect((await failure(create())).code).toBe('SAP_OUTCOME_UNKNOWN');
    expect((await create()).isRepeat).toBe(true);
  });

  test('work processes that are all busy have certainly written nothing', async () => {
    await it.sap.lookUpKey(key, soon());
    it.simulator.addFault({ kind: 'work-processes-exhausted', times: 1 });
    expect((await failure(create())).code).toBe('SAP_WORK_PROCESSES_EXHAUSTED');
    expect((await create()).isRepeat).toBe(false);
  });

  test('without the pack nothing is created and nothing is tried', async () => {
    const bare = await startSapUnderTest({ pack: false });
    expect((await failure(bare.sap.createCustomer(write, draft(), soon()))).code).toBe('SAP_PACK_MISSING');
    expect((await failure(bare.sap.lookUpKey(key, soon()))).code).toBe('SAP_PACK_MISSING');
    expect(await bare.calls()).not.toHaveProperty('Z_GANGWAY_CUSTOMER_CREATE');
    await bare.close();
  });
});

describe('changing a customer', () => {
  const alpenglas = customerNumber.parse('104712');

  test('puts every field where it belongs', async () => {
    const address = { street: 'Gasse', houseNumber: '9b', postalCode: '3000', city: 'Bern', region: '', country: 'CH' };
    const rest = { name: 'Glas', name2: 'Zwei', phone: '12345', email: 'a@b.example', vatNumber: 'CHE1' };
    await it.sap.changeCustomer(write, alpenglas, { ...rest, address }, soon());
    const general = await rowsOf('KNA1', alpenglas);
    expect(general).toMatchObject({ NAME1: 'Glas', NAME2: 'Zwei', TELF1: '12345', STCEG: 'CHE1', LAND1: 'CH' });
    expect(general).toMatchObject({ STRAS: 'Gasse 9b', PSTLZ: '3000', ORT01: 'Bern' });
    const addresses = await rowsOf('ADRC', general?.['ADRNR'] ?? '', 'ADDRNUMBER');
    expect(addresses).toMatchObject({ STREET: 'Gasse', HOUSE_NUM1: '9b', CITY1: 'Bern', TEL_NUMBER: '12345' });
  });

  test('changes what is named, clears what is empty, and leaves the rest', async () => {
    const before = await it.sap.readCustomer(alpenglas, soon());
    await it.sap.changeCustomer(write, alpenglas, { address: { city: 'Bern' }, phone: '' }, soon());
    const after = await it.sap.readCustomer(alpenglas, soon());
    expect(after).toMatchObject({ name: before.name, address: { ...before.address, city: 'Bern' } });
    expect(await rowsOf('KNA1', alpenglas)).not.toHaveProperty('TELF1');
  });

  test('costs one call', async () => {
    await it.sap.lookUpKey(key, soon());
    await it.calls();
    await it.sap.changeCustomer(write, alpenglas, { phone: '1' }, soon());
    expect(await it.calls()).toEqual({ Z_GANGWAY_CUSTOMER_CHANGE: 1 });
  });

  test('a town as long as the model allows arrives whole, and no other change cuts it', async () => {
    const city = 'Llanfairpwllgwyngyllgogerychwyrndrobwll!'.padEnd(40, 'x');
    const { customerNumber: created } = await create({ address: { ...draft().address, city } });
    await it.sap.changeCustomer({ ...write, key: `${key}2` as WriteKey }, created, { phone: '1' }, soon());
    const addresses = await fetch(`${it.simulator.url}/simulator/tables/ADRC`);
    expect(JSON.stringify(await addresses.json())).toContain(`"CITY1":"${city}"`);
  });

  test('a customer that somebody else has open is locked, and says by whom in the words of SAP', async () => {
    it.simulator.addFault({ kind: 'lock-held', object: 'KNA1', user: 'SMITH' });
    const error = await failure(it.sap.changeCustomer(write, alpenglas, { phone: '1' }, soon()));
    expect(error.code).toBe('SAP_OBJECT_LOCKED');
    expect(error.sapMessages[0]?.text).toContain('SMITH');
    expect(error.context['lockedBy']).toBe('SMITH');
    expect(error.message).toContain('(SMITH)');
  });

  test('an unknown customer cannot be changed', async () => {
    expect(
      (await failure(it.sap.changeCustomer(write, customerNumber.parse('999999'), { phone: '1' }, soon()))).code,
    ).toBe('SAP_CUSTOMER_UNKNOWN');
  });
});
