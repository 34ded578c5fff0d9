/** The protocol: what relay and agent say to each other. */
export { readAnnouncement, writeAnnouncement } from './announcement.ts';
export type { Announcement, ReadAnnouncement, WrittenAnnouncement } from './announcement.ts';
export { readAnswerHeader, readCallHeader, writeAnswerHeader, writeCallHeader } from './call-header.ts';
export type { AnswerHeader, CallHeader, RawParameters } from './call-header.ts';
export { isOperationName, readInputs } from './call-inputs.ts';
export type { CallInputs, RawInputs } from './call-inputs.ts';
export {
  handshakeTimeoutMs,
  maxAnnouncementBytes,
  maxHandshakeBytes,
  maxIncomingMessageBytes,
  maxServices,
  maxStreams,
  proofLifetimeSeconds,
} from './limits.ts';
export { nextHandshakeMessage } from './handshake-message.ts';
export { challenge, hello, readMessage, refusal, welcome } from './messages.ts';
export type { Challenge, Hello, Refusal, Welcome } from './messages.ts';
export { Session } from './session.ts';
export type { SessionOptions } from './session.ts';
export type { Stream, StreamListener } from './stream.ts';
export { agreeOnVersion, announcesServices, spokenVersions } from './version.ts';
export type { VersionRange } from './version.ts';
