/** An org as the operator registered it: its id, the certificates it signs with, the SAP systems it may use. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { GatewayError } from '../errors/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';

export interface RegisteredOrg {
  readonly id: OrgId;
  /** PEM text of one or two certificates (or public keys): two while the org changes from one to the next. */
  readonly certificates: readonly string[];
  /** The SAP systems this org may use. */
  readonly systems: readonly SapSystemId[];
}

/** One key an org may sign with, and when. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Two: the one in use and the next. A third would be one that nobody removed. */
const maxCertificates = 2;

/** The keys of a registered org; throws CONFIG_INVALID for what is not an RSA certificate or RSA public key. */
export function toSigningKeys(org: RegisteredOrg): readonly SigningKey[] {
  if (org.certificates.length === 0 || org.certificates.length > maxCertificates) {
    throw new GatewayError('CONFIG_INVALID', { problems: `org ${org.id} needs one or two certificates` });
  }
  return org.certificates.map((pem) => toSigningKey(org.id, pem));
}

function toSigningKey(org: OrgId, pem: string): SigningKey {
  const read = readPem(org, pem);
  if (read.key.asymmetricKeyType !== 'rsa') {
    throw new GatewayError('CONFIG_INVALID', { problems: `org ${org} needs an RSA certificate` });
  }
  return read;
}

function readPem(org: OrgId, pem: string): SigningKey {
  try {
    if (!pem.includes('BEGIN CERTIFICATE')) {
      return { key: createPublicKey(pem), notBeforeMs: -Infinity, notAfterMs: Infinity };
    }
    const certificate = new X509Certificate(pem);
    return {
      key: certificate.publicKey,
      notBeforeMs: certificate.validFromDate.getTime(),
      notAfterMs: certificate.validToDate.getTime(),
    };
  } catch (cause) {
    throw new GatewayError('CONFIG_INVALID', { problems: `a certificate of org ${org} cannot be read` }, cause);
  }
}
