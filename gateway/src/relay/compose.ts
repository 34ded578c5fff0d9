/** From a configuration to a relay's settings and parts. */
import { readText, secretFrom } from '../config/index.ts';
import type { RelayConfig } from '../config/index.ts';
import { GatewayError } from '../errors/index.ts';
import type { RegisteredOrg } from '../org-token/index.ts';
import { createLog, createMetrics } from '../telemetry/index.ts';
import { systemClock } from '../timing/index.ts';
import type { RegisteredAgent, RelayHandle, RelayParts, RelaySettings } from './settings.ts';
import { startRelay } from './start-relay.ts';

/** Starts the relay that a configuration describes; certificates and public keys are read here. */
export function composeRelay({ relay, log }: RelayConfig): Promise<RelayHandle> {
  const parts: RelayParts = {
    clock: systemClock,
    log: createLog('relay', log),
    metrics: createMetrics('relay', { withProcess: true }).registry,
  };
  return startRelay(toRelaySettings(relay), parts).catch((cause: unknown) => {
    throw toListenFailure(cause, relay.listen);
  });
}

/** What the operating system says about an address becomes a failure with a next step; anything else stays. */
function toListenFailure(cause: unknown, { host, port }: RelayConfig['relay']['listen']): unknown {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) return cause;
  return new GatewayError('LISTEN_FAILED', { address: `${host}:${port}`, reason: code }, cause);
}

/** The settings of a relay; throws SECRET_MISSING for a file that cannot be read. */
export function toRelaySettings(relay: RelayConfig['relay']): RelaySettings {
  const { host, port, tls } = relay.listen;
  return {
    listen: { host, port, ...(tls === undefined ? {} : { tls: toTls(tls) }) },
    audience: relay.publicUrl,
    orgs: readOrgs(relay.orgs),
    agents: relay.agents.map(toAgent),
    limits: relay.limits,
  };
}

/** The trusted orgs with their certificates as they are on disk now. */
export function readOrgs(orgs: RelayConfig['relay']['orgs']): readonly RegisteredOrg[] {
  return orgs.map(({ id, certificates, systems }, index) => ({
    id,
    certificates: certificates.map((file) => readText(`relay.orgs[${index}].certificates`, file)),
    systems,
  }));
}

function toTls(tls: NonNullable<RelayConfig['relay']['listen']['tls']>): NonNullable<RelaySettings['listen']['tls']> {
  return {
    certificate: () => readText('relay.listen.tls.certificateFile', tls.certificateFile),
    privateKey: secretFrom('relay.listen.tls.privateKeyFile', tls.privateKeyFile),
  };
}

function toAgent(
  { id, publicKeyFile, orgs, systems }: RelayConfig['relay']['agents'][number],
  index: number,
): RegisteredAgent {
  return { id, publicKey: readText(`relay.agents[${index}].publicKeyFile`, publicKeyFile), orgs, systems };
}
