/** A published file, the whole way: an org's call, relay, agent, journal on disk, the simulated SAP, and back. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutor } from '../../src/agent/execute/index.ts';
import { openJournal } from '../../src/journal/index.ts';
import { createMetrics, silentLog as log } from '../../src/telemetry/index.ts';
import { systemClock as clock } from '../../src/timing/index.ts';
import { House, org } from '../relay/house.ts';
import { ask, untilDescribed } from '../relay/service-house.ts';
import { describeRfc, shipped, startServices } from '../sap/services/services-under-test.ts';
import type { ServicesUnderTest } from '../sap/services/services-under-test.ts';

const house = new House();
let folder: string | undefined;
let it: ServicesUnderTest | undefined;
afterEach(async () => {
  await house.close();
  await it?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  [it, folder] = [undefined, undefined];
});

const soonAgain = { firstMs: 20, maxMs: 100 };

/** A shipped file as an admin would publish it for Flow. */
const forFlow = (name: string): string =>
  shipped(name)
    .replace('callers: []', `callers: [{ org: ${org} }]`)
    .replace(/^signature: required.*$/m, 'signature: not-required');

async function start(driver: 'soap' | 'node-rfc', names: readonly string[]) {
  it = await startServices(driver);
  for (const name of names) it.put(`${name}.yaml`, forFlow(name));
  folder = mkdtempSync(join(tmpdir(), 'gangway-agent-'));
  const journal = house.keep(await openJournal({ file: join(folder, 'journal.db') }, { clock, log }));
  const { system, services } = it.sap;
  const published = new Map([[system.system, services]]);
  const executor = createExecutor({
    ...{ sap: new Map([[system.system, system]]), services: published, journal, clock, log },
    policy: { busyWaits: soonAgain, awayWaits: soonAgain },
    metrics: createMetrics('agent'),
  });
  const relay = await house.relay();
  house.agent([relay.url], executor, {}, clock, published);
  await untilDescribed(relay.url, names);
  return { url: relay.url, simulator: it.simulator };
}

const order = {
  ...{ orderType: 'TA', salesOrganization: '1000', distributionChannel: '10', division: '00', soldTo: '104711' },
  items: [{ material: 'GW-1010', quantity: '10' }],
};

describe('over SOAP', () => {
  test('a reading service answers what SAP says, and what SAP refuses with its own words', async () => {
    const { url } = await start('soap', ['FindCustomers']);
    const found = await ask(url, '/v1/services/FindCustomers', { body: { name: 'Nordwind*' } });
    expect(found).toMatchObject({
      status: 200,
      body: { customers: expect.arrayContaining([expect.objectContaining({ customerNumber: '0000104711' })]) },
    });
    const nothing = await ask(url, '/v1/services/FindCustomers', { body: { name: 'Nobody at all*' } });
    expect(nothing).toMatchObject({ status: 422, body: { code: 'SAP_REFUSED', sapMessages: [expect.anything()] } });
    const long = await ask(url, '/v1/services/FindCustomers', { body: { name: 'x'.repeat(26) } });
    expect(long.status).toBe(422);
  });

  test('an order is created once, though its answer is lost', async () => {
    const { url, simulator } = await start('soap', ['CreateOrder', 'ReadWriteKey']);
    simulator.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_ORDER_CREATE', times: 1 });
    const asked = { body: order, key: 'order-0001' };
    const first = await ask(url, '/v1/services/CreateOrder', asked);
    expect(first).toMatchObject({
      status: 201,
      body: { state: 'done', outputs: { documentNumber: expect.any(String) } },
    });
    const again = await ask(url, '/v1/services/CreateOrder', asked);
    expect(again).toMatchObject({ status: 200, body: { isRepeat: true, outputs: first.body['outputs'] } });
  });

  test('an order that never arrived is created at once, because SAP keeps its key', async () => {
    const { url, simulator } = await start('soap', ['CreateOrder', 'ReadWriteKey']);
    simulator.addFault({ kind: 'cut-before-commit', function: 'Z_GANGWAY_ORDER_CREATE', times: 1 });
    const answer = await ask(url, '/v1/services/CreateOrder', { body: order, key: 'order-0001' });
    expect(answer).toMatchObject({ status: 201, body: { state: 'done', attempts: 2 } });
  });
});

describeRfc('over RFC', () => {
  const customer = {
    ...{ name: 'Fjordlys Energi AS', street: 'Bryggen', postalCode: '5003', city: 'Bergen', country: 'NO' },
    ...{ language: 'NO', currency: 'NOK', referenceCustomer: '104711' },
    ...{ salesOrganization: '1000', distributionChannel: '10', division: '00' },
  };

  test('the classic: a customer is created from a reference customer, once per key', async () => {
    const { url } = await start('node-rfc', ['CreateSAPCustomer']);
    const asked = { body: customer, key: 'customer-0001' };
    const first = await ask(url, '/v1/services/CreateSAPCustomer', asked);
    expect(first).toMatchObject({
      status: 201,
      body: { problem: null, state: 'done', outputs: { customerNumber: expect.any(String) } },
    });
    expect(await ask(url, '/v1/services/CreateSAPCustomer', asked)).toMatchObject({
      status: 200,
      body: { isRepeat: true, outputs: first.body['outputs'] },
    });
  });

  test.each(['work-processes-exhausted', 'drop-session', 'slow'] as const)(
    'the classic is done although SAP is short of everything (%s): what was not sent is sent again',
    async (kind) => {
      const { url, simulator } = await start('node-rfc', ['CreateSAPCustomer']);
      const asked = { body: customer, key: 'customer-0001' };
      const earlier = { body: { ...customer, name: 'Zephyr Robotics GmbH' }, key: 'customer-0000' };
      expect((await ask(url, '/v1/services/CreateSAPCustomer', earlier)).status).toBe(201);
      const isOf = kind === 'drop-session' ? {} : { function: 'BAPI_CUSTOMER_CREATEFROMDATA1', times: 1 };
      simulator.addFault({ kind, ...isOf, delayMs: 300 });
      expect(await ask(url, '/v1/services/CreateSAPCustomer', asked)).toMatchObject({
        status: 201,
        body: { problem: null, state: 'done' },
      });
    },
  );

  test('the classic ends at a person when its answer is lost, and is not written again', async () => {
    const { url, simulator } = await start('node-rfc', ['CreateSAPCustomer']);
    simulator.addFault({ kind: 'cut-after-commit', function: 'BAPI_TRANSACTION_COMMIT', times: 1 });
    const asked = { body: customer, key: 'customer-0001' };
    for (let round = 0; round < 2; round += 1) {
      expect(await ask(url, '/v1/services/CreateSAPCustomer', asked)).toMatchObject({
        status: 202,
        body: { state: 'held', attempts: 1, problem: { code: 'SERVICE_OUTCOME_UNRESOLVED' } },
      });
    }
  });
});
