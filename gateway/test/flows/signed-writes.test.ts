/** A relay in wrong hands sees live tokens; with them alone it can write nothing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signToken, startStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { draft } from './draft.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

/** What a thief of a live token can send. */
async function sendAsThief(headers: Record<string, string>, body: object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${stack.relay.url}/v1/customers`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await signToken()}`,
      'content-type': 'application/json',
      'idempotency-key': 'customer.create:001MALLORY',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

test.each([
  ['no signature', {}],
  ['an invented one', { 'x-gangway-signature': `t=${Math.floor(Date.now() / 1000)},s=${'A'.repeat(344)}` }],
])('a live token with %s creates nothing', async (_, headers) => {
  const answer = await sendAsThief(headers, draft);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('WRITE_NOT_SIGNED');
  expect(await stack.callsOf('Z_GANGWAY_CUSTOMER_CREATE')).toBe(0);
});

test('reads need no signature', async () => {
  const answer = await stack.call('GET', '/v1/customers/104711/credit');
  expect(answer.status).toBe(200);
});
