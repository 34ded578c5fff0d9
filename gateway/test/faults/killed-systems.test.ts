/** The simulated systems themselves are killed while the outbox empties: what they had committed stays, once. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, jest, test } from '@jest/globals';
import { House, freePort } from '../flows/house.ts';
import { readTable, until } from '../flows/stack.ts';

jest.setTimeout(180_000);

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let house: House | undefined;
let sap: ChildProcess | undefined;
afterEach(async () => {
  sap?.kill('SIGKILL');
  await house?.close();
});

/** An SAP that keeps its commits in a file, as a program of its own; resolves when it answers. */
async function startSap(port: number, state: string): Promise<void> {
  sap = spawn(process.execPath, [main, 'simulate', 'sap', '--port', String(port), '--state', state], {
    stdio: 'ignore',
  });
  await until(
    () => fetch(`http://127.0.0.1:${port}/simulator/calls`).catch(() => undefined),
    (answer) => answer?.ok === true,
  );
}

async function killSap(): Promise<void> {
  if (sap === undefined) return;
  const ended = once(sap, 'close');
  sap.kill('SIGKILL');
  await ended;
}

test('SAP is killed again and again: each request still is one customer', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  house = await House.open({ sapUrl: () => Promise.resolve(url), outbox: { writesPerMinute: 60_000 } });
  const state = join(house.folder, 'sap-state.jsonl');
  await startSap(port, state);
  const customersInSap = async (): Promise<readonly Record<string, string>[]> =>
    (await readTable(url, 'KNA1').catch(() => [])).filter((row) => row['NAME1']?.startsWith('Absturz'));
  const ids: string[] = [];
  house.change((transaction) => {
    for (let turn = 0; turn < 30; turn += 1) {
      ids.push(
        transaction.insert('Account', {
          Name: `Absturz ${turn * 7_919}`,
          Type: 'Customer - Direct',
          BillingStreet: `Weg ${turn}`,
          BillingPostalCode: String(10_000 + turn * 37),
          BillingCity: `Ort ${turn}`,
          BillingCountry: 'DE',
        }),
      );
    }
  });
  house.startAgent();
  for (const share of [0.2, 0.5, 0.8]) {
    await until(customersInSap, (rows) => rows.length >= ids.length * share);
    await killSap();
    await startSap(port, state);
  }
  const numbers: (string | undefined)[] = [];
  for (const id of ids) numbers.push(await house.numberOf(id));
  expect(new Set(numbers).size).toBe(ids.length);
  expect((await customersInSap()).map((row) => row['KUNNR']).sort()).toEqual([...numbers].sort());
});

test('the org is gone and comes back while the outbox empties: outcomes are left when it is there again', async () => {
  const port = await freePort();
  house = await House.open({ org: { port }, outbox: { writesPerMinute: 60_000 } });
  house.startAgent();
  const { org } = house;
  org.faults.add({ kind: 'unavailable', path: '/visit', after: 2, times: 3 });
  org.expireSessions();
  org.dropStreams();
  let id = '';
  house.change((transaction) => {
    id = transaction.insert('Account', {
      Name: 'Wiederkehr GmbH',
      Type: 'Customer - Direct',
      BillingCity: 'Kiel',
      BillingCountry: 'DE',
    });
  });
  const number = await house.numberOf(id);
  expect(await house.customersNamed('Wiederkehr GmbH')).toMatchObject([{ KUNNR: number }]);
});
