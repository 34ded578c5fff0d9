/** What the SOAP driver needs to know about one SAP client. */

export interface SoapConfig {
  /** Scheme, host and port of SAP's ICM; a path is only needed behind a proxy that moves the service. */
  readonly url: string;
  readonly sapClient: string;
  /** The logon language, ISO 639: SAP answers with texts in it. */
  readonly language: string;
  readonly user: string;
  /** Read anew for every call, so that a rotated secret needs no restart. */
  readonly password: () => string;
  /** Connections at most, which is dialog work processes at most: SAP's scarcest resource. */
  readonly maxConnections: number;
  /** Calls waiting for a connection at most; by default eight per connection, about what a deadline leaves time for. */
  readonly maxWaiting?: number | undefined;
  /**
   * The largest answer read, in bytes; 64 MB by default: some 40,000 line items, beyond what a person asks for, and
   * little enough not to endanger the process.
   */
  readonly maxAnswerBytes?: number | undefined;
}

const servicePath = '/sap/bc/soap/rfc';

/** Where calls go: the origin for the connection pool, and the path with client and language. */
export function soapAddress(config: SoapConfig): { readonly origin: string; readonly path: string } {
  const url = new URL(config.url);
  const path = url.pathname === '/' ? servicePath : url.pathname;
  const query = new URLSearchParams({ 'sap-client': config.sapClient, 'sap-language': config.language.toUpperCase() });
  return { origin: url.origin, path: `${path}?${query.toString()}` };
}
