/** Sizes and times between relay and agent, each with its reason. */

/** A frame of 16 KB takes 13 ms at 10 Mbit/s: the longest a small answer waits behind one large stream. */
export const maxFrameBytes = 16 * 1024;

/** Frames go out in messages of about this size: fewer WebSocket headers and system calls, little added waiting. */
export const maxMessageBytes = 32 * 1024;

/** No message is longer: what is collected, plus the one frame that crossed the mark. More is a broken peer. */
export const maxIncomingMessageBytes = maxMessageBytes + 2 * maxFrameBytes;

/** Unsent bytes in the socket above which bodies wait here, where streams still take turns. */
export const maxUnsentBytes = 64 * 1024;

/** Bytes of one body on their way at once: 5 MB/s over 50 ms, and the most a stalled reader costs in memory. */
export const streamWindowBytes = 256 * 1024;

/** Calls open on one connection; above it the agent is busier than any SAP behind it can be. */
export const maxStreams = 1024;

/** A quiet link is asked whether it lives; after two questions without any byte it is dead: 8 to 12 s. */
export const heartbeatMs = 4_000;
export const maxMissedHeartbeats = 2;

/** From the accepted socket to the welcome; a TLS handshake over a bad line takes 2 s. */
export const handshakeTimeoutMs = 10_000;

/** The handshake names orgs and systems: 500 of them fit. */
export const maxHandshakeBytes = 16 * 1024;

/** How long a proof of the agent's key is good: it answers a nonce made a moment ago, clocks may differ by a minute. */
export const proofLifetimeSeconds = 120;

/** Services of one SAP system: each is a Flow action that people choose from a list. */
export const maxServices = 200;

/** What an agent announces of one system. A large function described in full takes 20 KB, an ordinary one 3 KB. */
export const maxAnnouncementBytes = 1024 * 1024;
