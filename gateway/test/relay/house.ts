/** A relay, agents and an org for tests: real sockets, real keys, an executor that does what the test says. */
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { Registry } from 'prom-client';
import { startAgent } from '../../src/agent/index.ts';
import type { AgentHandle, AgentSettings, Call, Executor, Reply } from '../../src/agent/index.ts';
import { orgId, sapSystemId } from '../../src/model/index.ts';
import type { OrgId, SapSystemId } from '../../src/model/index.ts';
import type { SapServices } from '../../src/ports/index.ts';
import type { RegisteredOrg } from '../../src/org-token/index.ts';
import { startRelay } from '../../src/relay/index.ts';
import type { RelayHandle, RelaySettings } from '../../src/relay/index.ts';
import { silentLog as log } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { makeCertificate } from './certificates.ts';
import type { TestKey } from './certificates.ts';

export const audience = 'https://relay.test';
export const org: OrgId = orgId.parse('00D5g000004GANG');
export const otherOrg: OrgId = orgId.parse('00D5g000004OTHR');
export const system: SapSystemId = sapSystemId.parse('ERPCLNT100');
export const otherSystem: SapSystemId = sapSystemId.parse('ERPCLNT200');

// RSA keys cost a second each; one set serves a whole test file.
export const orgKey: TestKey = makeCertificate();
export const registeredOrg: RegisteredOrg = { id: org, certificates: [orgKey.certificate], systems: [system] };

/** An Ed25519 key pair as PEM texts. */
export function makeAgentKey(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
export const agentKey = makeAgentKey();

/** A clock on which everything happens `factor` times as fast, so that no test waits for a heartbeat. */
export function fastClock(factor: number): Clock {
  return {
    ...systemClock,
    monotonic: () => systemClock.monotonic() * factor,
    after: (delayMs, work) => systemClock.after(delayMs / factor, work),
  };
}

export interface TokenChanges {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: TestKey['privateKey'];
}

/** A token as Salesforce sends it, with changes. */
export function makeToken({ claims = {}, header = {}, key = orgKey.privateKey }: TokenChanges = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: org, aud: audience, sub: 'rep@example.com', iat: now, nbf: now, exp: now + 120, ...claims })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);
}

/** An executor that runs `work` for each call and remembers the calls. */
export function executorOf(work: (call: Call) => Promise<Reply> | Reply): Executor & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    execute: async (call) => {
      calls.push(call);
      return work(call);
    },
    drain: () => Promise.resolve(),
  };
}

/** Answers with what it was asked. */
export const echo = (call: Call): Reply => ({
  status: 200,
  body: { operation: call.operation, params: call.params, query: call.query, body: call.body ?? null, user: call.user },
});

/** Starts things and closes all of them in `close`, newest first. */
export class House {
  readonly #open: { close(): Promise<void> }[] = [];

  async relay(changes: Partial<RelaySettings> = {}, clock: Clock = systemClock): Promise<RelayHandle> {
    const relay = await startRelay(
      {
        listen: { host: '127.0.0.1', port: 0 },
        audience,
        orgs: [registeredOrg],
        agents: [{ id: 'agent-1', publicKey: agentKey.publicKey, orgs: [org], systems: [system] }],
        ...changes,
      },
      { clock, log, metrics: new Registry() },
    );
    this.#open.push(relay);
    return relay;
  }

  agent(
    relays: readonly string[],
    executor: Executor,
    changes: Partial<AgentSettings> = {},
    clock: Clock = systemClock,
    services?: ReadonlyMap<SapSystemId, SapServices>,
  ): AgentHandle {
    const agent = startAgent(
      {
        id: 'agent-1',
        privateKey: () => agentKey.privateKey,
        relays: relays.map((url) => url.replace(/^http/, 'ws')),
        audience,
        orgs: [registeredOrg],
        systems: [system],
        signedWrites: 'optional',
        concurrency: { calls: 4, waiting: 8 },
        ...changes,
      },
      executor,
      { clock, log, services },
    );
    this.#open.push(agent);
    return agent;
  }

  /** Closed with everything else. */
  keep<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
    this.#open.push(thing);
    return thing;
  }

  async close(): Promise<void> {
    for (const thing of this.#open.splice(0).reverse()) await thing.close();
  }
}
