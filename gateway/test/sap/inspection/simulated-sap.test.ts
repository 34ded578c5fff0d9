/** Inspecting the simulated SAP as other releases, packs and users have it, and what is refused from then on. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { toGatewayError } from '../../../src/errors/index.ts';
import { customerNumber, sapSystemId } from '../../../src/model/index.ts';
import type { InterfaceFinding, OpenedSap } from '../../../src/ports/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { settingsFor } from '../fakes/simulated-sap-settings.ts';

const nordwind = customerNumber.parse('0000104711');
const soon = (): Deadline => Deadline.in(systemClock, 30_000);
const opened: { sap: OpenedSap; simulator: SapSimulator }[] = [];

function open(simulator: SapSimulator, settings: Partial<SoapSettings> = {}): OpenedSap {
  return openSap(
    {
      ...settingsFor(simulator),
      ...settings,
    },
    systemClock,
  );
}

async function start(options: SapSimulatorOptions = {}, settings: Partial<SoapSettings> = {}): Promise<OpenedSap> {
  const simulator = await startSapSimulator(options);
  const sap = open(simulator, settings);
  opened.push({ sap, simulator });
  return sap;
}

afterEach(async () => {
  for (const { sap, simulator } of opened.splice(0)) {
    await sap.system.close();
    await simulator.close();
  }
});

async function inspect(sap: OpenedSap): Promise<Map<string, InterfaceFinding>> {
  const found = new Map<string, InterfaceFinding>();
  for await (const finding of sap.inspection.inspect(soon())) found.set(finding.functionName, finding);
  return found;
}
const differing = (found: Map<string, InterfaceFinding>): string[] =>
  [...found.values()].filter(({ state }) => state === 'differs').map(({ functionName }) => functionName);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => toGatewayError(thrown).code,
  );

describe('inspecting', () => {
  test('finds everything as expected', async () => {
    const found = await inspect(await start());
    expect([...found.values()].filter(({ state }) => state !== 'as-expected')).toEqual([]);
    expect(found.size).toBeGreaterThan(20);
  });

  test.each(['1.0.0', '1.1.0'] as const)('finds nothing to refuse in a system with pack %s', async (packVersion) => {
    const found = await inspect(await start({ packVersion }));
    expect(differing(found)).toEqual([]);
    expect(found.get('Z_GANGWAY_CUSTOMER_CREATE')).toMatchObject({ state: 'as-expected' });
  });

  test('tells the pack that is missing from a function that is missing', async () => {
    const interfaceChanges = { functions: { BAPI_CUSTOMER_FIND: null } };
    const found = await inspect(await start({ pack: false, interfaceChanges }));
    expect(found.get('Z_GANGWAY_CREDIT_READ')).toMatchObject({ state: 'missing', code: 'SAP_PACK_MISSING' });
    expect(found.get('BAPI_CUSTOMER_FIND')).toMatchObject({ state: 'missing', code: 'SAP_FUNCTION_MISSING' });
  });

  test('asks one thing at a time, so that one work process is enough', async () => {
    const found = await inspect(await start({ workProcesses: 1, queueLength: 0 }));
    expect(differing(found)).toEqual([]);
  });

  test('looks only at the features that are switched on', async () => {
    const found = await inspect(await start({}, { features: ['matches'] }));
    expect(found.get('BAPI_CUSTOMER_FIND')?.features).toEqual(['matches']);
    expect([...found.keys()].filter((name) => /ORDER|CREDIT|INVOICE/.test(name))).toEqual([]);
  });

  test.each([
    ['BAPI_AR_ACC_GETOPENITEMS', { structures: { BAPI3007_2: { AMT_DOCCUR: 'CURR15.2' } } }, 'LINEITEMS.AMT_DOCCUR'],
    ['BAPI_SALESORDER_GETLIST', { structures: { BAPIORDERS: { SD_DOC: null } } }, 'SALES_ORDERS.SD_DOC'],
    ['BAPI_CUSTOMER_FIND', { structures: { BAPIKNA110: { FIELDVALUE: 'CHAR60' } } }, 'SELOPT_TAB.FIELDVALUE'],
    [
      'BAPI_BILLINGDOC_GETDETAIL',
      { functions: { BAPI_BILLINGDOC_GETDETAIL: { importing: { BILLINGDOCUMENT: 'CHAR9' } } } },
      'BILLINGDOCUMENT',
    ],
    [
      'BAPI_CUSTOMER_GETLIST',
      { functions: { BAPI_CUSTOMER_GETLIST: { importing: { I_ROLE: 'CHAR4 mandatory' } } } },
      'I_ROLE',
    ],
    [
      'BAPI_CUSTOMER_GETLIST',
      { functions: { BAPI_CUSTOMER_GETLIST: { tables: { IT_MORE: 'BAPIKNVVKY mandatory' } } } },
      'IT_MORE',
    ],
    ['BAPI_DELIVERY_GETLIST', { functions: { BAPI_DELIVERY_GETLIST: { remote: false } } }, 'remote-enabled'],
    ['Z_GANGWAY_KEY_READ', { functions: { Z_GANGWAY_KEY_READ: { exporting: { E_STATE: null } } } }, 'E_STATE'],
    [
      'Z_GANGWAY_CREDIT_CHANGE',
      { functions: { Z_GANGWAY_CREDIT_CHANGE: { importing: { I_KLIMK: 'DEC23.2' } } } },
      'I_KLIMK',
    ],
  ] satisfies readonly [string, SapSimulatorOptions['interfaceChanges'], string][])(
    'finds in %s what another release changes (%j)',
    async (functionName, interfaceChanges, names) => {
      const found = await inspect(await start({ interfaceChanges }));
      expect(found.get(functionName)?.differences.join(' ')).toContain(names);
      expect(found.get(functionName)).toMatchObject({ state: 'differs', code: 'SAP_INTERFACE_CHANGED' });
    },
  );

  test('takes longer fields and more of them as they come', async () => {
    const interfaceChanges: SapSimulatorOptions['interfaceChanges'] = {
      structures: {
        BAPI3007_2: { ZZ_OWN: 'CHAR10', REF_DOC_NO: 'CHAR40' },
        BAPIORDERS: { SD_DOC: 'CHAR20' },
      },
      functions: { BAPI_CUSTOMER_FIND: { importing: { I_NEW: 'CHAR1 optional' } } },
    };
    expect(differing(await inspect(await start({ interfaceChanges })))).toEqual([]);
  });

  test('refuses nothing where the user may not look into the dictionary', async () => {
    const users = [
      { name: 'GANGWAY', password: 'Gangway-Sim-1', language: 'EN', functions: ['RFC_PING', 'BAPI*', 'Z_*'] },
    ];
    const sap = await start({ users });
    const found = await inspect(sap);
    expect(new Set([...found.values()].map(({ state, code }) => `${state} ${code ?? ''}`))).toEqual(
      new Set(['not-authorized SAP_NOT_AUTHORIZED']),
    );
    expect(await codeOf(sap.system.readCredit(nordwind, soon()))).toBe('done');
  });

  test('ends with what stands in the way of everything', async () => {
    const sap = await start({}, { password: () => 'wrong' });
    expect(await codeOf(inspect(sap))).toBe('SAP_LOGON_REFUSED');
  });
});

test('a function that differs is refused, the others go on, and it is used again when it is repaired', async () => {
  const interfaceChanges = { functions: { BAPI_SALESORDER_GETLIST: { exporting: { RETURN: null } } } };
  const changed = await startSapSimulator({ interfaceChanges });
  const sap = open(changed);
  const page = { limit: 5 };
  await inspect(sap);
  await expect(sap.system.listOrders(nordwind, page, soon())).rejects.toMatchObject({
    code: 'SAP_INTERFACE_CHANGED',
    context: { functionName: 'BAPI_SALESORDER_GETLIST' },
  });
  expect(await codeOf(sap.system.readCredit(nordwind, soon()))).toBe('done');
  expect(await codeOf(sap.background.listOrders(nordwind, page, soon()))).toBe('SAP_INTERFACE_CHANGED');
  await changed.close();
  const repaired = await startSapSimulator({ port: changed.port });
  opened.push({ sap, simulator: repaired });
  expect(differing(await inspect(sap))).toEqual([]);
  expect(await codeOf(sap.system.listOrders(nordwind, page, soon()))).toBe('done');
});

describe('the system', () => {
  test('says who it is', async () => {
    const identity = await (await start()).inspection.identify(soon());
    expect(identity).toMatchObject({
      logicalSystem: 'ERPCLNT100',
      systemId: 'ERP',
      codePage: '4103',
      packVersion: '1.2.0',
    });
    expect(Math.abs(identity.clockOffsetMs ?? Infinity)).toBeLessThan(5_000);
  });

  test('does not say it without the pack', async () => {
    const identity = await (await start({ pack: false })).inspection.identify(soon());
    expect(identity).toMatchObject({ systemId: 'ERP', logicalSystem: undefined, clockOffsetMs: undefined });
  });

  test('that is another one gets neither reads nor writes once it has said so', async () => {
    const sap = await start({}, { system: sapSystemId.parse('QASCLNT100') });
    expect(await sap.inspection.identify(soon())).toMatchObject({ logicalSystem: 'ERPCLNT100' });
    expect(await codeOf(sap.system.readCustomer(nordwind, soon()))).toBe('SAP_SYSTEM_MISMATCH');
    expect(await codeOf(sap.system.ping(soon()))).toBe('done');
  });
});

describe('a feature that is off', () => {
  test('leaves codes without words where it is texts', async () => {
    const sap = await start({}, { features: ['orders'] });
    const { orders } = await sap.system.listOrders(nordwind, { limit: 5 }, soon());
    expect(orders.length).toBeGreaterThan(0);
    expect(new Set(orders.map(({ type }) => type.text))).toEqual(new Set([null]));
    expect(orders.every(({ type }) => type.code !== '')).toBe(true);
  });

  test.each([
    ['with the pack', {}],
    ['without the pack', { pack: false }],
  ])('refuses its questions and leaves the others alone, %s', async (_title, options) => {
    const sap = await start(options, { features: ['customers', 'orders'] });
    expect(await codeOf(sap.system.readCustomer(nordwind, soon()))).toBe('done');
    expect(await codeOf(sap.system.readCredit(nordwind, soon()))).toBe('SAP_FUNCTION_NOT_ALLOWED');
    expect(await codeOf(sap.system.listInvoices(nordwind, 'all', { limit: 5 }, soon()))).toBe(
      'SAP_FUNCTION_NOT_ALLOWED',
    );
    expect(await codeOf(sap.system.listPartners(nordwind, soon()))).toBe('SAP_FUNCTION_NOT_ALLOWED');
  });
});
