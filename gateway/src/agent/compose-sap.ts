/** From the configuration of an SAP system to the opened system; cross-checks have made sure that all of it is there. */
import { rfcRuntime, secretFrom } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { GatewayError } from '../errors/index.ts';
import type { OpenedSap } from '../ports/index.ts';
import { openSap } from '../sap/index.ts';
import type { RfcDestination, SapSettings } from '../sap/index.ts';
import { systemClock } from '../timing/index.ts';

type SapConfig = AgentConfig['sap'];

/** The SAP system that a configuration describes; nothing is sent to it yet. */
export function openSapSystem(sap: SapConfig): OpenedSap {
  return openSap(toSapSettings(sap), systemClock);
}

/** Throws CONFIG_INVALID for what the cross-checks would not have let through. */
export function toSapSettings(sap: SapConfig): SapSettings {
  const { client, driver, passwordFile, url, rfc, user, idocs, changesSince, ...rest } = sap;
  const { folder, senders, receiver, addresses, currencies, units, realAmounts } = idocs ?? {};
  const common = {
    ...rest,
    sapClient: client,
    idocs: { senders, receiver, encoding: folder?.encoding, addresses, currencies, units, realAmounts },
    changeKinds: changesSince?.kinds,
  };
  const password = passwordFile === undefined ? undefined : secretFrom('sap.passwordFile', passwordFile);
  if (driver === 'node-rfc')
    return { ...common, driver, rfc: toDestination(rfc), user, password, runtime: rfcRuntime() };
  if (url === undefined || user === undefined || password === undefined) throw incomplete('sap.url');
  return { ...common, driver, url, user, password };
}

function toDestination(rfc: SapConfig['rfc']): RfcDestination {
  if (rfc === undefined) throw incomplete('sap.rfc');
  const { routerFile, snc } = rfc;
  const router = routerFile === undefined ? undefined : secretFrom('sap.rfc.routerFile', routerFile)().trim();
  return { target: toTarget(rfc), router, snc };
}

function toTarget(rfc: NonNullable<SapConfig['rfc']>): RfcDestination['target'] {
  const { host, systemNumber, messageServer, messageServerService, systemId, group } = rfc;
  if (messageServer !== undefined && systemId !== undefined)
    return { kind: 'message-server', host: messageServer, service: messageServerService, systemId, group };
  if (host === undefined || systemNumber === undefined) throw incomplete('sap.rfc.host');
  return { kind: 'application-server', host, systemNumber };
}

const incomplete = (setting: string): GatewayError =>
  new GatewayError('CONFIG_INVALID', { problems: `${setting} is incomplete` });
