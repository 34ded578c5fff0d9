/** An older pack: what it can still works, and what it cannot is said before anything is sent. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';
import { failure } from '../fakes/soap-under-test.ts';
import { contactOf, creditOf, keyed, nordwind, soon } from '../fakes/written-customers.ts';
import { contactNumber } from '../../../src/model/index.ts';

let it: SapUnderTest;
beforeEach(async () => {
  it = await startSapUnderTest({ packVersion: '1.0.0' });
});
afterEach(() => it.close());

describe('a pack of version 1.0.0', () => {
  const contact = { customer: nordwind, contact: contactNumber.parse('1') };

  test.each<[string, () => Promise<unknown>]>([
    ['changeCredit', () => it.sap.changeCredit(keyed('l'), nordwind, creditOf({ riskClass: '001' }), soon())],
    ['createContact', () => it.sap.createContact(keyed('p'), nordwind, contactOf(), soon())],
    ['changeContact', () => it.sap.changeContact(keyed('p'), contact, { phone: '1' }, soon())],
    ['a look-up under a fence', () => it.sap.lookUpKey(keyed('u').key, soon(), 1)],
    ['a write under a fence', () => it.sap.changeCustomer(keyed('u', 1), nordwind, { phone: '1' }, soon())],
  ])('does not do %s, and says which version is there and which is needed', async (_what, write) => {
    const error = await failure(write());
    expect(error.code).toBe('SAP_PACK_OUTDATED');
    expect(error.disposition).toBe('hold');
    expect(error.context).toMatchObject({ found: '1.0.0', needed: '1.1.0' });
    expect(error.message).toContain('1.0.0');
    expect(Object.keys(await it.calls())).toEqual(['Z_GANGWAY_VERSION']);
  });

  test('still reads, changes without a fence, and looks up keys', async () => {
    expect((await it.sap.readCredit(nordwind, soon())).unavailable).toEqual([]);
    const written = await it.sap.changeCustomer(keyed('u'), nordwind, { phone: '1' }, soon());
    expect(written).toMatchObject({ customerNumber: nordwind, contactNumber: null });
    expect(await it.sap.lookUpKey(keyed('u').key, soon())).toMatchObject({ state: 'done', contactNumber: null });
  });
});
