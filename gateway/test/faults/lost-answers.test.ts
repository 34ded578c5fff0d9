/** Answers that get lost between the click and SAP's commit: the request says verifying, then holds the one number. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startStack, until } from '../flows/stack.ts';
import type { Answer, Stack } from '../flows/stack.ts';
import { draft } from '../flows/draft.ts';

/** Waits of a second are broken in on purpose; a busy machine adds its own. */
jest.setTimeout(180_000);

const create = 'Z_GANGWAY_CUSTOMER_CREATE';
const key = 'customer.create:0015g00000AbCdEAAV';
const body = { ...draft, name: 'Lost Answer GmbH' };

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const send = (deadlineMs = 20_000): Promise<Answer> => stack.call('POST', '/v1/customers', { key, body, deadlineMs });
const ended = (): Promise<Answer> =>
  until(
    () => stack.call('GET', `/v1/operations/${key}`),
    (answer) => ['done', 'held', 'refused'].includes(String(answer.body.state)),
  );
const numbersInSap = async (): Promise<(string | undefined)[]> =>
  (await stack.table('KNA1')).filter((row) => row['NAME1'] === body.name).map((row) => row['KUNNR']);

async function expectOneCustomer(): Promise<void> {
  const { body: operation } = await ended();
  expect(operation.state).toBe('done');
  expect(await numbersInSap()).toEqual([operation.customer?.number]);
}

test('the connection is cut after SAP committed: the number is found, not made again', async () => {
  stack.breakSap({ kind: 'cut-after-commit', function: create, times: 1 });
  await send();
  await expectOneCustomer();
  expect(await stack.callsOf(create)).toBe(1);
});

test('the connection is cut before SAP committed: the write is made again after a look, once', async () => {
  stack.breakSap({ kind: 'cut-before-commit', function: create, times: 1 });
  await send();
  await expectOneCustomer();
});

test('SAP takes longer than the caller waits: the caller is told verifying or running, and later the number', async () => {
  stack.breakSap({ kind: 'slow', function: create, delayMs: 1_500, times: 1 });
  const early = await send(600);
  expect(early.status).toBe(202);
  expect(['running', 'verifying']).toContain(early.body.state);
  await expectOneCustomer();
});

test('the relay restarts while SAP works: asking again gives the one number', async () => {
  stack.breakSap({ kind: 'slow', function: create, delayMs: 800, times: 1 });
  const sent = send().catch(() => undefined);
  await until(
    () => stack.callsOf(create),
    (calls) => calls > 0,
  );
  await stack.restartRelay();
  await sent;
  const again = await send();
  expect(again.body.state).toBe('done');
  await expectOneCustomer();
});

test('SAP is locked, busy and dumps in turn: the request still ends with one number or a held cause', async () => {
  stack.breakSap({ kind: 'work-processes-exhausted', function: create, times: 1 });
  stack.breakSap({ kind: 'lock-held', object: 'ZGANGWAY_KEY', times: 1 });
  await send();
  await expectOneCustomer();
});

test('garbage for an answer after the commit is looked up, not trusted', async () => {
  stack.breakSap({ kind: 'garbage', function: create, times: 1 });
  await send();
  const { body: operation } = await ended();
  const inSap = await numbersInSap();
  expect(inSap.length).toBeLessThanOrEqual(1);
  if (operation.state === 'done') expect(inSap).toEqual([operation.customer?.number]);
  else expect(operation.problem?.code).toMatch(/^SAP_/);
});

test('reads go on while a write hangs in SAP', async () => {
  stack.breakSap({ kind: 'slow', function: create, delayMs: 2_000, times: 1 });
  const write = send();
  const read = await stack.call('GET', '/v1/customers/104711/credit');
  expect(read.status).toBe(200);
  await write;
});
