/** An agent that is killed while SAP sends: what SAP believes to be delivered is there. */
import { afterEach, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openQueueDesk } from '../../../src/queue/index.ts';
import { silentLog } from '../../../src/telemetry/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { House } from '../../flows/house.ts';
import { makeFolder } from './folder-under-test.ts';
import { until } from '../../flows/stack.ts';

/** Programs are started anew four times, each some seconds on a busy machine. */
const patienceMs = 120_000;
const total = 90;

let house: House | undefined;
afterEach(() => house?.close());

const sent = (it: House) => it.sap.idocs?.ale.list() ?? [];
const withStatus = (it: House, status: string): number =>
  sent(it).filter(({ history }) => history.at(-1)?.status === status).length;

/** Somebody changes the customer, again and again; each change is an IDoc of its own. */
async function burst(it: House, count: number): Promise<void> {
  const response = await fetch(`${it.sap.url}/simulator/idocs/burst`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: { KUNNR: '0000104711' }, count, wait: false }),
  });
  expect(response.status).toBe(200);
}

/** Numbers that the file of changes knows nothing of. */
async function missing(it: House): Promise<readonly string[]> {
  const desk = await openQueueDesk(join(it.folder, 'agent-1.changes.sqlite'), { clock: systemClock, log: silentLog });
  const unknown: string[] = [];
  for (const { number } of sent(it)) if ((await desk.trace(number, 10)).length === 0) unknown.push(number);
  await desk.close();
  return unknown;
}

/** A customer's changes are IDocs of type DEBMAS, and of no other here. */
const messageTypes = { ADRMAS: { active: false } };

function urlOf(it: House): string {
  const port = it.sap.idocs?.ale.settings.ports['GANGWAY'];
  if (port?.kind !== 'http') throw new Error('an HTTP port was expected');
  return port.url;
}

const listens = (it: House): Promise<unknown> =>
  until(
    () => fetch(urlOf(it)).catch(() => undefined),
    (answer) => answer?.ok === true,
  );

test(
  'over HTTP: every IDoc with status 03 is kept, and the others come again',
  async () => {
    const it = await House.open({ changes: { messageTypes }, sap: { timeZone: 'UTC' } });
    house = it;
    for (const part of [1, 2, 3]) {
      it.startAgent();
      await listens(it);
      await burst(it, total / 3);
      await until(
        () => Promise.resolve(withStatus(it, '03')),
        (count) => count >= (part * total) / 6,
      );
      await it.kill();
    }
    it.startAgent();
    await until(
      () => Promise.resolve(withStatus(it, '03')),
      (count) => count >= total,
    );
    await it.kill('agent-1', 'SIGTERM');
    expect(await missing(it)).toEqual([]);
  },
  patienceMs,
);

test(
  'from a folder: every file is read in the end, by whichever process',
  async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'done'));
    const idocs = { folder: { path: folder, pollSeconds: 1, settledSeconds: 0 } };
    const it = await House.open({ changes: { messageTypes }, sap: { timeZone: 'UTC', idocs } });
    house = it;
    it.sap.idocs?.ale.configure({ ports: { GANGWAY: { kind: 'file', folder } } });
    const done = (): number => readdirSync(join(folder, 'done')).length;
    for (const part of [1, 2, 3]) {
      it.startAgent();
      await burst(it, total / 3);
      await until(
        () => Promise.resolve(done()),
        (count) => count >= (part * total) / 6,
      );
      await it.kill();
    }
    it.startAgent();
    await until(
      () => Promise.resolve(done()),
      (count) => count >= total,
    );
    await it.kill('agent-1', 'SIGTERM');
    expect(await missing(it)).toEqual([]);
    expect(readdirSync(join(folder, 'reading'))).toEqual([]);
    expect(readdirSync(join(folder, 'failed'))).toEqual([]);
  },
  patienceMs,
);
