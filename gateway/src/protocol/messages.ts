/** The handshake, as text messages before the first frame; each says who sends it and when. */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { orgId, sapSystemId } from '../model/index.ts';
import { maxHandshakeBytes } from './limits.ts';

const versionRange = z.object({ current: z.int().min(1), oldest: z.int().min(1) });
const reach = { orgs: z.array(orgId).max(500), systems: z.array(sapSystemId).max(50) };

/** Relay to agent, as soon as the socket is open. */
export const challenge = z.object({ type: z.literal('challenge'), versions: versionRange, nonce: z.string().min(32) });
export type Challenge = z.infer<typeof challenge>;

/** Agent to relay: who it is, whom it wants to serve, and the proof that it holds the key. */
export const hello = z.object({
  type: z.literal('hello'),
  versions: versionRange,
  agent: z.string().min(1).max(100),
  ...reach,
  /** A JWT signed with the agent's Ed25519 key: `iss` agent, `aud` the relay's public URL, `nonce`, `iat`, `exp`. */
  proof: z.string().max(2048),
});
export type Hello = z.infer<typeof hello>;

/** Relay to agent: accepted; frames may follow. */
export const welcome = z.object({ type: z.literal('welcome'), version: z.int() });
export type Welcome = z.infer<typeof welcome>;

/** Relay to agent: not accepted; the socket closes. */
export const refusal = z.object({
  type: z.literal('refusal'),
  code: z.enum(['AGENT_CREDENTIAL_REFUSED', 'PROTOCOL_VERSION_UNSUPPORTED', 'PROTOCOL_VIOLATION', 'RELAY_DRAINING']),
});
export type Refusal = z.infer<typeof refusal>;

/** A handshake message of the expected schema; throws PROTOCOL_VIOLATION. */
export function readMessage<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  if (text.length > maxHandshakeBytes) throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'handshake too long' });
  const read = schema.safeParse(parseJson(text));
  if (read.success) return read.data;
  throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'not the expected handshake message' }, read.error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'handshake is not JSON' }, cause);
  }
}
