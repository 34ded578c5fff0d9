/** The org's signature of a write, as the package's Apex makes it (WriteSignature). */
import { createHash } from 'node:crypto';
import type { ApexContext } from './context.ts';
import { signingCertificateOf } from './sap-settings.ts';

/** What of a call is signed. */
export interface WriteToSign {
  readonly method: string;
  readonly path: string;
  /** The SAP system in the query; empty where there is none. */
  readonly system: string;
  readonly idempotencyKey: string;
  readonly body: string;
}

/** The header's value; undefined while the admin has named no certificate. */
export function writeSignature(context: ApexContext, write: WriteToSign): string | undefined {
  const certificate = signingCertificateOf(context.org);
  if (certificate === '') return undefined;
  const seconds = Math.floor(context.org.now() / 1000);
  const digest = createHash('sha256').update(write.body, 'utf8').digest('hex');
  const lines = [`${write.method} ${write.path}`, write.system, write.idempotencyKey, String(seconds), digest];
  const text = `gangway-write-v1\n${lines.join('\n')}`;
  return `t=${seconds},s=${context.signWithCertificate(text, certificate)}`;
}
