/**
 * The whole product in one house, for tests of the outbox: simulated SAP and org in this process, agents (and a relay, if wanted)
 * as programs of their own, so that they can be killed and paused the hard way.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import { startSalesforceSimulator } from '../../simulator/salesforce/index.ts';
import type { SalesforceSimulator, SalesforceSimulatorOptions } from '../../simulator/salesforce/index.ts';
import { startSapSimulator } from '../../simulator/sap/index.ts';
import { audience, readTable, until } from './stack.ts';

type SapSimulator = Awaited<ReturnType<typeof startSapSimulator>>;
const rowOf = z.record(z.string(), z.unknown());
type Row = z.infer<typeof rowOf>;

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const pem = { type: 'pkcs8', format: 'pem' } as const;
const publicPem = { type: 'spki', format: 'pem' } as const;
const rsa = { modulusLength: 2048, publicKeyEncoding: publicPem, privateKeyEncoding: pem };
const keys = {
  org: generateKeyPairSync('rsa', rsa),
  app: generateKeyPairSync('rsa', rsa),
  agent: generateKeyPairSync('ed25519', { publicKeyEncoding: publicPem, privateKeyEncoding: pem }),
};
const orgId = '00D5g000004GANg';
const integrationUser = 'gangway.agent@nordkap.example';

export interface HouseOptions {
  readonly org?: Partial<SalesforceSimulatorOptions>;
  /** Settings below agent.orgs[0].salesforce. */
  readonly salesforce?: Readonly<Record<string, unknown>>;
  readonly outbox?: Readonly<Record<string, number>>;
  /** Another way to the simulated SAP than its own address. */
  readonly sapUrl?: (url: string) => Promise<string>;
  /** Speaks to SAP through the node-rfc addon, on the stand-in of SAP's library in this folder. */
  readonly rfcLibraries?: string;
  /** Settings below sap. */
  readonly sap?: Readonly<Record<string, unknown>>;
  /** Settings below agent. */
  readonly agent?: Readonly<Record<string, unknown>>;
  /** SAP sends IDocs to the agent, and the agent asks the pack for the rest; these message types, all that there are where absent. */
  readonly changes?: { readonly messageTypes?: Readonly<Record<string, object>> };
  /** A port that a relay will listen on; without it there is none. */
  readonly relayPort?: number;
}

type OpenedOptions = HouseOptions & { readonly idocPort: number | undefined };

export interface AgentChanges {
  /** Name of its journal; its own name when absent. */
  readonly journal?: string;
  /** What tests call this process, where two have one id. */
  readonly name?: string;
  /** A module that is loaded before the agent's own. */
  readonly preload?: string;
}

export class House {
  readonly sap: SapSimulator;
  readonly org: SalesforceSimulator;
  readonly folder: string;
  readonly #sapUrl: string;
  #options: OpenedOptions;
  readonly #programs = new Map<string, ChildProcess>();

  private constructor(
    { sap, org }: { readonly sap: SapSimulator; readonly org: SalesforceSimulator },
    sapUrl: string,
    folder: string,
    options: OpenedOptions,
  ) {
    this.sap = sap;
    this.org = org;
    this.#sapUrl = sapUrl;
    this.folder = folder;
    this.#options = options;
  }

  static async open(options: HouseOptions = {}): Promise<House> {
    const folder = mkdtempSync(join(tmpdir(), 'gangway-house-'));
    const idocPort = options.changes === undefined ? undefined : await freePort();
    const sap = await startSapSimulator({
      rfc: options.rfcLibraries !== undefined,
      ...(idocPort === undefined ? {} : { idocs: sending(idocPort, options.changes?.messageTypes) }),
    });
    const org = await startSalesforceSimulator({
      relayUrl: `http://127.0.0.1:${options.relayPort ?? 9}`,
      audience,
      orgId,
      privateKey: keys.org.privateKey,
      connectedApps: [{ clientId: 'agent', certificate: keys.app.publicKey, usernames: [integrationUser] }],
      dailyApiRequests: 10_000_000,
      automaticCreation: true,
      ...options.org,
    });
    return new House({ sap, org }, (await options.sapUrl?.(sap.url)) ?? sap.url, folder, { ...options, idocPort });
  }

  /** Other settings for what is started from now on. */
  settle(options: Pick<HouseOptions, 'sap' | 'agent' | 'salesforce'>): void {
    this.#options = { ...this.#options, ...options };
  }

  /** Starts an agent. */
  startAgent(id = 'agent-1', changes: AgentChanges = {}): void {
    const name = changes.name ?? id;
    const file = this.agentFile(id, changes.journal ?? name, { name });
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const preload = changes.preload === undefined ? [] : ['--import', changes.preload];
    const args = [...preload, main, 'agent', '--config', file];
    this.#programs.set(name, spawn(process.execPath, args, { stdio: ['ignore', log, log], env: this.#environment }));
    closeSync(log);
  }

  /** Starts a relay on `relayPort`; resolves when an agent answers through it. */
  async startRelay(): Promise<void> {
    const { relayPort = 0 } = this.#options;
    const systems = ['ERPCLNT100'];
    const relay = {
      publicUrl: audience,
      listen: { port: relayPort },
      orgs: [{ id: orgId, certificates: [this.write('org.pem', keys.org.publicKey)], systems }],
      agents: ['agent-1', 'agent-2'].map((id) => ({
        id,
        publicKeyFile: this.write('agent-public.pem', keys.agent.publicKey),
        orgs: [orgId],
        systems,
      })),
    };
    const file = this.write('relay.yaml', stringify({ relay, log: { level: 'error' } }));
    this.#programs.set('relay', spawn(process.execPath, [main, 'relay', '--config', file], { stdio: 'ignore' }));
    await until(
      () => fetch(`http://127.0.0.1:${relayPort}/health/ready`).catch(() => undefined),
      (answer) => answer?.ok === true,
    );
  }

  /** A controller of the package, called as the page of a rep calls it. */
  async apex(method: string, parameters: object): Promise<Row> {
    const response = await fetch(`${this.org.url}/api/apex/${method.replace('.', '/')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    return rowOf.parse(await response.json());
  }

  /** `gangway` with the agent's own configuration. */
  async gangway(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    return this.gangwayBeside('agent-1', ...args);
  }

  /** `gangway` with the configuration of an operator beside this agent: another journal, the agent's changes. */
  async gangwayBeside(
    agent: string,
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const file = this.agentFile('operator', 'operator', { changesOf: agent });
    const child = spawn(process.execPath, [main, ...args, '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#environment,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const [code]: unknown[] = await once(child, 'close');
    return { code: typeof code === 'number' ? code : null, output };
  }

  get #environment(): NodeJS.ProcessEnv {
    const { rfcLibraries } = this.#options;
    return rfcLibraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: rfcLibraries };
  }

  /** The configuration of an agent, as a file. */
  agentFile(
    id: string,
    journal: string,
    { name = id, changesOf }: { readonly name?: string; readonly changesOf?: string } = {},
  ): string {
    const { relayPort, salesforce, outbox } = this.#options;
    const certificates = [this.write('org.pem', keys.org.publicKey)];
    const intoOrg = {
      loginUrl: this.org.url,
      clientId: 'agent',
      username: integrationUser,
      privateKeyFile: this.write('app.pem', keys.app.privateKey),
      pubSub: this.org.pubSubUrl,
      pollSeconds: 2,
      ...salesforce,
    };
    const relays = relayPort === undefined ? {} : { relays: [`ws://127.0.0.1:${relayPort}`], publicUrl: audience };
    const agent = {
      id,
      privateKeyFile: this.write('agent.pem', keys.agent.privateKey),
      ...relays,
      orgs: [{ id: orgId, certificates, systems: ['ERPCLNT100'], salesforce: intoOrg }],
      journalFile: join(this.folder, `${journal}.sqlite`),
      ...(changesOf === undefined ? {} : { changesFile: join(this.folder, `${changesOf}.changes.sqlite`) }),
      pauseFile: join(this.folder, 'pause'),
      ...(outbox === undefined ? {} : { outbox }),
      ...this.#options.agent,
    };
    const { rfc } = this.sap;
    const way =
      rfc === undefined
        ? { url: this.#sapUrl }
        : { driver: 'node-rfc', rfc: { host: rfc.host, systemNumber: rfc.systemNumber } };
    const sap = {
      system: 'ERPCLNT100',
      ...way,
      client: '100',
      user: 'GANGWAY',
      passwordFile: this.write('password', 'Gangway-Sim-1'),
      timeZone: 'UTC',
      // The budget has tests of its own; here it would only make waiting longer.
      governor: { callsPerMinute: 1_000_000, waiting: 10_000 },
      ...(this.#options.idocPort === undefined ? {} : taking(this.#options.idocPort)),
      ...this.#options.sap,
    };
    return this.write(`${name}.yaml`, stringify({ agent, sap, log: { level: 'info' } }));
  }

  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text, { mode: 0o600 });
    return join(this.folder, name);
  }

  /** Its process, to look at what it costs. */
  pid(name = 'agent-1'): number {
    return this.#programs.get(name)?.pid ?? 0;
  }

  /** What a program has said so far. */
  words(name = 'agent-1'): string {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8');
  }

  /** SIGKILL: no handler runs, nothing is flushed. Resolves when the process is gone. */
  async kill(name = 'agent-1', signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const child = this.#programs.get(name);
    this.#programs.delete(name);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  /** SIGHUP: an operator has corrected something. SIGSTOP and SIGCONT: what a paused virtual machine does to a process. SIGUSR2: see faults/jumping-clock.mjs. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2' | 'SIGHUP', name = 'agent-1'): void {
    this.#programs.get(name)?.kill(signal);
  }

  /** Changes the org's records as a person would: one transaction, with everything that is triggered. */
  change(work: (transaction: ReturnType<SalesforceSimulator['org']['store']['begin']>) => void): void {
    const person = this.org.org.users.find((user) => user.sees === 'all' && user.username !== integrationUser);
    const transaction = this.org.org.store.begin(person?.id ?? '');
    work(transaction);
    transaction.commit();
  }

  account(id: string): Row {
    return this.org.org.store.find('Account', id) ?? {};
  }

  /** Requests of an Account, oldest first. */
  requests(accountId: string): readonly Row[] {
    return this.org.org.store.rows('SAP_Request__c').filter((row) => row['Account__c'] === accountId);
  }

  /** Waits until the Account's number is there; resolves with it. */
  async numberOf(accountId: string): Promise<string> {
    const account = await until(
      () => Promise.resolve({ ...this.account(accountId), requests: this.requests(accountId).map(briefly) }),
      (row) => typeof (row as Row)['SAP_Customer_Number__c'] === 'string',
    );
    return String((account as Row)['SAP_Customer_Number__c']);
  }

  /** Waits until a request of the Account has that status; resolves with it. */
  async request(accountId: string, status: string, kind = 'customer.create'): Promise<Row> {
    const isIt = (row: Row): boolean => row['Operation__c'] === kind && row['Status__c'] === status;
    const found = await until(
      () => Promise.resolve(this.requests(accountId)),
      (rows) => rows.some(isIt),
    );
    return found.find(isIt) ?? {};
  }

  async customersNamed(name: string): Promise<readonly Record<string, string>[]> {
    return (await readTable(this.sap.url, 'KNA1')).filter((row) => row['NAME1'] === name);
  }

  /** Ends every agent, however stopped it is. */
  async killAll(): Promise<void> {
    for (const name of [...this.#programs.keys()]) {
      this.signal('SIGCONT', name);
      await this.kill(name);
    }
  }

  async close(): Promise<void> {
    await this.killAll();
    await this.org.close();
    await this.sap.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** What SAP's side of the IDoc port is told: change pointers are read twice a second. */
const sending = (port: number, messageTypes: Readonly<Record<string, object>> = {}) => ({
  ports: { GANGWAY: { kind: 'http' as const, url: `http://127.0.0.1:${port}/idocs` } },
  messageTypes: {
    DEBMAS: {},
    ADRMAS: {},
    MATMAS: {},
    ORDRSP: {},
    DESADV: {},
    INVOIC: {},
    ...messageTypes,
  },
  jobIntervalMs: 500,
  resendByJob: true,
});

/** What the agent's side of it is told. */
const taking = (port: number): object => ({ idocs: { listen: { port } }, changesSince: { pollSeconds: 2 } });

const briefly = (row: Row): string =>
  [row['Name'], row['Operation__c'], row['Status__c'], row['Error_Code__c'], row['What_Happened__c']].join(' ');

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
