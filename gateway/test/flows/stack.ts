/** The whole path on loopback for tests: simulated SAP, agent with a real journal file, relay, and an org's signed calls. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { startSapSimulator } from '../../simulator/sap/index.ts';
import type { Fault, SapSimulatorOptions } from '../../simulator/sap/index.ts';
import { createExecutor } from '../../src/agent/execute/index.ts';
import type { ExecutePolicy } from '../../src/agent/execute/index.ts';
import { startAgent } from '../../src/agent/index.ts';
import { openJournal } from '../../src/journal/index.ts';
import { textToSign } from '../../src/org-token/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import { startRelay } from '../../src/relay/index.ts';
import type { RelayHandle } from '../../src/relay/index.ts';
import { openSap } from '../../src/sap/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { settingsFor } from '../sap/fakes/simulated-sap-settings.ts';

export const audience = 'https://relay.test';
export const org = orgId.parse('00D5g000004GANg');
export const system = sapSystemId.parse('ERPCLNT100');
const orgKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const orgPublicKey = orgKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const agentKeys = generateKeyPairSync('ed25519');
const orgs = [{ id: org, certificates: [orgPublicKey], systems: [system] }];

/** What tests look at in an answer, whichever it is; the rest stays unknown. */
const answerBody = z.looseObject({
  state: z.string().optional(),
  code: z.string().optional(),
  customer: z.object({ system: z.string(), number: z.string() }).nullish(),
  problem: z.looseObject({ code: z.string() }).nullish(),
  sapMessages: z.array(z.looseObject({ text: z.string() })).optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export interface Answer {
  readonly status: number;
  readonly body: z.infer<typeof answerBody>;
}

const tableRows = z.array(z.record(z.string(), z.string()));
const tableAnswer = z.union([tableRows, z.object({ rows: tableRows }).transform(({ rows }) => rows)]);

export interface Stack {
  readonly relay: RelayHandle;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Rows of a table as the simulated SAP holds them now. */
  table(name: string): Promise<readonly Record<string, string>[]>;
  callsOf(functionName: string): Promise<number>;
  breakSap(fault: Fault): void;
  mendSap(): void;
  restartRelay(): Promise<void>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly key?: string;
  readonly deadlineMs?: number;
}

/** Quick waits: these tests break things on purpose and want to see them heal within a second. */
const impatient: Partial<ExecutePolicy> = {
  lookUpWaits: { firstMs: 20, maxMs: 100 },
  retryWaits: { firstMs: 20, maxMs: 100 },
};

export function signToken(claims: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: org, sub: '0055g00000AbCdE', aud: audience, iat: now, nbf: now, exp: now + 120, ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .sign(orgKeys.privateKey);
}

export function relaySettings(port: number) {
  return {
    listen: { host: '127.0.0.1', port },
    audience,
    orgs,
    agents: [
      {
        id: 'agent-1',
        publicKey: agentKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        orgs: [org],
        systems: [system],
      },
    ],
    limits: { callsPerSecond: 10_000 },
  };
}

const startTestRelay = (port = 0): Promise<RelayHandle> =>
  startRelay(relaySettings(port), { clock: systemClock, log: silentLog, metrics: new Registry() });

/** Starts everything; close() ends everything. */
export async function startStack(options: SapSimulatorOptions = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-flow-'));
  const simulator = await startSapSimulator(options);
  let relay = await startTestRelay();
  const { system: sap } = openSap(
    {
      ...settingsFor(simulator),
      system,
    },
    systemClock,
  );
  const journal = await openJournal({ file: join(folder, 'journal.sqlite') }, { clock: systemClock, log: silentLog });
  const executor = createExecutor({
    sap: new Map([[system, sap]]),
    journal,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics('agent'),
    policy: impatient,
  });
  const agent = startAgent(
    {
      id: 'agent-1',
      privateKey: () => agentKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      relays: [relay.url.replace('http', 'ws')],
      audience,
      orgs,
      systems: [system],
      signedWrites: 'required',
      concurrency: { calls: 8, waiting: 100 },
    },
    executor,
    { clock: systemClock, log: silentLog },
  );
  await agent.ready();

  return {
    get relay() {
      return relay;
    },
    call: (method, path, callOptions = {}) => callRelay(relay.url, method, path, callOptions),
    table: async (name) => readTable(simulator.url, name),
    callsOf: async (name) => countCalls(simulator.url, name),
    breakSap: (fault) => void simulator.addFault(fault),
    mendSap: () => simulator.clearFaults(),
    restartRelay: async () => {
      const { port } = relay;
      await relay.close();
      relay = await startTestRelay(port);
      const { url } = relay;
      await until(
        () => fetch(`${url}/health/ready`),
        (answer) => answer.ok,
      );
    },
    close: async () => {
      simulator.clearFaults();
      await agent.drain(2_000);
      await relay.close();
      await journal.close();
      await sap.close();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Rows of a table of the simulated SAP at `url`. */
export async function readTable(url: string, name: string): Promise<readonly Record<string, string>[]> {
  return tableAnswer.parse(await (await fetch(`${url}/simulator/tables/${name}`)).json());
}

/** How often a function of the simulated SAP at `url` was called. */
export async function countCalls(url: string, functionName: string): Promise<number> {
  return countOf(await (await fetch(`${url}/simulator/calls`)).json(), functionName);
}

/** The org's signature of a write, as its Apex makes it. */
function signatureOf(method: string, path: string, key: string | undefined, body = ''): Record<string, string> {
  if (key === undefined) return {};
  const url = new URL(path, 'http://relay');
  const write = {
    method,
    path: url.pathname,
    system: url.searchParams.get('system') ?? '',
    idempotencyKey: key,
    body: Buffer.from(body),
  };
  const now = Math.floor(Date.now() / 1000);
  const signature = sign('sha256', Buffer.from(textToSign(write, now)), orgKeys.privateKey).toString('base64');
  return { 'x-gangway-signature': `t=${now},s=${signature}` };
}

/** One call as the org makes it. */
export async function callRelay(
  url: string,
  method: string,
  calledPath: string,
  options: CallOptions,
): Promise<Answer> {
  // A write names its SAP system, as the package's Apex always does.
  const path = options.key === undefined ? calledPath : `${calledPath}?system=${system}`;
  const text = options.body === undefined ? undefined : JSON.stringify(options.body);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await signToken()}`,
      ...signatureOf(method, path, options.key, text),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      ...(options.deadlineMs === undefined ? {} : { 'x-deadline-ms': String(options.deadlineMs) }),
    },
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: response.status, body: answerBody.parse(await response.json()) };
}

function countOf(body: unknown, functionName: string): number {
  const text = JSON.stringify(body);
  const found = new RegExp(`"${functionName}":\\{?(?:"calls":)?(\\d+)`).exec(text);
  return Number(found?.[1] ?? 0);
}

/** Nothing here takes longer on the busiest machine; without a limit a failed test would never end. */
const patienceMs = 60_000;

/** Asks until the answer is as wanted; gives up with the last answer in the message. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > giveUpAt) throw new Error(`not within ${patienceMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
