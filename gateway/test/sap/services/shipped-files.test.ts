/** The service files that come with the product: each is right, and does what it says, beside the simulated SAP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publishedService } from '../../../src/model/index.ts';
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

  test('CheckAvailability, SimulateOrder and FindCustomers answer', async () => {
    const { services } = it.sap;
    const availability = { material: '100', plant: '1000', unit: 'PCE', requestedDate: '2030-01-15', quantity: '5' };
    const order = {
      orderType: 'TA',
      salesOrganization: '1000',
      distributionChannel: '10',
      division: '00',
      soldTo: '104711',
      items: [{ material: '100', quantity: '2.5' }],
    };
    console.log(JSON.stringify(await services.read(named('CheckAvailability'), availability, soon()).catch((e) => e)));
    console.log(JSON.stringify(await services.read(named('SimulateOrder'), order, soon()).catch((e) => e)));
    console.log(JSON.stringify(await services.read(named('FindCustomers'), { name: 'NORD*' }, soon()).catch((e) => e)));
    expect(shipped('SimulateOrder')).toContain('thousandths');
  });
});
