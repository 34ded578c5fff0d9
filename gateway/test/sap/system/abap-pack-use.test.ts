/** What is said about the ABAP pack in the configuration, and what is then called of SAP and what is not. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { contactDraft, customerNumber } from '../../../src/model/index.ts';
import type { AbapPackUse } from '../../../src/model/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';

const nordwind = customerNumber.parse('104711');
const soon = (): Deadline => Deadline.in(systemClock, 10_000);
const standsIn = (name: string): boolean => /^BAPI_(CR_ACC|AR_ACC)_/.test(name);
const isPack = (name: string): boolean => name.startsWith('Z_GANGWAY_');

let under: SapUnderTest | undefined;
afterEach(async () => under?.close());

async function open(abapPack: AbapPackUse, simulated: SapSimulatorOptions): Promise<SapUnderTest> {
  under = await startSapUnderTest(simulated, { abapPack });
  return under;
}

/** The code that each question ends with, `done` for an answer. */
async function askEverything({ sap }: SapUnderTest): Promise<readonly string[]> {
  const asked = [
    sap.readCredit(nordwind, soon()),
    sap.listInvoices(nordwind, 'all', { limit: 5 }, soon()),
    sap.listPartners(nordwind, soon()),
  ];
  const settled = await Promise.allSettled(asked);
  return settled.map((each) => (each.status === 'fulfilled' ? 'done' : String(Reflect.get(each.reason, 'code'))));
}

describe('a pack that is required', () => {
  test('answers everything by itself', async () => {
    const opened = await open('required', {});
    expect(await askEverything(opened)).toEqual(['done', 'done', 'done']);
    expect(Object.keys(await opened.calls()).filter(standsIn)).toEqual([]);
  });

  test('is said to be missing where it is missing, and nothing is called in its place', async () => {
    const opened = await open('required', { pack: false });
    expect(await askEverything(opened)).toEqual(['SAP_PACK_MISSING', 'SAP_PACK_MISSING', 'SAP_PACK_MISSING']);
    expect(Object.keys(await opened.calls()).filter((name) => standsIn(name) || name === 'RFC_READ_TABLE')).toEqual([]);
  });

  test('is said to be too old for what it does not have yet', async () => {
    expect(await askEverything(await open('required', { packVersion: '1.1.0' }))).toEqual([
      'done',
      'done',
      'SAP_PACK_OUTDATED',
    ]);
  });
});

describe('a pack that is optional', () => {
  test.each([true, false])(
    'is used where it is there, and everything is answered where it is not (%s)',
    async (pack) => {
      expect(await askEverything(await open('optional', { pack }))).toEqual(['done', 'done', 'done']);
    },
  );
});

describe('a pack that is said to be absent', () => {
  test('is never asked for, also where it is there', async () => {
    const opened = await open('absent', {});
    expect(await askEverything(opened)).toEqual(['done', 'done', 'done']);
    expect(Object.keys(await opened.calls()).filter(isPack)).toEqual([]);
  });

  test('is said to be missing to who wants to write', async () => {
    const opened = await open('absent', {});
    const draft = contactDraft.parse({ lastName: 'x' });
    const write = opened.sap.createContact({ key: 'k', contentHash: 'h' } as never, nordwind, draft, soon());
    await expect(write).rejects.toMatchObject({ code: 'SAP_PACK_MISSING' });
    expect(Object.keys(await opened.calls()).filter(isPack)).toEqual([]);
  });
});
