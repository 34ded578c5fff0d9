/** Decides whether a connecting agent is who it says, and whether its key allows the orgs and systems it claims. */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import { GatewayError } from '../errors/index.ts';
import { proofLifetimeSeconds } from '../protocol/index.ts';
import type { Hello } from '../protocol/index.ts';
import type { Clock } from '../timing/index.ts';
import type { RegisteredAgent } from './settings.ts';

/** Clocks of agent and relay differ by this much at most. */
const clockSkewSeconds = 60;

export interface AgentAuthenticator {
  /** Throws AGENT_CREDENTIAL_REFUSED; `reason` in the context is for the relay's log, never for the wire. */
  authenticate(hello: Hello, nonce: string): Promise<void>;
}

/** An authenticator for the registered agents; throws CONFIG_INVALID for a key that is not Ed25519. */
export function createAgentAuthenticator(
  agents: readonly RegisteredAgent[],
  audience: string,
  clock: Clock,
): AgentAuthenticator {
  const registered = new Map(agents.map((agent) => [agent.id, { agent, key: readPublicKey(agent) }]));
  return {
    authenticate: async (hello, nonce) => {
      const known = registered.get(hello.agent);
      if (known === undefined) throw refused('unknown agent');
      await verifyProof(hello, known.key, { nonce, audience, clock });
      checkReach(hello, known.agent);
    },
  };
}

const refused = (reason: string, cause?: unknown): GatewayError =>
  new GatewayError('AGENT_CREDENTIAL_REFUSED', { reason }, cause);

function readPublicKey(agent: RegisteredAgent): KeyObject {
  const key = parsePublicKey(agent);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new GatewayError('CONFIG_INVALID', { problems: `the key of agent ${agent.id} is not Ed25519` });
}

function parsePublicKey(agent: RegisteredAgent): KeyObject {
  try {
    return createPublicKey(agent.publicKey);
  } catch (cause) {
    throw new GatewayError('CONFIG_INVALID', { problems: `the key of agent ${agent.id} cannot be read` }, cause);
  }
}

interface Expected {
  readonly nonce: string;
  readonly audience: string;
  readonly clock: Clock;
}

async function verifyProof(hello: Hello, key: KeyObject, expected: Expected): Promise<void> {
  const { payload } = await jwtVerify(hello.proof, key, {
    algorithms: ['EdDSA'],
    audience: expected.audience,
    issuer: hello.agent,
    clockTolerance: clockSkewSeconds,
    currentDate: new Date(expected.clock.now()),
    maxTokenAge: proofLifetimeSeconds,
    requiredClaims: ['exp', 'iat', 'nonce'],
  }).catch((cause: unknown) => {
    throw refused('proof is not valid', cause);
  });
  // The nonce is ours and fresh: a proof overheard elsewhere or earlier does not fit.
  if (payload['nonce'] !== expected.nonce) throw refused('proof answers another challenge');
}

function checkReach(hello: Hello, agent: RegisteredAgent): void {
  if (hello.orgs.length === 0 || hello.systems.length === 0) throw refused('claims no org or no SAP system');
  const orgs = new Set(agent.orgs);
  const systems = new Set(agent.systems);
  if (!hello.orgs.every((org) => orgs.has(org))) throw refused('claims an org that its key may not serve');
  if (!hello.systems.every((system) => systems.has(system))) throw refused('claims a SAP system not granted');
}
