/** Ports: the only places where kinds of things are plugged in. */
export type {
  Accepted,
  ChangeQueue,
  ChangeTrace,
  Checkpoint,
  HeldChange,
  PathOrders,
  QueueCounts,
  QueuedChange,
  RefusedArrival,
  RefusedDocument,
  Settlement,
  WaitingRecord,
} from './change-queue.ts';
export type {
  LeaseAnswer,
  MailboxAnswer,
  MailboxOutcome,
  MailboxRequest,
  MailboxVisit,
  OrgBell,
  OrgMailbox,
  OutcomeReceipt,
  UnreadableRequest,
} from './org-mailbox.ts';
export type { OpenedSap } from './opened-sap.ts';
export type { OrgProbe } from './org-probe.ts';
export type {
  IssueWish,
  OrgRecord,
  RecordOutcome,
  RecordSink,
  RecordWrite,
  Refresh,
  SinkAnswer,
  SyncIssue,
  SyncStatus,
} from './record-sink.ts';
export type { Arrival, ByteStream, ChangesPage, SapChanges, StagingHead } from './sap-changes.ts';
export type {
  AbapParameters,
  AbapStructure,
  AbapValue,
  CallOptions,
  SapConnection,
  SapSession,
  SessionOptions,
  Urgency,
} from './sap-connection.ts';
export type { InspectOptions, InterfaceFinding, SapIdentity, SapInspection } from './sap-inspection.ts';
export type { FunctionUsage, LoadGrant, LoadNow, LoadSpan, SapLoad } from './sap-load.ts';
export type { SapServices, ServiceAnswer, ServiceFileProblem, ServiceLookup, ServiceValues } from './sap-services.ts';
export type { KeyedWrite, KeyLookup, PageRequest, SapSystem, WriteKey, Written } from './sap-system.ts';
export type { JournalEntry, WriteIntent, WriteJournal } from './write-journal.ts';
