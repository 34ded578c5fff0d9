/** What `gangway check` says of the certificates by which the agent knows the orgs. */
import { X509Certificate } from 'node:crypto';
import { GatewayError } from '../errors/index.ts';
import type { RegisteredOrg } from '../org-token/index.ts';
import type { Clock } from '../timing/index.ts';
import { warning } from './check-result.ts';
import type { Check, Finding } from './check-result.ts';

/** Long enough to make a certificate, upload it, and roll it out to each agent. */
const soonMs = 30 * 86_400_000;

/** One check for each org. */
export function orgChecks(orgs: readonly RegisteredOrg[], clock: Clock): readonly Check[] {
  return orgs.map(({ id, certificates }) => ({
    name: `org ${id}`,
    run: async () => describeCertificates(certificates, clock.now()),
  }));
}

/** One valid certificate is enough: two stand side by side while keys are rotated. */
function describeCertificates(pems: readonly string[], nowMs: number): string | Finding {
  const certificates = pems.flatMap((pem) => (pem.includes('BEGIN CERTIFICATE') ? [readCertificate(pem)] : []));
  if (certificates.length < pems.length || certificates.length === 0) return 'a public key without an end date';
  const begun = certificates.filter(({ validFromDate }) => validFromDate.getTime() <= nowMs);
  const begins = certificates.map(({ validFromDate }) => validFromDate.getTime());
  if (begun.length === 0)
    throw invalid(`the certificate registered here is valid only from ${day(Math.min(...begins))}`);
  const end = Math.max(...begun.map(({ validToDate }) => validToDate.getTime()));
  if (end <= nowMs) throw invalid(`the certificate registered here ended on ${day(end)}`);
  if (end - nowMs >= soonMs) return `certificate valid until ${day(end)}`;
  const advice =
    'The Salesforce admin makes a new one in Setup > Certificate and Key Management; the operator adds its file to agent.orgs beside the old one (docs/operations/rotate-keys.md).';
  return warning(
    `the certificate registered here ends on ${day(end)}`,
    'salesforce-admin',
    advice,
    'ORG_TOKEN_INVALID',
  );
}

const invalid = (reason: string): GatewayError => new GatewayError('ORG_TOKEN_INVALID', { reason });
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new GatewayError('CONFIG_INVALID', { problems: 'a certificate cannot be read' }, cause);
  }
}
