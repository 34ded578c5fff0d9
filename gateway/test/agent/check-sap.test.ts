/** What `gangway check` says of SAP: who answers, what differs, what the service user may do. */
import { afterEach, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../simulator/sap/start.ts';
import type { SapSimulatorOptions } from '../../simulator/sap/start.ts';
import { runGroup } from '../../src/agent/check-result.ts';
import type { CheckResult } from '../../src/agent/check-result.ts';
import { sapChecks } from '../../src/agent/check-sap.ts';
import { sapFeature, sapSystemId } from '../../src/model/index.ts';
import type { SapFeature } from '../../src/model/index.ts';
import { openSap } from '../../src/sap/index.ts';
import type { SoapSettings } from '../../src/sap/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { settingsFor } from '../sap/fakes/simulated-sap-settings.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function check(
  options: SapSimulatorOptions = {},
  features: readonly SapFeature[] = sapFeature.options,
  settings: Partial<SoapSettings> = {},
): Promise<Map<string, CheckResult>> {
  const simulator = await startSapSimulator(options);
  open.push(simulator);
  const opened = openSap(
    {
      ...settingsFor(simulator),
      system: sapSystemId.parse('ERPCLNT100'),
      features,
      ...settings,
    },
    systemClock,
  );
  open.push(opened.system);
  const found = new Map<string, CheckResult>();
  const { system: sap, inspection } = opened;
  const pack = settings.abapPack ?? 'optional';
  for await (const result of runGroup(sapChecks({ sap, inspection, features, pack, clock: systemClock })))
    found.set(result.name, result);
  return found;
}
const notPassed = (found: Map<string, CheckResult>): CheckResult[] =>
  [...found.values()].filter(({ state }) => state !== 'passed');

test('finds everything in order, function by function', async () => {
  const found = await check();
  expect(notPassed(found)).toEqual([]);
  expect([...found.keys()]).toEqual(
    expect.arrayContaining([
      'SAP system',
      'SAP code page',
      'SAP clock',
      'SAP ABAP pack',
      'SAP function RFC_READ_TABLE',
    ]),
  );
});

test('tries a wrong password once, and then nothing', async () => {
  const found = await check({}, sapFeature.options, { password: () => 'wrong' });
  expect(found.get('SAP logon')).toMatchObject({ state: 'failed', code: 'SAP_LOGON_REFUSED', owner: 'sap-basis' });
  expect(found.get('SAP logon')?.advice).toContain('SU01');
  expect(new Set([...found.values()].slice(1).map(({ state }) => state))).toEqual(new Set(['skipped']));
});

test('asks nothing more of another system than the one configured', async () => {
  const found = await check({}, sapFeature.options, { system: sapSystemId.parse('PRDCLNT100') });
  expect(found.get('SAP system')).toMatchObject({ state: 'failed', code: 'SAP_SYSTEM_MISMATCH', owner: 'operator' });
  expect(found.get('SAP system')?.finding).toContain('ERPCLNT100');
  expect(found.get('SAP credit')).toMatchObject({ state: 'skipped' });
});

test('says of a function that has changed what has changed, whose it is, and in which transaction to look', async () => {
  const found = await check({ interfaceChanges: { structures: { BAPIORDERS: { SD_DOC: 'CHAR8' } } } });
  const name = 'SAP function BAPI_SALESORDER_GETLIST';
  expect(found.get(name)).toMatchObject({ state: 'failed', code: 'SAP_INTERFACE_CHANGED', owner: 'sap-basis' });
  expect(found.get(name)?.finding).toBe('SALES_ORDERS.SD_DOC: expected 10 characters, SAP has 8 characters.');
  expect(found.get(name)?.advice).toContain('SE37');
  expect(found.get('SAP credit')).toMatchObject({ state: 'passed' });
});

test('says of the missing pack once that it is missing, where something is written', async () => {
  const found = await check({ pack: false });
  expect(found.get('SAP ABAP pack')).toMatchObject({ state: 'failed', code: 'SAP_PACK_MISSING' });
  expect(found.get('SAP function Z_GANGWAY_CREDIT_READ')).toMatchObject({ state: 'skipped' });
  expect(found.get('SAP system')).toMatchObject({ state: 'skipped' });
});

test.each([
  [['credit'], 'warning', 'SAP_PACK_MISSING'],
  [['orders'], 'passed', undefined],
] as const)('says of the missing pack for %j: %s', async (features, state, code) => {
  const found = await check({ pack: false }, features);
  expect(found.get('SAP ABAP pack')).toMatchObject({ state, ...(code && { code }) });
});

test('says of a pack that must be there that it is missing, also where only reading is switched on', async () => {
  const found = await check({ pack: false }, ['credit'], { abapPack: 'required' });
  expect(found.get('SAP ABAP pack')).toMatchObject({ state: 'failed', code: 'SAP_PACK_MISSING', owner: 'sap-basis' });
  expect(found.has('SAP function BAPI_CR_ACC_GETDETAIL')).toBe(false);
  expect(found.get('SAP credit')).toMatchObject({ state: 'failed', code: 'SAP_PACK_MISSING' });
});

test('does not ask for a pack that is not used, and says what cannot work without it', async () => {
  const reading = await check({ pack: false }, ['credit', 'invoices'], { abapPack: 'absent' });
  expect(notPassed(reading).filter(({ state }) => state !== 'skipped')).toEqual([]);
  expect([...reading.keys()].filter((name) => name.includes('Z_GANGWAY_'))).toEqual([]);
  const writing = await check({ pack: false }, ['credit', 'customer-writes'], { abapPack: 'absent' });
  expect(writing.get('SAP ABAP pack')).toMatchObject({ state: 'warning', owner: 'operator' });
  expect(writing.get('SAP ABAP pack')?.finding).toContain('customer-writes');
});

test('says of an older pack for what it is too old', async () => {
  const found = await check({ packVersion: '1.1.0' });
  expect(found.get('SAP ABAP pack')).toMatchObject({ state: 'warning', code: 'SAP_PACK_OUTDATED', owner: 'sap-basis' });
  expect(found.get('SAP ABAP pack')?.finding).toContain('order-writes');
  expect((await check({ packVersion: '1.1.0' }, ['customer-writes'])).get('SAP ABAP pack')?.state).toBe('passed');
});

test('warns of a system without Unicode and of a clock that is wrong', async () => {
  const found = await check({
    data: { _system: { codePage: '1100' } },
    clock: { ...systemClock, now: () => systemClock.now() + 300_000 },
  });
  expect(found.get('SAP code page')).toMatchObject({ state: 'warning', owner: 'sap-basis' });
  expect(found.get('SAP code page')?.finding).toContain('not Unicode');
  expect(found.get('SAP clock')).toMatchObject({ state: 'warning', code: 'CLOCK_WRONG' });
  expect(found.get('SAP clock')?.finding).toMatch(/(299|300|301) s from SAP's/);
});

test('names the right that is missing, and where it is given', async () => {
  const users = [
    { name: 'GANGWAY', password: 'Gangway-Sim-1', language: 'EN', functions: ['RFC_*', 'Z_*', 'BAPI_SALES*'] },
  ];
  const found = await check({ users }, ['customers', 'credit']);
  expect(found.get('SAP customer')).toMatchObject({ state: 'failed', code: 'SAP_NOT_AUTHORIZED', owner: 'sap-basis' });
  expect(found.get('SAP customer')?.advice).toMatch(/SU53.*PFCG/);
  // Structures cannot be read: what needs none passes, the rest is not guessed.
  expect(found.get('SAP function BAPI_CUSTOMER_GETDETAIL2')).toMatchObject({ state: 'warning' });
});

test('looks only at the features that are switched on', async () => {
  const found = await check({}, ['invoices']);
  expect(notPassed(found)).toEqual([]);
  expect([...found.keys()].filter((name) => /orders?$|credit$|partners$/.test(name))).toEqual([]);
});

test('each failure and warning says who acts and what is done', async () => {
  const found = await check({ pack: false, interfaceChanges: { functions: { BAPI_CUSTOMER_FIND: null } } });
  const open = notPassed(found).filter(({ state }) => state !== 'skipped');
  expect(open.length).toBeGreaterThan(1);
  for (const { owner, advice } of open) {
    expect(owner).toMatch(/^(operator|sap-basis|sap-key-user)$/);
    expect(advice).toMatch(/.{20,}/);
  }
});
