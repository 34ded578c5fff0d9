/** What a visitor has done at SAP's screens: it changes tables as a person would, and raises change pointers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/index.ts';
import type { SapSimulator } from '../../../simulator/sap/index.ts';

describe('POST /simulator/customers/<number>', () => {
  let sap: SapSimulator;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gangway-acts-'));
    sap = await startSapSimulator({
      idocs: { ports: { FILES: { kind: 'file', folder } }, messageTypes: { DEBMAS: {} } },
    });
  });
  afterAll(async () => {
    await sap.close();
    await rm(folder, { recursive: true, force: true });
  });

  const act = async (customer: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${sap.url}/simulator/customers/${customer}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const rows = async (table: string, customer: string) => {
    const answer = await fetch(`${sap.url}/simulator/tables/${table}?KUNNR=${customer}`);
    return ((await answer.json()) as { rows: Record<string, string>[] }).rows;
  };

  test('sets the central order block and takes it away, and SAP notices that it has something to send', async () => {
    expect(await act('0000104712', { act: 'order-block' })).toMatchObject({ status: 200, body: { isBlocked: true } });
    expect(await rows('KNA1', '0000104712')).toMatchObject([{ AUFSD: '01' }]);
    expect(await act('0000104712', { act: 'order-block' })).toMatchObject({ body: { isBlocked: false } });
    expect((await rows('KNA1', '0000104712'))[0]).not.toHaveProperty('AUFSD');
    const pointers = await fetch(`${sap.url}/simulator/idocs/pointers`);
    expect(JSON.stringify(await pointers.json())).toContain('0000104712');
  });

  test('raises each credit limit by a tenth, in whole hundreds', async () => {
    await act('0000104713', { act: 'credit-limit' });
    expect(await rows('KNKK', '0000104713')).toMatchObject([{ KLIMK: '16600.00' }]);
  });

  test.each([
    ['0000999999', { act: 'order-block' }, 'There is no customer 0000999999'],
    ['0000999999', { act: 'credit-limit' }, 'has no credit account'],
    ['0000104711', { act: 'delete' }, 'act'],
  ])('refuses %s %j', async (customer, body, words) => {
    const answer = await act(customer, body);
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toContain(words);
  });
});
