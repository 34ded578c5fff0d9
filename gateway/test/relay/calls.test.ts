/** Flow A over real sockets: HTTP in, relay, WebSocket, agent, executor, and back. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { echo, executorOf, House, makeToken, org } from './house.ts';

const house = new House();
afterEach(() => house.close());

describe('a call', () => {
  it('reaches the executor verified and parsed, and its answer comes back', async () => {
    const relay = await house.relay();
    const executor = executorOf(echo);
    await house.agent([relay.url], executor).ready();

    const answer = await request(`${relay.url}/v1/customers/104711/credit?system=ERPCLNT100`, {
      headers: { authorization: `Bearer ${await makeToken()}`, 'x-correlation-id': 'corr-12345678' },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['x-correlation-id']).toBe('corr-12345678');
    expect(await answer.body.json()).toMatchObject({
      operation: 'readCredit',
      params: { number: '0000104711' },
      query: { system: 'ERPCLNT100' },
      user: 'rep@example.com',
    });
    expect(executor.calls[0]).toMatchObject({ org, system: 'ERPCLNT100', idempotencyKey: undefined });
  });
});
