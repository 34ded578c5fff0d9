/** What the listener for IDocs grants a sender, each limit with its reason. */

export interface HttpLimits {
  /** Between two pieces of a document; SAP sends as fast as the line, unless it has died. */
  readonly idleMs: number;
  /** A sender may keep us waiting so long in all ... */
  readonly patienceMs: number;
  /** ... and longer only as it brings so many bytes in each millisecond of it (16 KB a second, an old leased line). */
  readonly bytesPerMs: number;
  /** Documents that wait for a place; each holds a connection of SAP's, and no memory to speak of. */
  readonly waiting: number;
  /** SAP waits minutes for an answer; half a minute leaves time to read the document itself. */
  readonly placeMs: number;
  /** The rest of a refused document is read and dropped for so long: SAP sees the answer instead of a broken line. */
  readonly discardMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  idleMs: 30_000,
  patienceMs: 60_000,
  bytesPerMs: 16,
  waiting: 64,
  placeMs: 30_000,
  discardMs: 10_000,
};

/**
 * Against clients that are slow before their document: headers within 10 s and 16 KB. The whole of a document may take an
 * hour, which is more than the largest (16 GB) needs in any LAN.
 */
export const serverOptions = {
  headersTimeout: 10_000,
  requestTimeout: 3_600_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  connectionsCheckingInterval: 5_000,
};
/** SAP opens one per work process that sends. */
export const maxConnections = 256;
