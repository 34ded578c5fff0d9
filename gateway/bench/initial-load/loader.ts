/** A process that loads one staging file, by the product or by a plain reader, and says what it took. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { OrgId, SapSystemId } from '../../src/model/index.ts';
import { openOrg } from '../../src/salesforce/index.ts';
import { openSap } from '../../src/sap/index.ts';
import { loadStaging, ProgressFile, StagingSource } from '../../src/sync/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';

export interface LoadOrder {
  readonly way: 'ours' | 'plain';
  readonly file: string;
  readonly orgUrl: string;
  readonly sapUrl: string;
  readonly system: SapSystemId;
  readonly org: OrgId;
  readonly privateKey: string;
  /** Belongs to the private key. */
  readonly certificate: string;
  readonly username: string;
}

export interface LoadTaken {
  readonly seconds: number;
  readonly peakRssBytes: number;
  /** Rows sent to Salesforce. */
  readonly rows: number;
}

/** Longer waits are time limits, which stay as they are. */
const longestLookMs = 30_000;
/** Waiting for a job of the counting org would be all that is measured: it is done at once. */
const impatient: Clock = {
  ...systemClock,
  after: (delayMs, work) => systemClock.after(delayMs > longestLookMs ? delayMs : delayMs / 100, work),
};

async function loadOurs({ file, orgUrl, sapUrl, system, org, privateKey, username }: LoadOrder): Promise<number> {
  const sap = openSap(
    {
      driver: 'soap',
      system,
      url: sapUrl,
      sapClient: '100',
      language: 'EN',
      user: 'GANGWAY',
      password: () => 'Gangway-Sim-1',
      timeZone: 'UTC',
      maxConnections: 2,
      companyCodes: ['1000'],
      accountGroup: '0001',
    },
    systemClock,
  );
  const settings = {
    org,
    agentId: 'bench',
    instance: '4f0c7a10-0000-4000-8000-000000000001',
    loginUrl: orgUrl,
    audience: 'https://login.salesforce.com',
    clientId: 'gangway-client',
    username,
    privateKey: () => privateKey,
    bell: false,
    pubSub: 'http://127.0.0.1:1',
  };
  const opened = openOrg(settings, { clock: impatient, log: silentLog, metrics: createMetrics('bench') });
  const { state } = await loadStaging({
    source: new StagingSource(file, sap.changes.readStaging),
    sink: opened.sink,
    checkpoints: new ProgressFile(`${file}.progress.json`),
    clock: impatient,
    failuresPath: `${file}.failed.tsv`,
    again: true,
    onProgress: () => undefined,
    onWait: (error) => {
      throw error;
    },
  });
  await opened.close();
  await sap.system.close();
  const counts = Object.values(state.counts);
  const failed = counts.reduce((sum, each) => sum + each.failed + each.parentMissing + each.older, state.refused);
  if (failed > 0) throw new Error(`${failed} rows failed`);
  return counts.reduce((sum, { written }) => sum + written, 0);
}

const jobRows = 10_000;

/** Splits each row and sends its values as they are: what anybody would have to do who understands nothing. */
async function loadPlainly({ file, orgUrl }: LoadOrder): Promise<number> {
  let rows = 0;
  for (const table of ['KNA1', 'KNVV']) {
    let lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      if (!line.startsWith(`${table}\t`)) continue;
      lines.push(`${line.split('\t').slice(1).join(',')}\n`);
      rows += 1;
      if (lines.length < jobRows) continue;
      await send(orgUrl, lines);
      lines = [];
    }
    if (lines.length > 0) await send(orgUrl, lines);
  }
  return rows;
}

async function send(orgUrl: string, lines: readonly string[]): Promise<void> {
  const jobs = `${orgUrl}/services/data/v60.0/jobs/ingest`;
  const ask = async (url: string, method: string, body?: string): Promise<string> =>
    (await fetch(url, { method, ...(body === undefined ? {} : { body }) })).text();
  const { id } = JSON.parse(await ask(jobs, 'POST', '{"externalIdFieldName":"Key"}')) as { id: string };
  await ask(`${jobs}/${id}/batches`, 'PUT', `Key\n${lines.join('')}`);
  await ask(`${jobs}/${id}`, 'PATCH', '{}');
  await ask(`${jobs}/${id}`, 'GET');
  const results = await ask(`${jobs}/${id}/successfulResults/`, 'GET');
  if (results.split('\n').length !== lines.length + 2) throw new Error('a row without its result');
}

process.once('message', (order: LoadOrder) => {
  const startedMs = performance.now();
  void (order.way === 'ours' ? loadOurs(order) : loadPlainly(order)).then((rows) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const taken: LoadTaken = { seconds, peakRssBytes: process.resourceUsage().maxRSS * 1024, rows };
    process.send?.(taken, () => process.disconnect());
  });
});
