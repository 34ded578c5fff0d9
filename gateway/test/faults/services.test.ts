/**
 * Published services through whole programs, the agent on the real node-rfc addon: a change and its commit are two calls of
 * one session, and whatever breaks between them doubles nothing.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { buildStandIn } from '../../simulator/nwrfc/index.ts';
import { startSapSimulator } from '../../simulator/sap/index.ts';
import type { SapSimulator } from '../../simulator/sap/index.ts';
import { callRelay, countCalls, org, readTable, until } from '../flows/stack.ts';
import type { Answer } from '../flows/stack.ts';
import { preparePrograms } from './programs.ts';
import type { Programs } from './programs.ts';

/** Whole programs start and restart; a busy machine needs patience. */
jest.setTimeout(180_000);

const counted = z.object({ sessions: z.object({ open: z.number(), peak: z.number() }) });
const built = await buildStandIn();
const shipped = (name: string): string =>
  readFileSync(new URL(`../../services/${name}.yaml`, import.meta.url), 'utf8').replace(
    'callers: []',
    `callers: [{ org: ${org} }]`,
  );

const customer = (name: string) => ({
  name,
  street: 'Hafenstr.',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
  language: 'DE',
  currency: 'EUR',
  referenceCustomer: '104711',
  salesOrganization: '1000',
  distributionChannel: '10',
  division: '00',
});

(('skipped' in built ? describe.skip : describe) as typeof describe)('services over RFC', () => {
  let sap: SapSimulator;
  let programs: Programs;

  beforeAll(async () => {
    sap = await startSapSimulator({ rfc: true });
    const rfc = { host: sap.rfc?.host, systemNumber: sap.rfc?.systemNumber };
    const environment = 'skipped' in built ? {} : { LD_LIBRARY_PATH: built.libraryFolder };
    programs = await preparePrograms(sap.url, { sap: { driver: 'node-rfc', url: undefined, rfc }, environment });
    for (const name of ['CreateSAPCustomer', 'ReadWriteKey', 'CreateOrder']) {
      const { code, output } = await programs.gangway(
        'service',
        'publish',
        programs.write(`${name}.yaml`, shipped(name)),
      );
      if (code !== 0) throw new Error(output);
    }
    await programs.startRelay();
    await programs.startAgent();
  });
  afterAll(async () => {
    sap.clearFaults();
    await programs.close();
    await sap.close();
  });

  const send = (service: string, key: string, body: object): Promise<Answer> =>
    callRelay(programs.relayUrl, 'POST', `/v1/services/${service}`, { key, body });
  const named = async (name: string): Promise<readonly Record<string, string>[]> =>
    (await readTable(sap.url, 'KNA1')).filter((row) => row['NAME1'] === name);
  /** Sends again under the same key until the state is there, as a Flow or a person does. */
  const ended = (service: string, key: string, body: object, state: string): Promise<Answer> =>
    until(
      () => send(service, key, body),
      (answer) => answer.body.state === state,
    );

  test('the classic CreateSAPCustomer creates one customer, and the same key gives the same number', async () => {
    const body = customer('Classic Kontor GmbH');
    const first = await send('CreateSAPCustomer', 'flow:classic-0001', body);
    expect(first).toMatchObject({ status: 201, body: { state: 'done', isRepeat: false } });
    const [row] = await named('Classic Kontor GmbH');
    expect(first.body['outputs']).toEqual({ customerNumber: row?.['KUNNR'] });
    const again = await send('CreateSAPCustomer', 'flow:classic-0001', body);
    expect(again).toMatchObject({ status: 200, body: { isRepeat: true, outputs: first.body['outputs'] } });
    expect(await named('Classic Kontor GmbH')).toHaveLength(1);
  });

  test('a session lost between the change and its commit is never a success, and never doubled', async () => {
    sap.addFault({ kind: 'drop-in-call', function: 'BAPI_TRANSACTION_COMMIT', times: 1 });
    const body = customer('Zwischen Zwei Rufen AG');
    const answer = await ended('CreateSAPCustomer', 'flow:between-0001', body, 'held');
    expect(answer.body.problem?.code).toBe('SERVICE_OUTCOME_UNRESOLVED');
    const commits = await countCalls(sap.url, 'BAPI_TRANSACTION_COMMIT');
    const again = await send('CreateSAPCustomer', 'flow:between-0001', body);
    expect(again.body.state).toBe('held');
    expect(await countCalls(sap.url, 'BAPI_TRANSACTION_COMMIT')).toBe(commits);
    expect((await named(body.name)).length).toBeLessThanOrEqual(1);
  });

  test('an agent killed while SAP commits leaves it to a person where nothing can be looked up', async () => {
    sap.addFault({ kind: 'slow', function: 'BAPI_TRANSACTION_COMMIT', delayMs: 700, times: 1 });
    const body = customer('Getroffen Beim Commit KG');
    const before = await countCalls(sap.url, 'BAPI_TRANSACTION_COMMIT');
    const sent = send('CreateSAPCustomer', 'flow:killed-0001', body).catch(() => undefined);
    await until(
      () => countCalls(sap.url, 'BAPI_TRANSACTION_COMMIT'),
      (calls) => calls > before,
    );
    await programs.kill('agent');
    await sent;
    await programs.startAgent();
    await ended('CreateSAPCustomer', 'flow:killed-0001', body, 'held');
    expect((await named(body.name)).length).toBeLessThanOrEqual(1);
    expect(await countCalls(sap.url, 'BAPI_CUSTOMER_CREATEFROMDATA1')).toBeGreaterThan(0);
  });

  test('an order whose answer was lost is found by its key, once', async () => {
    const order = {
      orderType: 'TA',
      salesOrganization: '1000',
      distributionChannel: '10',
      division: '00',
      soldTo: '104711',
      purchaseOrder: 'LOST-1',
      items: [{ material: '4711', quantity: '3' }],
    };
    sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_ORDER_CREATE', times: 1 });
    const answer = await ended('CreateOrder', 'flow:order-0001', order, 'done');
    const orders = (await readTable(sap.url, 'VBAK')).filter((row) => row['BSTNK'] === 'LOST-1');
    expect(orders).toHaveLength(1);
    expect(answer.body['outputs']).toMatchObject({ documentNumber: orders[0]?.['VBELN'] });
  });

  test('no session is left behind when the agent has gone, and few while it was there', async () => {
    await programs.kill('agent');
    const { peak } = await until(sessions, ({ open }) => open === 0);
    expect(peak).toBeLessThanOrEqual(9);
  });

  const sessions = async () => counted.parse(await (await fetch(`${sap.url}/simulator/calls`)).json()).sessions;
});
