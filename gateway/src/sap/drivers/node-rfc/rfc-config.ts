/** What the RFC driver needs to know about one SAP client, and how the SDK wants to hear it. */
import type { RfcDestination, RfcRuntime } from '../../sap-settings.ts';
import type { RfcConnectionParameters } from './rfc-addon.ts';

export interface RfcConfig {
  readonly rfc: RfcDestination;
  readonly sapClient: string;
  /** The logon language, ISO 639: SAP answers with texts in it. */
  readonly language: string;
  /** Absent with SNC, where the certificate names the user. */
  readonly user?: string | undefined;
  /** Read anew for every logon, so that a rotated secret needs no restart. */
  readonly password?: (() => string) | undefined;
  readonly maxConnections: number;
  /** Calls waiting for a connection at most; by default eight per connection, about what a deadline leaves time for. */
  readonly maxWaiting?: number | undefined;
  readonly runtime?: RfcRuntime | undefined;
}

/** What a process without settings has. */
export const plainRuntime: RfcRuntime = {
  platform: process.platform,
  arch: process.arch,
  libraryFolders: [],
  // Of libuv's four, two are left for files and names looked up.
  threads: 2,
};

/** Each connection occupies a thread while it works, so there are never more than the process can spare. */
export function connectionLimit(config: RfcConfig): number {
  const { threads } = config.runtime ?? plainRuntime;
  return Math.min(config.maxConnections, threads);
}

/** The parameters of one logon; they hold secrets and are handed to the addon only. */
export function connectionParameters(config: RfcConfig): RfcConnectionParameters {
  const { user, password, rfc } = config;
  const parameters: Record<string, string | undefined> = {
    ...targetOf(rfc.target),
    saprouter: rfc.router,
    client: config.sapClient,
    lang: config.language.toUpperCase(),
    user,
    passwd: password?.(),
    ...sncOf(rfc.snc),
    // The SDK's traces would hold what customers' data is made of.
    trace: '0',
  };
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function targetOf(target: RfcDestination['target']): Record<string, string | undefined> {
  if (target.kind === 'application-server') return { ashost: target.host, sysnr: target.systemNumber };
  return { mshost: target.host, msserv: target.service, r3name: target.systemId, group: target.group };
}

function sncOf(snc: RfcDestination['snc']): Record<string, string | undefined> {
  if (snc === undefined) return {};
  return {
    snc_mode: '1',
    snc_partnername: snc.partnerName,
    snc_myname: snc.ownName,
    snc_qop: snc.quality,
    snc_lib: snc.library,
  };
}
