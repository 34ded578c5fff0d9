/** SIGKILL of agent and relay at the worst moments, with the real journal file: one intent stays one customer. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startSapSimulator } from '../../simulator/sap/index.ts';
import type { SapSimulator } from '../../simulator/sap/index.ts';
import { callRelay, countCalls, readTable, until } from '../flows/stack.ts';
import type { Answer } from '../flows/stack.ts';
import { preparePrograms } from './programs.ts';
import type { Programs } from './programs.ts';
import { startSilentWire } from './silent-wire.ts';
import type { SilentWire } from './silent-wire.ts';
import { draft } from '../flows/draft.ts';

const create = 'Z_GANGWAY_CUSTOMER_CREATE';
const key = 'customer.create:0015g00000AbCdEAAV';
const body = { ...draft, name: 'Killed Twice GmbH' };

/** Each test starts and restarts whole programs; a busy machine needs patience. */
jest.setTimeout(180_000);

let sap: SapSimulator;
let wire: SilentWire;
let programs: Programs;
beforeEach(async () => {
  sap = await startSapSimulator();
  wire = await startSilentWire(sap.url);
  programs = await preparePrograms(wire.url);
  await programs.startRelay();
  await programs.startAgent();
  // A process's first write asks SAP which system and code page it is, and for the pack; what is broken below is the write itself.
  const first = { key: 'customer.create:0015g00000FirstAAV', body: { ...draft, name: 'Ganz Zuerst GmbH' } };
  await callRelay(programs.relayUrl, 'POST', '/v1/customers', first);
  await fetch(`${sap.url}/simulator/calls`, { method: 'DELETE' });
});
afterEach(async () => {
  sap.clearFaults();
  await programs.close();
  await wire.close();
  await sap.close();
});

const send = (): Promise<Answer | undefined> =>
  callRelay(programs.relayUrl, 'POST', '/v1/customers', { key, body }).catch(() => undefined);
const numbersInSap = async (): Promise<(string | undefined)[]> =>
  (await readTable(sap.url, 'KNA1')).filter((row) => row['NAME1'] === body.name).map((row) => row['KUNNR']);
const createCalls = (): Promise<number> => countCalls(sap.url, create);
const ended = (): Promise<Answer> =>
  until(
    () => callRelay(programs.relayUrl, 'GET', `/v1/operations/${key}`, {}),
    (answer) => answer.body.state === 'done',
  );

async function expectTheOneNumber(): Promise<void> {
  const { body: operation } = await ended();
  expect(await numbersInSap()).toEqual([operation.customer?.number]);
}

test('the agent is killed after SAP committed and before the answer: the restarted one finds the number', async () => {
  wire.goDeaf();
  const sent = send();
  await until(numbersInSap, (numbers) => numbers.length === 1);
  await programs.kill('agent');
  await sent;
  wire.heal();
  await programs.startAgent();
  await expectTheOneNumber();
  expect(await createCalls()).toBe(1);
});

test('the agent is killed before SAP commits: the restarted one finishes the request, once', async () => {
  sap.addFault({ kind: 'slow', function: create, delayMs: 700, times: 1 });
  const sent = send();
  await until(createCalls, (calls) => calls === 1);
  await programs.kill('agent');
  await sent;
  await programs.startAgent();
  await expectTheOneNumber();
});

test('the agent is killed and its journal is lost: the same request still gets the first number', async () => {
  const first = await send();
  await programs.kill('agent');
  await programs.startAgent('a-new-journal');
  const again = await send();
  expect(again?.body).toMatchObject({ state: 'done', isRepeat: true, customer: first?.body.customer });
  expect(await numbersInSap()).toHaveLength(1);
});

test('the relay is killed while SAP works: the next one gives the number', async () => {
  sap.addFault({ kind: 'slow', function: create, delayMs: 500, times: 1 });
  const sent = send();
  await until(createCalls, (calls) => calls === 1);
  await programs.kill('relay');
  expect(await sent).toBeUndefined();
  await programs.startRelay();
  await until(
    () => fetch(`${programs.relayUrl}/health/ready`),
    (answer) => answer.ok,
  );
  await expectTheOneNumber();
});

test('killed again and again while one request is under way, there is one customer', async () => {
  sap.addFault({ kind: 'slow', function: create, delayMs: 300, times: 3 });
  for (let round = 0; round < 3; round += 1) {
    const before = await createCalls();
    const sent = send();
    await until(createCalls, (calls) => calls > before || round > 0);
    await programs.kill('agent');
    await sent;
    await programs.startAgent();
  }
  await send();
  await expectTheOneNumber();
});
