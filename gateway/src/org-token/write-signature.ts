/**
 * The signature of one write, made by the org over what it asks for. The org token says who calls, not what for: a
 * relay in wrong hands sees live tokens, and could ask for something else with them. It cannot make this signature.
 */
import { createHash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { GatewayError } from '../errors/index.ts';
import type { Clock } from '../timing/index.ts';

/** What of a write is signed. */
export interface SignedWrite {
  readonly method: string;
  /** Path as called, without query. */
  readonly path: string;
  /** The SAP system the caller named; empty where it named none. */
  readonly system: string;
  readonly idempotencyKey: string;
  readonly body: Buffer | undefined;
}

/** As long as a token may live: an older signature is somebody's recording. */
const maxAgeSeconds = 300;
/** Clocks of Salesforce and ours differ by this much at most. */
const clockSkewSeconds = 60;

/** The text both ends build: version, call, system, key, time, and the body's SHA-256, one per line. */
export function textToSign(write: SignedWrite, signedAtSeconds: number): string {
  const digest = createHash('sha256')
    .update(write.body ?? '')
    .digest('hex');
  const call = `${write.method} ${write.path}`;
  return ['gangway-write-v1', call, write.system, write.idempotencyKey, String(signedAtSeconds), digest].join('\n');
}

/**
 * Checks `t=<epoch seconds>,s=<base64 of RSA-SHA256>` against the org's keys. Throws WRITE_NOT_SIGNED for none, an
 * old one, or one that fits neither key.
 */
export function checkWriteSignature(
  write: SignedWrite,
  header: string | undefined,
  keys: readonly KeyObject[],
  clock: Clock,
): void {
  if (header === undefined) throw notSigned('there is no signature');
  // Unnamed, a relay in wrong hands could choose which of the org's systems it reaches.
  if (write.system === '') throw notSigned('it names no SAP system');
  const [, time, signature] = /^t=(\d{10}),s=([A-Za-z0-9+/]{300,1400}={0,2})$/.exec(header) ?? [];
  if (time === undefined || signature === undefined) throw notSigned('it has another form');
  const ageSeconds = clock.now() / 1000 - Number(time);
  if (ageSeconds > maxAgeSeconds || ageSeconds < -clockSkewSeconds) throw notSigned('it is not of this moment');
  const text = Buffer.from(textToSign(write, Number(time)));
  const bytes = Buffer.from(signature, 'base64');
  if (!keys.some((key) => verify('sha256', text, key, bytes))) throw notSigned('it does not fit what is asked');
}

const notSigned = (reason: string): GatewayError => new GatewayError('WRITE_NOT_SIGNED', { reason });
