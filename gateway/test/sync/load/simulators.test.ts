/** From the simulated SAP's background job into the simulated org, and back: what was loaded is no drift. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import type { OpenedSap } from '../../../src/ports/index.ts';
import { openOrg } from '../../../src/salesforce/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import { compareSides, DifferenceList, RepairSpool } from '../../../src/sync/compare/index.ts';
import type { Comparison } from '../../../src/sync/compare/index.ts';
import { loadStaging, ProgressFile, StagingSource } from '../../../src/sync/load/index.ts';
import type { LoadReport } from '../../../src/sync/load/index.ts';
import { createMetrics, silentLog } from '../../../src/telemetry/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';
import { settingsFor } from '../../sap/fakes/simulated-sap-settings.ts';
import { org } from '../../salesforce/fake-org.ts';
import { startIdocSystem } from '../../simulator/sap/idocs/idoc-system.ts';
import type { IdocSystem } from '../../simulator/sap/idocs/idoc-system.ts';
import { keys, people, startTestOrg } from '../../simulator/salesforce/test-org.ts';

/** Three programs in one process, and a bulk job for each kind. */
const patienceMs = 120_000;
/** Bulk jobs are looked at after milliseconds instead of seconds; deadlines stay what they are. */
const impatient: Clock = {
  ...systemClock,
  after: (delayMs, work) => systemClock.after(delayMs < 20_000 ? delayMs / 100 : delayMs, work),
};
const username = `${people.integration}@test.example`;

let folder = '';
let file = '';
let sap: IdocSystem;
let opened: OpenedSap;
let simulator: SalesforceSimulator;
let openedOrg: OpenOrg;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  file = join(folder, 'customers.txt');
  sap = await startIdocSystem();
  opened = openSap(settingsFor(sap.sap), systemClock);
  const app = { clientId: 'gangway-client', certificate: keys.publicKey, usernames: [username] };
  simulator = await startTestOrg({ connectedApps: [app] });
  openedOrg = openOrg(
    {
      org,
      agentId: 'agent-1',
      instance: '4f0c7a10-0000-4000-8000-000000000001',
      loginUrl: simulator.url,
      audience: 'https://login.salesforce.com',
      clientId: app.clientId,
      username,
      privateKey: () => keys.privateKey,
      bell: false,
      pubSub: 'http://127.0.0.1:1',
    },
    { clock: impatient, log: silentLog, metrics: createMetrics('test') },
  );
}, patienceMs);
afterEach(async () => {
  await openedOrg.close();
  await opened.system.close();
  await simulator.close();
  await sap.close();
  await rm(folder, { recursive: true });
});

const stage = (kind: 'customers' | 'materials', generated?: number): Promise<unknown> =>
  sap.jobs.stage({ kind, file, generated }).ended;

const load = (): Promise<LoadReport> =>
  loadStaging({
    source: new StagingSource(file, opened.changes.readStaging),
    sink: openedOrg.sink,
    checkpoints: new ProgressFile(`${file}.progress.json`),
    clock: systemClock,
    failuresPath: `${file}.failed.tsv`,
    onProgress: () => undefined,
    onWait: () => undefined,
  });

async function compare(): Promise<{ readonly comparison: Comparison; readonly lines: readonly string[] }> {
  const spool = join(folder, `spool-${process.hrtime.bigint()}`);
  await mkdir(spool);
  const source = new StagingSource(file, opened.changes.readStaging);
  const staging = await source.lookThrough();
  const list = await DifferenceList.open(join(spool, 'list.tsv'));
  const origin = { head: staging.head, fileName: source.name, stamp: '20261121120000000' };
  const repairs = await RepairSpool.open(join(spool, 'repairs'), origin);
  const comparison = await compareSides({
    source,
    file: staging,
    sink: openedOrg.sink,
    queue: { trace: () => Promise.resolve([]) },
    clock: systemClock,
    folder: spool,
    list,
    repairs,
    onProgress: () => undefined,
  });
  await list.close();
  await repairs.close();
  return { comparison, lines: (await readFile(join(spool, 'list.tsv'), 'utf8')).split('\n').slice(1, -1) };
}

test(
  'all customers of SAP with what belongs to them are in Salesforce, and the comparison finds nothing to repair',
  async () => {
    await stage('customers');
    const { state } = await load();
    expect(await readFile(`${file}.failed.tsv`, 'utf8')).toMatch(/^line\t[^\n]*\n$/);
    expect(state).toMatchObject({ refused: 0, counts: { customer: { failed: 0 }, 'sales-area': { failed: 0 } } });
    expect(state.counts.customer?.written).toBeGreaterThanOrEqual(14);
    expect(state.counts.partner?.written).toBeGreaterThan(0);
    const { comparison, lines } = await compare();
    expect(lines).toEqual([]);
    expect(comparison.kinds.get('customer')?.same).toBe(state.counts.customer?.written);
    expect(await load()).toMatchObject({ wasLoaded: true });
  },
  patienceMs,
);

test(
  'materials are loaded as products, and compared',
  async () => {
    await stage('materials', 300);
    const { state } = await load();
    expect(state.counts.product).toMatchObject({ written: 300, failed: 0 });
    expect((await compare()).lines).toEqual([]);
  },
  patienceMs,
);

test(
  'a block that SAP sets later is drift until it has arrived',
  async () => {
    await stage('customers');
    await load();
    await sap.edit('KNA1', { KUNNR: '0000104712' }, { AUFSD: '01' });
    await stage('customers');
    const { lines } = await compare();
    expect(lines.map((line) => line.split('\t').slice(0, 6))).toContainEqual([
      'customer',
      '0000104712',
      'different',
      'blocks.order',
      '01',
      '',
    ]);
  },
  patienceMs,
);
