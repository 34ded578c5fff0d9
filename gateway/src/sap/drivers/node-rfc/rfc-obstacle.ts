/** What stands between the agent and SAP, in words without hosts, and which setting or transaction is about it. */
import type { RfcConfig } from './rfc-config.ts';

/** What message server, SAProuter and the network layer say, as far as it names the part that failed. */
const obstacles: readonly (readonly [RegExp, string])[] = [
  [
    /^ERROR\s+.*\bgroup\b.*\bnot found\b/im,
    'the message server knows no such logon group or system (sap.rfc.group and sap.rfc.systemId; SMLG)',
  ],
  [
    /\b(invalid|wrong) (route )?password\b/i,
    "the SAProuter refuses the route's password (sap.rfc.routerFile; saprouttab)",
  ],
  [
    /\broute permission denied\b/i,
    'the SAProuter does not permit this route (sap.rfc.routerFile, host and system number; saprouttab)',
  ],
  [
    /\bSNC\b|\bGSS-?API\b/i,
    'SNC could not be agreed on (sap.rfc.snc.partnerName, the PSE of the agent; SNC0, STRUST, snc/enable)',
  ],
  [
    /\b(hostname|service) .*\bunknown\b/i,
    'a host or service name is not known to this machine (sap.rfc; name server, services file)',
  ],
  [/\bnot reached\b/i, 'nobody listens there (host and system number or service in sap.rfc; firewall)'],
];

/** Undefined where the library's text names no part. */
export function obstacleIn(message: string): string | undefined {
  return obstacles.find(([pattern]) => pattern.test(message))?.[1];
}

/** Who keeps silent when a logon is not answered. */
export function silentPartner({ rfc }: Pick<RfcConfig, 'rfc'>): string {
  const server =
    rfc.target.kind === 'message-server'
      ? 'the message server or the application server it named (sap.rfc.messageServer; SMMS, SMGW)'
      : "the application server's gateway (sap.rfc.host; SMGW)";
  const silent = rfc.router === undefined ? server : `the SAProuter (sap.rfc.routerFile) or, behind it, ${server}`;
  return `the logon is not answered by ${silent}`;
}
