/** What the queue's two threads say to each other: rows of plain texts, because those travel cheapest. */
import type { DurableFileSettings, Failed } from '../durable-file/index.ts';
import type { OrgId, SapSystemId, SourceDocument } from '../model/index.ts';
import type {
  Accepted,
  ChangeTrace,
  Checkpoint,
  HeldChange,
  QueueCounts,
  Settlement,
  WaitingRecord,
} from '../ports/index.ts';

/** A change for every org that wants it. */
export interface ChangeRow {
  readonly orgs: readonly OrgId[];
  readonly system: string;
  readonly kind: string;
  readonly id: string;
  readonly facet: string;
  readonly order: string;
  /** JSON. */
  readonly fields: string;
  /** JSON. */
  readonly parents: string;
  readonly isRemoved: boolean;
}

export interface DocumentRow {
  readonly source: SourceDocument;
  readonly contentHash: string;
  readonly changes: readonly ChangeRow[];
}

/** A refused document; `failure` is the text of its error. */
export interface RefusedRow {
  readonly source: SourceDocument;
  readonly contentHash: string;
  readonly failure: string;
}

export interface Accept {
  readonly kind: 'accept';
  /** See `toDocumentsText`. */
  readonly documents: string;
  /** How many documents and changes these are. */
  readonly weight: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly nowMs: number;
}
export interface Refuse {
  readonly kind: 'refuse';
  readonly document: RefusedRow;
  readonly nowMs: number;
}
export interface Take {
  readonly kind: 'take';
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly limit: number;
  readonly nowMs: number;
}
export interface Settle {
  readonly kind: 'settle';
  readonly org: OrgId;
  readonly settlements: readonly Settlement[];
  readonly nowMs: number;
}
export interface Retry {
  readonly kind: 'retry';
  readonly positions: readonly number[];
  readonly nowMs: number;
}
export interface Discard {
  readonly kind: 'discard';
  readonly positions: readonly number[];
  readonly reason: string;
  readonly nowMs: number;
}

/** Sent many at a time; one array is one transaction. */
export type QueueRequest =
  | Accept
  | Refuse
  | Take
  | Settle
  | Retry
  | Discard
  | { readonly kind: 'remember'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'checkpoint'; readonly name: string }
  | { readonly kind: 'next-due'; readonly org: OrgId; readonly system: SapSystemId; readonly nowMs: number }
  | { readonly kind: 'counts'; readonly org: OrgId; readonly system: SapSystemId; readonly nowMs: number }
  | { readonly kind: 'held'; readonly limit: number; readonly after: number; readonly nowMs: number }
  | { readonly kind: 'refused'; readonly limit: number }
  | { readonly kind: 'trace'; readonly number: string; readonly limit: number; readonly nowMs: number }
  /** Whether another process has changed the file since it was asked last. */
  | { readonly kind: 'look' };

export type RefusedReply = RefusedRow & Accepted & { readonly arrivedAtMs: number };

/** One per request and in their order, after the commit. */
export type QueueReply =
  | { readonly kind: 'accept'; readonly accepted: readonly Accepted[] }
  | { readonly kind: 'refuse'; readonly accepted: Accepted }
  | { readonly kind: 'take'; readonly records: readonly WaitingRecord[] }
  /** Whether something is due now that was not, or is still. */
  | { readonly kind: 'settle'; readonly isDue: boolean }
  | { readonly kind: 'retry'; readonly positions: readonly number[] }
  | { readonly kind: 'discard'; readonly positions: readonly number[] }
  | { readonly kind: 'remember' }
  | { readonly kind: 'checkpoint'; readonly value: string | undefined }
  | { readonly kind: 'next-due'; readonly dueAtMs: number | undefined }
  | { readonly kind: 'counts'; readonly counts: QueueCounts }
  | { readonly kind: 'held'; readonly held: readonly HeldChange[] }
  | { readonly kind: 'refused'; readonly refused: readonly RefusedReply[] }
  | { readonly kind: 'trace'; readonly traces: readonly ChangeTrace[] }
  | { readonly kind: 'look'; readonly hasChanged: boolean }
  /** There is no room for it; nothing of it was kept. */
  | { readonly kind: 'full'; readonly limit: string }
  | Failed;

export interface QueueLimits {
  /** Refused documents that nobody has discarded. */
  readonly refusedDocuments: number;
  /** How long the fields of an ended change are kept, and how long its receipt. */
  readonly fieldsKeptMs: number;
  readonly receiptsKeptMs: number;
}

/** What the file's thread is started with. */
export interface QueueFileSettings extends DurableFileSettings {
  /** `agent`: the one program that takes and settles. `visitor`: a command beside it. */
  readonly role: 'agent' | 'visitor';
  readonly limits: QueueLimits;
}
