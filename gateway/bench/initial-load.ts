/**
 * What an initial load costs: `node gateway/bench/initial-load.ts [--quick]`.
 *
 * - `gangway load` as an operator types it: peak memory of 1,000,000 rows, and time for 100,000, 300,000 and 1,000,000 of them.
 * - The work alone, without waiting for Salesforce: in proportion to the rows, and against a plain reader of the same file that
 *   sends the same rows in as many bulk jobs and understands nothing.
 *
 * The file is written by the simulated SAP's background job; the org counts rows and keeps nothing.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSapSimulator } from '../simulator/sap/start.ts';
import { sapSystemId } from '../src/model/index.ts';
import { org } from '../test/salesforce/fake-org.ts';
import { keys, people, startTestOrg } from '../test/simulator/salesforce/test-org.ts';
import { startCountingOrg } from './initial-load/counting-org.ts';
import { loadByCommand } from './initial-load/command.ts';
import type { LoadOrder, LoadTaken } from './initial-load/loader.ts';

const isQuick = process.argv.includes('--quick');
const sizes = isQuick ? [30_000, 100_000] : [100_000, 300_000, 1_000_000];
/** A made-up customer has its own row, one sales area and one credit row. */
const rowsOfCustomer = 3;
/** As the command gives itself. */
const deployedFlags = ['--max-semi-space-size=16', '--max-old-space-size=160', '--no-warnings'];

const folder = await mkdtemp(join(tmpdir(), 'bench-load-'));
const sap = await startSapSimulator({
  idocs: { ports: { GW: { kind: 'http', url: 'http://127.0.0.1:9' } }, messageTypes: {} },
});
const username = `${people.integration}@test.example`;
const app = { clientId: 'gangway-client', certificate: keys.publicKey, usernames: [username] };
const simulator = await startTestOrg({ connectedApps: [app] });
const counting = await startCountingOrg(simulator.url);

const orderOf = (way: LoadOrder['way'], file: string): LoadOrder => ({
  way,
  file,
  orgUrl: counting.url,
  sapUrl: sap.url,
  system: sapSystemId.parse(sap.logicalSystem),
  org,
  privateKey: keys.privateKey,
  certificate: keys.publicKey,
  username,
});

async function run(way: LoadOrder['way'], file: string): Promise<LoadTaken> {
  const child = fork(new URL('./initial-load/loader.ts', import.meta.url), {
    execArgv: deployedFlags,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(orderOf(way, file));
  const before = counting.rows;
  const [taken] = (await once(child, 'message')) as [LoadTaken];
  if (counting.rows - before !== taken.rows) throw new Error('the org did not see the rows that were sent');
  return taken;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const measured = [];
for (const rows of sizes) {
  const file = join(folder, `customers-${rows}.txt`);
  const staged = await sap.idocs?.jobs.stage({ kind: 'customers', file, generated: Math.ceil(rows / rowsOfCustomer) })
    .ended;
  if (staged?.state !== 'finished') throw new Error(`no file: ${staged?.error ?? 'no job'}`);
  const before = counting.rows;
  const command = await loadByCommand(folder, orderOf('ours', file));
  if (counting.rows - before < rows / 2) throw new Error('the org did not see the rows of the command');
  const ours = await run('ours', file);
  const plain = await run('plain', file);
  measured.push({
    rows,
    command: { seconds: tenth(command.seconds), peakRssMb: tenth(command.peakRssBytes / 1_048_576) },
    secondsOfWork: tenth(ours.seconds),
    microsecondsPerRow: tenth((ours.seconds * 1e6) / rows),
    plainReader: { seconds: tenth(plain.seconds), peakRssMb: tenth(plain.peakRssBytes / 1_048_576) },
    timesThePlainReader: tenth(ours.seconds / plain.seconds),
  });
}
counting.close();
await simulator.close();
await sap.close();
await rm(folder, { recursive: true });

const [first, last] = [measured.at(0), measured.at(-1)];
const growth = (last?.microsecondsPerRow ?? 0) / (first?.microsecondsPerRow ?? 1);
process.stdout.write(
  `${JSON.stringify({ goal: 'peak RSS < 300 MB; time per row grows <= 1.25', timePerRowGrowth: Math.round(growth * 100) / 100, measured }, null, 2)}\n`,
);
