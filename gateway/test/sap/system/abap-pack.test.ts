/** The ABAP pack's presence and version: found out once, looked at again rarely, and what it decides. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { contactDraft } from '../../../src/model/index.ts';
import type { AbapStructure } from '../../../src/ports/index.ts';
import { EccSystem } from '../../../src/sap/system/ecc-system.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import type { ManualClock } from '../fakes/manual-clock.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { Script, ScriptedConnection } from '../fakes/scripted-connection.ts';
import { one, pack, refused, settings, standard } from '../fakes/scripted-system.ts';
import { failure } from '../fakes/soap-under-test.ts';

let clock: ManualClock;
let connection: ScriptedConnection;
let sap: EccSystem;
const soon = (): Deadline => Deadline.in(clock, 5_000);
const count = (name: string): number => connection.asked.filter((call) => call.functionName === name).length;
const open = (script: Script): void => {
  connection = scriptedConnection(script);
  sap = new EccSystem(connection, settings, clock);
};
const save = (): Promise<unknown> =>
  sap.createContact({ key: 'k', contentHash: 'h' } as never, one, contactDraft.parse({ lastName: 'x' }), soon());

beforeEach(() => {
  clock = manualClock('2026-03-01T12:00:00Z');
});

describe('the ABAP pack', () => {
  test('is looked for once, however many ask at once, and never again while it is there', async () => {
    open(pack);
    await Promise.all([sap.readCredit(one, soon()), sap.readCredit(one, soon()), sap.readCredit(one, soon())]);
    clock.advance(86_400_000);
    await sap.readCredit(one, soon());
    expect(count('Z_GANGWAY_VERSION')).toBe(1);
    expect(count('Z_GANGWAY_CREDIT_READ')).toBe(4);
  });

  test('is looked for again rarely while it is missing, so that an import is noticed without a restart', async () => {
    open(standard);
    await sap.readCredit(one, soon());
    await sap.readCredit(one, soon());
    expect(count('Z_GANGWAY_VERSION')).toBe(1);
    connection.script = pack;
    clock.advance(300_001);
    expect((await sap.readCredit(one, soon())).unavailable).toEqual([]);
  });

  test('that has been removed is noticed at the first call, and the standard answers instead', async () => {
    open(pack);
    await sap.readCredit(one, soon());
    connection.script = standard;
    const credit = await sap.readCredit(one, soon());
    expect(credit.unavailable).toContainEqual({ figure: 'exposure.total', reason: 'ABAP_PACK_MISSING' });
  });

  test('of another major version is another contract and is not used', async () => {
    open({ ...pack, Z_GANGWAY_VERSION: () => ({ E_VERSION: '2.0.0' }) });
    await sap.readCredit(one, soon());
    expect(count('Z_GANGWAY_CREDIT_READ')).toBe(0);
  });

  test.each([
    ['1.0.0', 'SAP_PACK_OUTDATED'],
    ['1.0', 'SAP_PACK_OUTDATED'],
    ['1.1.0', 'SAP_FUNCTION_MISSING'],
    ['1.10.0', 'SAP_FUNCTION_MISSING'],
    ['1.2', 'SAP_FUNCTION_MISSING'],
    ['1.x', 'SAP_PACK_MISSING'],
    ['11.1.0', 'SAP_PACK_MISSING'],
    ['', 'SAP_PACK_MISSING'],
  ])('of version "%s" decides whether a contact person is tried (%s)', async (version, code) => {
    open({ ...pack, Z_GANGWAY_VERSION: () => ({ E_VERSION: version }) });
    // A function that is missing although the version promises it: the pack is only half imported.
    expect((await failure(save())).code).toBe(code === 'SAP_FUNCTION_MISSING' ? 'SAP_PACK_MISSING' : code);
    expect(count('Z_GANGWAY_CONTACT_SAVE')).toBe(code === 'SAP_FUNCTION_MISSING' ? 1 : 0);
  });

  test('whose function is not there is missing, and is not tried again with every write', async () => {
    open({ ...pack, Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.1.0' }) });
    await failure(save());
    expect((await failure(save())).code).toBe('SAP_PACK_MISSING');
    expect(count('Z_GANGWAY_CONTACT_SAVE')).toBe(1);
  });

  test('that is too old is looked at again rarely, so that a newer import is noticed without a restart', async () => {
    open(pack);
    await failure(save());
    connection.script = {
      ...pack,
      Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.1.0' }),
      Z_GANGWAY_CONTACT_SAVE: () => ({ E_PARNR: '7' }),
    };
    expect((await failure(save())).code).toBe('SAP_PACK_OUTDATED');
    clock.advance(300_001);
    expect(await save()).toMatchObject({ contactNumber: '0000000007' });
    expect(count('Z_GANGWAY_VERSION')).toBe(2);
  });

  test.each(['', '0000000000', 'x'])(
    'that gives "%s" for a new contact person leaves the outcome unknown',
    async (number) => {
      const version = { Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.1.0' }) };
      open({ ...pack, ...version, Z_GANGWAY_CONTACT_SAVE: () => ({ E_PARNR: number }) });
      expect((await failure(save())).code).toBe('SAP_OUTCOME_UNKNOWN');
    },
  );

  test('is sent no fence where there is none, and eighteen digits where there is one', async () => {
    open({ ...pack, Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.1.0' }), Z_GANGWAY_CUSTOMER_CHANGE: () => ({}) });
    const sent = (): AbapStructure | undefined => connection.asked.at(-1)?.parameters;
    await sap.changeCustomer({ key: 'k', contentHash: 'h' } as never, one, {}, soon());
    expect(sent()).not.toHaveProperty('I_FENCE');
    await sap.changeCustomer({ key: 'k', contentHash: 'h', fence: 12 } as never, one, {}, soon());
    expect(sent()).toMatchObject({ I_FENCE: '000000000000000012' });
  });

  test('that may not be called is said to be so, not to be missing', async () => {
    open({ ...standard, Z_GANGWAY_VERSION: refused('SAP_NOT_AUTHORIZED') });
    expect((await sap.readCredit(one, soon())).unavailable).toContainEqual({
      figure: 'exposure.total',
      reason: 'NOT_AUTHORIZED',
    });
    const change = sap.changeCustomer({ key: 'k', contentHash: 'h' } as never, one, { phone: '1' }, soon());
    expect((await failure(change)).code).toBe('SAP_NOT_AUTHORIZED');
  });

  test('is not taken for missing because SAP was away', async () => {
    open({ ...pack, Z_GANGWAY_VERSION: refused('SAP_UNREACHABLE') });
    expect((await failure(sap.readCredit(one, soon()))).code).toBe('SAP_UNREACHABLE');
    connection.script = pack;
    expect((await sap.readCredit(one, soon())).unavailable).toEqual([]);
  });
});
