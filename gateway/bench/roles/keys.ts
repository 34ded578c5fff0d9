/** The keys of one bench run: made by the parent, passed to the children as text. */
import { generateKeyPairSync } from 'node:crypto';

export const audience = 'https://relay.bench';
export const orgText = '00D5g000004GANG';
export const systemText = 'ERPCLNT100';
/** Idle agents on one relay. */
export const manyAgents = 1000;

export interface PemKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface BenchKeys {
  readonly org: PemKeyPair;
  readonly agent: PemKeyPair;
}

/** Fresh keys; a bench keeps none. */
export function makeKeys(): BenchKeys {
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;
  return {
    org: generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding }),
    agent: generateKeyPairSync('ed25519', { publicKeyEncoding, privateKeyEncoding }),
  };
}
