/** What the command line may do in SAP: only the function of the file that is tried, never in another system, not in a pause. */
import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import { openServiceWorkbench } from '../../../src/sap/index.ts';
import type { SapSettings, ServiceWorkbench } from '../../../src/sap/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { failureOf, settingsFor, shipped, soon } from './services-under-test.ts';

const counts = z.object({ functions: z.record(z.string(), z.number()) });
const order = {
  ...{ orderType: 'TA', salesOrganization: '1000', distributionChannel: '10', division: '00', soldTo: '104711' },
  items: [{ material: 'GW-1010', quantity: '10' }],
};

let simulator: SapSimulator;
let bench: ServiceWorkbench;
afterEach(async () => {
  await bench.close();
  await simulator.close();
});

async function open(
  changes: Partial<Pick<SapSettings, 'features' | 'system'>> = {},
  pausedFor?: string,
): Promise<void> {
  simulator = await startSapSimulator({ testFunctions: true });
  const settings = { ...settingsFor('soap', simulator), ...changes };
  bench = openServiceWorkbench(settings, systemClock, pausedFor);
}

async function called(): Promise<readonly string[]> {
  const answer = await fetch(`${simulator.url}/simulator/calls`);
  return Object.keys(counts.parse(await answer.json()).functions);
}

test('a file that is not published is tried, and nothing is called but what it takes', async () => {
  await open({ features: ['services'] });
  const answer = await bench.testService(shipped('CreateOrder'), order, soon());
  expect(answer.outputs).toMatchObject({ documentNumber: expect.stringMatching(/^\d+$/) });
  const allowed = ['Z_GANGWAY_ORDER_CREATE', 'Z_GANGWAY_VERSION', 'RFC_GET_FUNCTION_INTERFACE', 'DDIF_FIELDINFO_GET'];
  expect((await called()).filter((name) => !allowed.includes(name))).toEqual([]);
});

test('nothing is tried where services are switched off', async () => {
  await open({ features: ['credit'] });
  const error = await failureOf(bench.testService(shipped('CreateOrder'), order, soon()));
  expect(error.code).toBe('SAP_FUNCTION_NOT_ALLOWED');
  expect(await called()).not.toContain('Z_GANGWAY_ORDER_CREATE');
});

test('nothing is written into another system than the configured one', async () => {
  await open({ system: sapSystemId.parse('PRDCLNT100') });
  const error = await failureOf(bench.testService(shipped('CreateOrder'), order, soon()));
  expect(error.code).toBe('SAP_SYSTEM_MISMATCH');
  expect(await called()).not.toContain('Z_GANGWAY_ORDER_CREATE');
});

test('nothing is asked while work in SAP is paused', async () => {
  await open({}, 'month-end closing');
  for (const work of [
    bench.draftService('BAPI_CUSTOMER_FIND', soon()),
    bench.testService(shipped('FindCustomers'), { name: 'Nordwind*' }, soon()),
  ]) {
    const error = await failureOf(work);
    expect([error.code, error.context['reason']]).toEqual(['SAP_PAUSED', 'month-end closing']);
  }
  expect(await called()).toEqual([]);
});
