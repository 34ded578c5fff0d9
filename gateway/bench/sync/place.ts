/** A queue on disk and a simulated org on loopback, with the sink between them, as deliveries find them in an agent. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { startSalesforceSimulator } from '../../simulator/salesforce/index.ts';
import type { SalesforceSimulator } from '../../simulator/salesforce/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import type { ChangeQueue } from '../../src/ports/index.ts';
import { openChangeQueue } from '../../src/queue/index.ts';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg } from '../../src/salesforce/index.ts';
import { startSync } from '../../src/sync/index.ts';
import type { Sync, SyncMeasure } from '../../src/sync/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';

export const org = orgId.parse('00D5g000004GANG');
export const system = sapSystemId.parse('ERPCLNT100');
const username = 'integration@bench.example';
const counts = z.looseObject({ apiRequests: z.number() });

/** As the configuration has it where nothing is said. */
const settings = {
  batchMs: 600,
  bulkAbove: 5_000,
  dailyApiCalls: 1_000_000,
  dailyRefreshes: 10_000,
  canarySeconds: 60,
};

export class Place {
  readonly simulator: SalesforceSimulator;
  readonly open: OpenOrg;
  readonly queue: ChangeQueue;
  readonly #folder: string;

  private constructor(simulator: SalesforceSimulator, open: OpenOrg, queue: ChangeQueue, folder: string) {
    this.simulator = simulator;
    this.open = open;
    this.queue = queue;
    this.#folder = folder;
  }

  static async create(): Promise<Place> {
    const keys = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const integration = { alias: 'integration', firstName: 'I', lastName: 'N', username, title: 'Integration' };
    const user = { ...integration, sees: 'all' as const, permissionSets: ['Gangway_Integration_User'] };
    const simulator = await startSalesforceSimulator({
      data: { orgName: 'Bench', home: 'none', users: [user], records: {} },
      relayUrl: 'http://127.0.0.1:9',
      audience: 'https://relay.gangway.example',
      orgId: org,
      privateKey: keys.privateKey,
      connectedApps: [{ clientId: 'gangway-bench', certificate: keys.publicKey, usernames: [username] }],
      dailyApiRequests: 1_000_000,
    });
    const open = openOrg(
      {
        ...{ org, agentId: 'agent-1', instance: '4f0c7a10-0000-4000-8000-000000000001' },
        ...{ loginUrl: simulator.url, audience: 'https://login.salesforce.com', clientId: 'gangway-bench', username },
        ...{ privateKey: () => keys.privateKey, bell: false, pubSub: 'http://127.0.0.1:9' },
      },
      { clock: systemClock, log: silentLog, metrics: createMetrics('bench') },
    );
    // Beside the sources, because a temporary folder may be in memory and would sync nothing.
    const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), '.sync-'));
    const file = { file: join(folder, 'changes.sqlite'), maxBytes: 1024 ** 3, orgsOf: () => [org] };
    const queue = await openChangeQueue(file, { clock: systemClock, log: silentLog });
    return new Place(simulator, open, queue, folder);
  }

  /** API calls that the org has counted so far. */
  get calls(): number {
    return counts.parse(this.simulator.counts()).apiRequests;
  }

  deliver(measure: SyncMeasure): Sync {
    const { queue } = this;
    return startSync({
      org,
      system,
      queue,
      sink: this.open.sink,
      settings,
      clock: systemClock,
      log: silentLog,
      measure,
    });
  }

  async close(): Promise<void> {
    await this.queue.close();
    await this.open.close();
    await this.simulator.close();
    rmSync(this.#folder, { recursive: true });
  }
}
