/** The agent's half of the handshake: proves its key, says whom it serves, waits to be welcomed. */
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { WebSocket } from 'ws';
import { GatewayError } from '../errors/index.ts';
import {
  agreeOnVersion,
  challenge,
  nextHandshakeMessage,
  proofLifetimeSeconds,
  readMessage,
  refusal,
  spokenVersions,
  welcome,
} from '../protocol/index.ts';
import type { Clock } from '../timing/index.ts';
import type { AgentSettings } from './settings.ts';

/** Resolves with the version to speak when the relay has accepted this agent; throws the relay's refusal, or what went wrong. */
export async function shakeHands(socket: WebSocket, settings: AgentSettings, clock: Clock): Promise<number> {
  const asked = readMessage(challenge, await nextHandshakeMessage(socket, clock));
  const version = agreeOnVersion(spokenVersions, asked.versions);
  const answered = nextHandshakeMessage(socket, clock);
  const proof = await prove(settings, asked.nonce, clock);
  const { id, orgs, systems } = settings;
  const said = { type: 'hello', versions: spokenVersions, agent: id, orgs: orgs.map((org) => org.id), systems, proof };
  socket.send(JSON.stringify(said));
  const answer = readMessage(welcome.or(refusal), await answered);
  if (answer.type === 'refusal') throw new GatewayError(answer.code);
  // The older of what both worked out: nothing is sent that the other side may not know.
  return Math.min(version, answer.version);
}

function prove(settings: AgentSettings, nonce: string, clock: Clock): Promise<string> {
  const nowSeconds = Math.floor(clock.now() / 1000);
  return new SignJWT({ nonce })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(settings.id)
    .setAudience(settings.audience)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + proofLifetimeSeconds)
    .sign(readPrivateKey(settings));
}

function readPrivateKey(settings: AgentSettings): KeyObject {
  try {
    const key = createPrivateKey(settings.privateKey());
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    // The cause may quote the key.
    throw new GatewayError('SECRET_MISSING', { setting: 'privateKey', reason: errorName(cause) });
  }
  throw new GatewayError('SECRET_MISSING', { setting: 'privateKey', reason: 'not an Ed25519 key' });
}

function errorName(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unreadable';
}
