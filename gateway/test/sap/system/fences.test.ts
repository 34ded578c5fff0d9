/** Fences end to end: an agent whose lease is over changes nothing in SAP, and learns what it did before. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { customerDraft } from '../../../src/model/index.ts';
import type { KeyedWrite, Written } from '../../../src/ports/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';
import { failure } from '../fakes/soap-under-test.ts';
import { contactOf, creditOf, customerOf, keyed, nordwind, soon, tableRows } from '../fakes/written-customers.ts';

let it: SapUnderTest;
beforeEach(async () => {
  it = await startSapUnderTest();
});
afterEach(() => it.close());

const draft = customerDraft.parse({
  name: 'Zephyr Robotics GmbH',
  address: { city: 'Hamburg', country: 'DE' },
  language: 'DE',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'EUR',
});
const writes: readonly (readonly [string, (write: KeyedWrite) => Promise<Written>])[] = [
  ['createCustomer', (write) => it.sap.createCustomer(write, draft, soon())],
  ['changeCustomer', (write) => it.sap.changeCustomer(write, nordwind, { phone: '1' }, soon())],
  ['changeCredit', (write) => it.sap.changeCredit(write, nordwind, creditOf({ riskClass: '002' }), soon())],
  ['createContact', (write) => it.sap.createContact(write, nordwind, contactOf(), soon())],
];
const change = (name: string, fence?: number): Promise<Written> =>
  it.sap.changeCustomer(keyed(name, fence), nordwind, { phone: name }, soon());

describe.each(writes)('%s', (name, write) => {
  test('of an older lease writes nothing, says so, and knows no holder', async () => {
    await change('newer', 8);
    const error = await failure(write(keyed(name, 7)));
    expect(error.code).toBe('LEASE_LOST');
    expect(error.disposition).toBe('retry');
    expect(error.context['holder']).toBeUndefined();
    expect(error.sapMessages).toEqual([expect.objectContaining({ id: 'ZGANGWAY', number: '011' })]);
    expect(await it.sap.lookUpKey(keyed(name).key, soon())).toEqual({ state: 'none' });
  });

  test('of the same lease or without one writes', async () => {
    await change('newer', 8);
    expect((await write(keyed(name, 8))).isRepeat).toBe(false);
    expect((await write(keyed(`${name}2`))).isRepeat).toBe(false);
    expect((await write(keyed(`${name}3`, 0))).isRepeat).toBe(false);
  });

  test('that was done is told to whoever asks again, whatever the lease', async () => {
    await write(keyed(name, 3));
    await change('newer', 8);
    expect((await write(keyed(name, 3))).isRepeat).toBe(true);
  });
});

describe('looking a key up', () => {
  test('with a fence: what was not found stays not found, whatever an older lease still sends', async () => {
    expect(await it.sap.lookUpKey(keyed('1').key, soon(), 8)).toEqual({ state: 'none' });
    expect((await failure(change('1', 7))).code).toBe('LEASE_LOST');
    expect(await it.sap.lookUpKey(keyed('1').key, soon(), 8)).toEqual({ state: 'none' });
    expect((await change('1', 8)).isRepeat).toBe(false);
    expect(await it.sap.lookUpKey(keyed('1').key, soon(), 9)).toMatchObject({ state: 'done' });
    expect((await failure(change('2', 8))).code).toBe('LEASE_LOST');
  });

  test('with a fence that is too old is told that the lease is lost, and nothing about the key', async () => {
    await change('1', 8);
    const error = await failure(it.sap.lookUpKey(keyed('1').key, soon(), 7));
    expect(error.code).toBe('LEASE_LOST');
    expect(error.sapMessages).toEqual([expect.objectContaining({ id: 'ZGANGWAY', number: '011' })]);
  });

  test('without a fence only looks', async () => {
    await it.sap.lookUpKey(keyed('1').key, soon());
    await it.sap.lookUpKey(keyed('1').key, soon(), 0);
    expect(await tableRows(it, 'ZGANGWAY_FENCE')).toEqual([]);
  });

  test('with a fence survives a lost answer, because raising it twice is raising it once', async () => {
    await change('1', 8);
    it.simulator.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_KEY_READ', times: 1 });
    expect(await it.sap.lookUpKey(keyed('1').key, soon(), 9)).toMatchObject({ state: 'done' });
    expect(await tableRows(it, 'ZGANGWAY_FENCE')).toEqual([
      { SCOPE: '00D5g000004GANGEAW', FENCE: '9'.padStart(18, '0') },
    ]);
  });

  test('with no whole number is not sent', async () => {
    expect((await failure(it.sap.lookUpKey(keyed('1').key, soon(), -1))).code).toBe('INTERNAL');
  });
});

test('the fence stands in SAP with eighteen digits, and grows only', async () => {
  await change('1', 8);
  await change('2', 11);
  await failure(change('3', 9));
  expect(await tableRows(it, 'ZGANGWAY_FENCE')).toEqual([{ SCOPE: '00D5g000004GANGEAW', FENCE: '000000000000000011' }]);
});

test('the largest fence that a number can be is sent whole', async () => {
  await change('1', Number.MAX_SAFE_INTEGER);
  expect((await failure(change('2', Number.MAX_SAFE_INTEGER - 1))).code).toBe('LEASE_LOST');
});

test.each([-1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('%s is no fence, and nothing is sent', async (fence) => {
  await it.sap.lookUpKey(keyed('warm').key, soon());
  await it.calls();
  expect((await failure(change('1', fence))).code).toBe('INTERNAL');
  expect(await it.calls()).toEqual({});
});

test('a newer lease that commits first ends the older one at its commit, and nothing is refused for good', async () => {
  await it.sap.lookUpKey(keyed('warm').key, soon());
  it.simulator.addFault({
    kind: 'slow',
    function: 'Z_GANGWAY_CONTACT_SAVE',
    stage: 'commit',
    delayMs: 300,
    times: 1,
  });
  const late = failure(it.sap.createContact(keyed('late', 6), nordwind, contactOf(), soon()));
  while ((await it.sap.lookUpKey(keyed('late').key, soon())).state !== 'running');
  await it.sap.changeCustomer(keyed('newer', 7), customerOf('104712'), { phone: '1' }, soon());
  expect((await late).disposition).not.toBe('reject');
  expect(await tableRows(it, 'KNVK')).toEqual([]);
  expect((await failure(it.sap.createContact(keyed('late', 6), nordwind, contactOf(), soon()))).code).toBe(
    'LEASE_LOST',
  );
});
