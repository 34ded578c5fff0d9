/** The service files that come with the product: each is right, and does what it says, beside the simulated SAP. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultUser, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { publishedService } from '../../../src/model/index.ts';
import type { AbapParameters, SapConnection, ServiceValues } from '../../../src/ports/index.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { Workbench } from '../../../src/sap/services/service-workbench.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { settings } from '../fakes/scripted-system.ts';
import {
  describeRfc,
  failureOf,
  named,
  shipped,
  shippedFiles,
  soon,
  startServices,
  writeOf,
} from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

let it: ServicesUnderTest;
const names = [...shippedFiles().keys()];
const company = {
  name: 'Fjordlys Energi AS',
  street: 'Strandgata 1',
  postalCode: '5003',
  city: 'Bergen',
  country: 'no',
  language: 'EN',
  currency: 'EUR',
  referenceCustomer: '104711',
  salesOrganization: '1000',
  distributionChannel: '10',
  division: '00',
};

describeRfc('shipped service files over RFC', () => {
  beforeAll(async () => {
    it = await startServices('node-rfc');
    for (const [name, text] of shippedFiles()) it.put(name, text);
  });
  afterAll(() => it.close());

  test.each(names)('%s fits the interface of its function', async (name) => {
    const text = shippedFiles().get(name) ?? '';
    expect(await it.bench.checkServiceFile(text, soon())).toEqual([]);
    expect(publishedService.parse(it.bench.describeServiceFile(text)).name).toBe(name.replace('.yaml', ''));
  });

  test('are all published', () => {
    expect(it.sap.services.problems()).toEqual([]);
    expect(it.sap.services.list().map(({ name }) => `${name}.yaml`)).toEqual(names.toSorted());
  });

  test('CreateSAPCustomer makes a customer that SAP keeps', async () => {
    const { outputs } = await it.sap.services.write(writeOf('create-1'), named('CreateSAPCustomer'), company, soon());
    const found = await it.sap.services.read(named('FindCustomers'), { name: 'Fjordlys*' }, soon());
    expect(found.outputs).toMatchObject({
      customers: [{ customerNumber: outputs['customerNumber'], isMarkedForDeletion: false }],
    });
  });

  test('CreateSAPCustomer writes nothing that SAP refuses, and hands on why', async () => {
    const wrong = { ...company, name: 'Nowhere Ltd', country: 'XX' };
    const error = await failureOf(
      it.sap.services.write(writeOf('create-2'), named('CreateSAPCustomer'), wrong, soon()),
    );
    expect(error.code).toBe('SAP_REFUSED');
    expect(error.sapMessages).toMatchObject([{ type: 'E', id: 'R1', number: '701' }]);
    const search = failureOf(it.sap.services.read(named('FindCustomers'), { name: 'Nowhere*' }, soon()));
    expect((await search).code).toBe('SAP_REFUSED');
  });

  test('CreateSAPCustomer names no way to look up a lost answer', async () => {
    const found = await it.sap.services.lookUp(writeOf('x'), named('CreateSAPCustomer'), company, soon());
    expect(found).toEqual({ state: 'impossible' });
  });
});

describe('shipped service files over SOAP', () => {
  beforeAll(async () => {
    it = await startServices('soap');
    for (const [name, text] of shippedFiles()) it.put(name, text);
  });
  afterAll(() => it.close());

  test('all fit but the one whose commit would be another session', async () => {
    for (const name of names) {
      const problems = await it.bench.checkServiceFile(shippedFiles().get(name) ?? '', soon());
      expect([name, problems.map(({ path }) => path)]).toEqual([
        name,
        name === 'CreateSAPCustomer.yaml' ? ['commit'] : [],
      ]);
    }
    const error = await failureOf(it.sap.services.write(writeOf('s-1'), named('CreateSAPCustomer'), company, soon()));
    expect(error.code).toBe('SERVICE_FILE_INVALID');
    expect(it.sap.services.find(named('CreateSAPCustomer'))).toBeUndefined();
    expect(it.sap.services.problems()).toMatchObject([
      { file: 'CreateSAPCustomer.yaml', problem: expect.stringContaining('node-rfc') },
    ]);
  });

  test('FindCustomers finds', async () => {
    const { outputs } = await it.sap.services.read(named('FindCustomers'), { name: 'nord*' }, soon());
    expect(outputs['customers']).toContainEqual({
      customerNumber: '0000104711',
      isBlockedForPosting: false,
      isMarkedForDeletion: false,
    });
  });
});

describe.each(['soap', 'node-rfc'] as const)('what the simulated SAP itself says: %s', (driver) => {
  const suite = driver === 'soap' ? describe : describeRfc;
  suite('of an order that is not made', () => {
    let started: ServicesUnderTest;
    beforeAll(async () => {
      started = await startServices(driver);
      for (const [name, text] of shippedFiles()) started.put(name, text);
    });
    afterAll(() => started.close());
    const read = async (name: string, inputs: ServiceValues): Promise<ServiceValues> =>
      (await started.sap.services.read(named(name), inputs, soon())).outputs;
    const item = { material: 'gw-1010', quantity: '2.5' };
    const order = {
      ...{ orderType: 'TA', salesOrganization: '1000', distributionChannel: '10', division: '00' },
      ...{ soldTo: '104711', requestedDate: '2030-01-15', items: [item, { ...item, quantity: '10' }] },
    };

    test('SimulateOrder gives a price, a tax and a date for each item', async () => {
      const { items, scheduleLines } = await read('SimulateOrder', order);
      const money = expect.stringMatching(/^\d+\.\d\d$/);
      const priced = { material: expect.stringMatching(/GW-1010/), netValue: money, tax: money, currency: 'EUR' };
      expect(items).toEqual([
        expect.objectContaining({ ...priced, item: 10, quantity: '2.5' }),
        expect.objectContaining({ ...priced, item: 20, quantity: '10' }),
      ]);
      expect(scheduleLines).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ item: 10, date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) }),
        ]),
      );
    });

    test('SimulateOrder hands on what SAP refuses', async () => {
      const error = await failureOf(read('SimulateOrder', { ...order, soldTo: '999999' }));
      expect([error.code, error.sapMessages.length > 0]).toEqual(['SAP_CUSTOMER_UNKNOWN', true]);
    });

    test('CheckAvailability confirms what there is', async () => {
      const asked = { material: 'GW-1010', plant: '1000', unit: 'PCE', requestedDate: '2030-01-15', quantity: '5' };
      const found = await read('CheckAvailability', asked);
      expect(found).toMatchObject({
        availableInPlant: expect.stringMatching(/^-?\d+(\.\d+)?$/),
        // The shipped data have no stock, so nothing is checked.
        restriction: 'N',
        confirmations: [{ date: expect.stringMatching(/^20\d\d-/), quantity: '5' }],
      });
    });
  });
});

describe('what shipped services send, and make of the answer', () => {
  let simulator: SapSimulator;
  beforeAll(async () => {
    simulator = await startSapSimulator();
  });
  afterAll(() => simulator.close());

  /** The real interface, an answer of the test's own. */
  async function run(
    name: string,
    inputs: unknown,
    answer: AbapParameters,
  ): Promise<readonly [AbapParameters, unknown]> {
    const place = { ...settings, url: simulator.url, user: defaultUser.name, password: () => defaultUser.password };
    const soap = openSoap(place, functionCatalogue, systemClock);
    let sent: AbapParameters = {};
    const connection: SapConnection = {
      capabilities: soap.capabilities,
      inOneSession: (work) => soap.inOneSession(work),
      close: () => soap.close(),
      call: async (functionName, parameters, options) => {
        if (functionName.startsWith('BAPI_')) sent = parameters;
        return functionName.startsWith('BAPI_') ? answer : soap.call(functionName, parameters, options);
      },
    };
    const { outputs } = await new Workbench(connection, settings, systemClock).testService(
      shipped(name),
      inputs,
      soon(),
    );
    await soap.close();
    return [sent, outputs];
  }

  test('CheckAvailability', async () => {
    const inputs = { material: '4711', plant: '1000', unit: 'PCE', requestedDate: '2030-01-15', quantity: '5' };
    const [sent, outputs] = await run('CheckAvailability', inputs, {
      AV_QTY_PLT: '12.000',
      ENDLEADTME: '00000000',
      DIALOGFLAG: '',
      WMDVEX: [{ COM_DATE: '20300116', COM_QTY: '5.000' }],
    });
    expect(sent).toEqual({
      MATERIAL: '000000000000004711',
      PLANT: '1000',
      UNIT: 'ST',
      WMDVSX: [{ REQ_DATE: '20300115', REQ_QTY: '5' }],
    });
    expect(outputs).toEqual({
      availableInPlant: '12',
      restriction: '',
      confirmations: [{ date: '2030-01-16', quantity: '5' }],
    });
  });

  const order = {
    orderType: 'TA',
    salesOrganization: '1000',
    distributionChannel: '10',
    division: '00',
    soldTo: '104711',
    items: [
      { material: 'gw-10', quantity: '2.5' },
      { material: '100', quantity: '10' },
    ],
  };

  test('SimulateOrder', async () => {
    const [sent, outputs] = await run('SimulateOrder', order, {
      ORDER_ITEMS_OUT: [
        {
          ITM_NUMBER: '000010',
          MATERIAL: 'GW-10',
          NET_VALUE1: '1000.0000',
          TX_DOC_CUR: '0.0000',
          CURRENCY: 'JPY',
          REQ_QTY: '2.500',
        },
      ],
      ORDER_SCHEDULE_EX: [{ ITM_NUMBER: '000010', REQ_DATE: '20300116', CONFIR_QTY: '2.500' }],
    });
    expect(sent).toMatchObject({
      ORDER_PARTNERS: [{ PARTN_ROLE: 'AG', PARTN_NUMB: '0000104711' }],
      ORDER_ITEMS_IN: [
        { ITM_NUMBER: '000010', MATERIAL: 'GW-10', REQ_QTY: '0000000002500' },
        { ITM_NUMBER: '000020', MATERIAL: '000000000000000100', REQ_QTY: '0000000010000' },
      ],
    });
    expect(outputs).toMatchObject({
      items: [{ item: 10, netValue: '1000', tax: '0', currency: 'JPY', quantity: '2.5' }],
      scheduleLines: [{ item: 10, date: '2030-01-16', confirmedQuantity: '2.5' }],
    });
  });

  test('a row that is numbered is sent only with its input', async () => {
    const [sent] = await run('SimulateOrder', { ...order, shipTo: '104712' }, {});
    expect(sent['ORDER_PARTNERS']).toEqual([
      { PARTN_ROLE: 'AG', PARTN_NUMB: '0000104711' },
      { PARTN_ROLE: 'WE', PARTN_NUMB: '0000104712' },
    ]);
  });

  test('every message parameter can refuse', async () => {
    const messages = [{ TYPE: 'E', ID: 'V1', NUMBER: '301', MESSAGE: 'Sold-to party unknown' }];
    const error = await failureOf(run('SimulateOrder', order, { MESSAGETABLE: messages }));
    expect(error).toMatchObject({ code: 'SAP_REFUSED', sapMessages: [{ text: 'Sold-to party unknown' }] });
  });
});

describe('the page for admins', () => {
  test('shows a file that is right', async () => {
    const page = readFileSync(new URL('../../../../docs/admin/services.md', import.meta.url), 'utf8');
    const example = /```yaml\n(gangway: 1[^]*?)```/.exec(page)?.[1] ?? '';
    const started = await startServices('soap');
    expect(await started.bench.checkServiceFile(example, soon())).toEqual([]);
    const { outputs } = await started.bench.testService(example, { customer: '104711' }, soon());
    expect(outputs['items']).toContainEqual(
      expect.objectContaining({ currency: 'EUR', amount: expect.stringMatching(/^-?\d+\.\d\d$/) }),
    );
    await started.close();
  });
});
