/** The whole product on loopback: simulated SAP, agent, relay, simulated org with its page. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { pino } from 'pino';
import { createExecutor } from '../../gateway/src/agent/execute/index.ts';
import { startAgent } from '../../gateway/src/agent/index.ts';
import type { AgentHandle } from '../../gateway/src/agent/index.ts';
import { openJournal } from '../../gateway/src/journal/index.ts';
import { orgId, sapSystemId } from '../../gateway/src/model/index.ts';
import { startRelay } from '../../gateway/src/relay/index.ts';
import type { RelayHandle } from '../../gateway/src/relay/index.ts';
import { openSap } from '../../gateway/src/sap/index.ts';
import { createMetrics, silentLog } from '../../gateway/src/telemetry/index.ts';
import { systemClock } from '../../gateway/src/timing/index.ts';
import { generousGovernor } from '../../gateway/test/sap/fakes/generous-governor.ts';
import { startSalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import type { SalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import { defaultUser, startSapSimulator } from '../../gateway/simulator/sap/index.ts';
import type { SapSimulator } from '../../gateway/simulator/sap/index.ts';
import { bundlePage } from '../../local-org/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const audience = 'https://relay.gangway.example';
const org = orgId.parse('00D5g000004GANG');
const system = sapSystemId.parse('ERPCLNT100');

/** Everything that runs. */
export interface Stack {
  readonly sap: SapSimulator;
  readonly relay: RelayHandle;
  readonly agent: AgentHandle;
  readonly salesforce: SalesforceSimulator;
  close(): Promise<void>;
}

const spki = { type: 'spki', format: 'pem' } as const;
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;

interface Programs {
  readonly relay: RelayHandle;
  readonly agent: AgentHandle;
  close(): Promise<void>;
}

async function startGateway(sap: SapSimulator, orgCertificate: string, folder: string): Promise<Programs> {
  const log = pino({ level: 'silent' });
  const agentKeys = generateKeyPairSync('ed25519', { publicKeyEncoding: spki, privateKeyEncoding: pkcs8 });
  const registered = { id: org, certificates: [orgCertificate], systems: [system] };
  const relay = await startRelay(
    {
      listen: { host: '127.0.0.1', port: 0 },
      audience,
      orgs: [registered],
      agents: [{ id: 'agent-1', publicKey: agentKeys.publicKey, orgs: [org], systems: [system] }],
    },
    { clock: systemClock, log, metrics: new Registry() },
  );
  const { system: sapSystem } = openSap(
    {
      system,
      driver: 'soap',
      url: sap.url,
      sapClient: sap.sapClient,
      language: 'EN',
      user: defaultUser.name,
      password: () => defaultUser.password,
      timeZone: 'Europe/Berlin',
      maxConnections: 8,
      companyCodes: ['1000'],
      accountGroup: '0001',
      // People in a hurry: the walk between Accounts is measured here, not the budget.
      governor: generousGovernor,
    },
    systemClock,
  );
  const journal = await openJournal({ file: join(folder, 'journal.sqlite') }, { clock: systemClock, log: silentLog });
  const executor = createExecutor({
    sap: new Map([[system, sapSystem]]),
    journal,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics('agent'),
  });
  const agent = startAgent(
    {
      id: 'agent-1',
      privateKey: () => agentKeys.privateKey,
      relays: [relay.url.replace(/^http/, 'ws')],
      audience,
      orgs: [registered],
      systems: [system],
      signedWrites: 'required',
      concurrency: { calls: 8, waiting: 64 },
    },
    executor,
    { clock: systemClock, log },
  );
  await agent.ready();
  const close = async (): Promise<void> => {
    await agent.drain(2_000);
    await relay.close();
    await sapSystem.close();
    await journal.close();
  };
  return { relay, agent, close };
}

/** Starts everything; the page comes from the cache when nothing has changed. */
export async function startStack(): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-browser-'));
  const orgKeys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: spki,
    privateKeyEncoding: pkcs8,
  });
  const sap = await startSapSimulator();
  const gateway = await startGateway(sap, orgKeys.publicKey, folder);
  const salesforce = await startSalesforceSimulator({
    relayUrl: gateway.relay.url,
    audience,
    orgId: org,
    privateKey: orgKeys.privateKey,
    pageDir: await bundlePage({ root, cacheDir: join(root, '.gangway/pages') }),
    sapSimulatorUrl: sap.url,
  });
  const close = async (): Promise<void> => {
    await salesforce.close();
    await gateway.close();
    await sap.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { sap, relay: gateway.relay, agent: gateway.agent, salesforce, close };
}
