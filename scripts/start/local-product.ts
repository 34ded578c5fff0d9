/** The whole product on one machine: simulated SAP and org in this process, relay and agent as programs of their own. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startSalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import type { SalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import { defaultUser, startSapSimulator } from '../../gateway/simulator/sap/index.ts';
import type { SapSimulator } from '../../gateway/simulator/sap/index.ts';
import { bundlePage } from '../../local-org/index.ts';
import { projectRoot } from '../project.ts';
import { ensureFolder } from './folders.ts';
import { startProgram } from './child-program.ts';
import { createKeys, writeSettings } from './keys-and-settings.ts';
import { createIdocPort, sentIdocs } from './sent-idocs.ts';

export interface LocalProductOptions {
  readonly say: (line: string) => void;
  /** Port of the local org; 0 for any. */
  readonly port: number;
  /** Take another port when that one is in use. */
  readonly mayMove: boolean;
  /** SAP tables; the shipped customers when absent. */
  readonly data?: string | undefined;
}

export interface LocalProduct {
  /** The local org's address. */
  readonly url: string;
  readonly sapUrl: string;
  /** The agent's settings, for `npm run gangway -- ... --config FILE`. */
  readonly agentFile: string;
  /** Both live in this process, so tests may look into them. */
  readonly sap: SapSimulator;
  readonly salesforce: SalesforceSimulator;
  /** Resolves with a sentence when one of the programs ends by itself. */
  readonly failed: Promise<string>;
  close(): Promise<void>;
}

const orgId = '00D5g000004GANg';
const audience = 'https://relay.local.gangway.example';
/** Consumer key of the external client app, and the user the agent logs on as (the default data's). */
const clientApp = 'gangway-agent';
const integrationUser = 'gangway.agent@nordkap.example';
/** Programs start in about a second; a busy machine may take ten times that. */
const readyWithinMs = 30_000;

/** Starts everything and resolves when a call can go all the way to SAP and back. */
export async function startLocalProduct(options: LocalProductOptions): Promise<LocalProduct> {
  const folder = mkdtempSync(join(ensureFolder('.gangway'), 'run-'));
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
    closers.length = 0;
  };
  try {
    options.say('Starting the simulated SAP ...');
    const idocs = createIdocPort(await freePort(0));
    const sap = await startSapSimulator({
      ...(options.data === undefined ? {} : { data: options.data }),
      idocs: sentIdocs(idocs),
    });
    closers.push(() => sap.close());
    options.say('Compiling the components (once, then from a cache) ...');
    const pageDir = await bundlePage({ root: projectRoot, cacheDir: ensureFolder('.gangway/pages') });
    const relayPort = await freePort(0);
    const keys = createKeys();
    const org = await startSalesforceSimulator({
      relayUrl: `http://127.0.0.1:${relayPort}`,
      audience,
      orgId,
      privateKey: keys.org.privateKey,
      connectedApps: [{ clientId: clientApp, certificate: keys.clientApp.publicKey, usernames: [integrationUser] }],
      pageDir,
      sapSimulatorUrl: sap.url,
      automaticCreation: true,
      port: await freePort(options.port, options.mayMove),
    });
    closers.push(() => org.close());
    const settings = writeSettings({
      folder,
      keys,
      orgId,
      salesforce: { loginUrl: org.url, pubSub: org.pubSubUrl, clientId: clientApp, username: integrationUser },
      audience,
      relayPort,
      sap: {
        url: sap.url,
        system: sap.logicalSystem,
        client: sap.sapClient,
        user: defaultUser.name,
        password: defaultUser.password,
        timeZone: sap.idocs?.ale.system.settings.timeZone ?? 'UTC',
      },
      idocs,
    });
    const agentFile = join(ensureFolder('.gangway'), 'agent.yaml');
    copyFileSync(settings.agentFile, agentFile);
    options.say('Starting relay and agent ...');
    const relay = startProgram(['relay', '--config', settings.relayFile], join(folder, 'relay.log'));
    closers.push(() => relay.stop());
    const agent = startProgram(['agent', '--config', settings.agentFile], join(folder, 'agent.log'));
    closers.push(() => agent.stop());
    const failed = Promise.race([relay.failed, agent.failed]);
    await whenReady(`http://127.0.0.1:${relayPort}/health/ready`, failed);
    return { url: org.url, sapUrl: sap.url, agentFile, sap, salesforce: org, failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The wanted port if it is free; another one if that is allowed. */
function freePort(wanted: number, mayMove = false): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (mayMove ? resolve(freePort(0)) : reject(error)));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wanted));
    });
  });
}

/** Resolves when a round trip to the agent works; rejects with the words of the program that ended first. */
async function whenReady(url: string, failed: Promise<string>): Promise<void> {
  let ending: string | undefined;
  void failed.then((reason) => (ending = reason));
  const giveUpAt = Date.now() + readyWithinMs;
  while (Date.now() < giveUpAt) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    if (ending !== undefined) throw new Error(ending);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`relay and agent were not ready within ${readyWithinMs / 1000} seconds (${url})`);
}
