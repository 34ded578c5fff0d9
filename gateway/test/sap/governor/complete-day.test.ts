/** The day's page has every call that SAP got: also those that drivers and guards make by themselves. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { customerNumber } from '../../../src/model/index.ts';
import type { SapSettings } from '../../../src/sap/index.ts';
import { describeRfc, named, shipped, soon, startServices, writeOf } from '../services/services-under-test.ts';
import type { ServicesUnderTest } from '../services/services-under-test.ts';

const nordwind = customerNumber.parse('104711');
const counts = z.object({ functions: z.record(z.string(), z.number()) });
const order = {
  ...{ orderType: 'TA', salesOrganization: '1000', distributionChannel: '10', division: '00', soldTo: '104711' },
  items: [{ material: 'GW-1010', quantity: '10' }],
};

let it: ServicesUnderTest | undefined;
afterEach(async () => it?.close());

async function countedBySap({ simulator }: ServicesUnderTest): Promise<Record<string, number>> {
  const answer = await fetch(`${simulator.url}/simulator/calls`);
  return counts.parse(await answer.json()).functions;
}

/** By function, whoever asked for it. */
function countedHere({ sap }: ServicesUnderTest): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const { functionName, calls: count } of sap.load.takeUsage()) {
    const name = /\((.*)\)$/.exec(functionName)?.[1] ?? functionName;
    calls[name] = (calls[name] ?? 0) + count;
  }
  return calls;
}

async function work({ sap, put }: ServicesUnderTest): Promise<void> {
  put('CreateOrder.yaml', shipped('CreateOrder'));
  put('ReadWriteKey.yaml', shipped('ReadWriteKey'));
  await sap.system.readCredit(nordwind, soon());
  await sap.system.listOrders(nordwind, { limit: 5 }, soon());
  await sap.system.listInvoices(nordwind, 'all', { limit: 5 }, soon());
  const service = named('CreateOrder');
  await sap.services.write(writeOf('a0B000000000001'), service, sap.services.checkInputs(service, order), soon());
}

const overDriver = (driver: SapSettings['driver']) => async (): Promise<void> => {
  it = await startServices(driver, { testFunctions: true });
  await work(it);
  const [sap, here] = [await countedBySap(it), countedHere(it)];
  expect(Object.keys(here)).toEqual(expect.arrayContaining(['Z_GANGWAY_VERSION', 'RFC_GET_FUNCTION_INTERFACE']));
  expect(here).toEqual(sap);
};

describe('over SOAP', () => {
  test('what is counted here is what SAP counted', overDriver('soap'));

  test('a service stands under its own name, with the function behind it', async () => {
    it = await startServices('soap');
    await work(it);
    const usage = it.sap.load.takeUsage();
    expect(usage.find(({ functionName }) => functionName.includes('CreateOrder'))).toMatchObject({
      functionName: 'CreateOrder (Z_GANGWAY_ORDER_CREATE)',
      purpose: 'a published service',
      calls: 1,
    });
    expect(usage.find(({ functionName }) => functionName === 'Z_GANGWAY_ORDER_CREATE')).toBeUndefined();
  });
});

describeRfc('over RFC', () => {
  test('what is counted here is what SAP counted', overDriver('node-rfc'));
});
