/**
 * The agent's durable queue of what changed in SAP: kept before it is acknowledged, taken per record, settled with a receipt.
 * Implemented by the room `queue` on SQLite.
 */
import type { GatewayError } from '../errors/index.ts';
import type {
  ArrivedDocument,
  ChangeOrder,
  Facet,
  OrgId,
  Problem,
  RecordChange,
  RecordKey,
  SapSystemId,
  SourceDocument,
} from '../model/index.ts';

/** What the queue made of a document. `conflict`: the number is known with other content; it is kept as a held document. */
export interface Accepted {
  readonly result: 'new' | 'repeated' | 'conflict';
  /** Our position: grows with each document, never reused. Of the first arrival for a repeated one. */
  readonly position: number;
}

/** A document that could not be read or understood; kept with its failure, so that nobody loses it silently. */
export interface RefusedDocument {
  readonly source: SourceDocument;
  readonly contentHash: string;
  readonly error: GatewayError;
}

/** A refused document as people see it. */
export interface RefusedArrival extends RefusedDocument, Accepted {
  /** `SD-000123`, after its position. */
  readonly name: string;
  readonly arrivedAtMs: number;
}

/** Written in the same transaction as the documents: how far a source has been read. */
export interface Checkpoint {
  readonly name: string;
  readonly value: string;
}

/** One change that waits, with where it came from. */
export interface QueuedChange extends RecordChange {
  /** Its own, unique in the queue: documents and their changes share one numbering, and a document's first change has its position. */
  readonly position: number;
  readonly source: SourceDocument;
  /** Milliseconds since 1970. */
  readonly arrivedAtMs: number;
}

/**
 * By path: the order in which it was last said by what is settled. `*` and a facet's name (`*credit`): every path of the facet is
 * said at least up to there, because others than this queue have written it.
 */
export type PathOrders = Readonly<Record<string, ChangeOrder>>;

/** A record with everything that waits for it, oldest position first; at most 200 changes, the rest with the next take. */
export interface WaitingRecord {
  readonly key: RecordKey;
  readonly changes: readonly QueuedChange[];
  /** How often it was tried and failed since its last success. */
  readonly attempts: number;
  /** The order of what Salesforce has, by facet; empty for a record this queue has never delivered. */
  readonly applied: Readonly<Partial<Record<Facet, ChangeOrder>>>;
  /** The same by path, as far as settlements said it. */
  readonly appliedPaths: PathOrders;
  /** Hash of what was last written, as `delivered` gave it; undefined before. */
  readonly written: string | undefined;
}

/** How one record's turn ended. */
export type Settlement = { readonly key: RecordKey; readonly positions: readonly number[] } & (
  | {
      /** In Salesforce. */
      readonly ended: 'delivered';
      /** Salesforce's own time of the answer, UTC. */
      readonly committedAt: string;
      readonly recordId: string;
      readonly applied: Readonly<Partial<Record<Facet, ChangeOrder>>>;
      /** Of the paths that this settles; the queue keeps the greater order of each. */
      readonly appliedPaths?: PathOrders;
      readonly written: string;
    }
  /** Nothing had to be written: `older` than what is there, an `echo` of what is there, `unwanted` by the org's rules. */
  | {
      readonly ended: 'skipped';
      readonly why: 'older' | 'echo' | 'unwanted';
      readonly reason: string;
      readonly applied?: Readonly<Partial<Record<Facet, ChangeOrder>>>;
      readonly appliedPaths?: PathOrders;
    }
  /** Tried again at `dueAtMs`, or when something newer of the record arrives. */
  | { readonly ended: 'retry'; readonly dueAtMs: number; readonly problem: Problem }
  /** Waits: for the parent, for a person, or for something newer of the same record. */
  | { readonly ended: 'held'; readonly problem: Problem; readonly waitsFor?: RecordKey }
);

/** A held record as people see it. */
export interface HeldChange {
  /** `SC-000123`, after the first position that waits. */
  readonly name: string;
  readonly org: OrgId;
  readonly key: RecordKey;
  readonly problem: Problem;
  readonly waitsFor: RecordKey | undefined;
  readonly attempts: number;
  readonly changes: number;
  readonly source: SourceDocument;
  readonly arrivedAtMs: number;
  readonly heldAtMs: number;
}

/** One step of a change's way, for `gangway trace`. */
export interface ChangeTrace {
  readonly org: OrgId;
  readonly key: RecordKey;
  readonly facet: Facet;
  readonly position: number;
  readonly source: SourceDocument;
  /** The change's own fields, while they are kept. */
  readonly fields: RecordChange['fields'];
  readonly arrivedAtMs: number;
  readonly state: 'waiting' | 'held' | 'delivered' | 'older' | 'echo' | 'unwanted' | 'discarded';
  /** When and as what Salesforce has it. */
  readonly committedAt: string | undefined;
  readonly recordId: string | undefined;
  readonly problem: Problem | undefined;
  /** Why it was skipped, or the words of who discarded it. */
  readonly reason: string | undefined;
}

export interface QueueCounts {
  /** Records with something waiting that is due or will be by itself. */
  readonly waiting: number;
  readonly held: number;
  /** Arrival of the oldest change that waits by itself; undefined when none does. */
  readonly oldestAtMs: number | undefined;
}

/**
 * Promises of every implementation:
 * 1. A resolved `accept` means: on disk (fsync), it survives power loss. Documents that arrive together are synced together.
 * 2. A document is known by sender and number: accepting it again changes nothing.
 * 3. A record that was taken is not taken again before it is settled, or before a restart; records never wait for each other.
 * 4. `held` records come back when their parent is delivered, when something newer of them arrives, or when a person says so.
 * 5. Syncing to disk never blocks the event loop.
 * 6. Bounded: beyond its limits `accept` throws QUEUE_FULL, and nothing that was accepted is lost.
 */
export interface ChangeQueue {
  /** For every org that has the SAP system. All or nothing; in the order given. */
  accept(documents: readonly ArrivedDocument[], checkpoint?: Checkpoint): Promise<readonly Accepted[]>;
  /** Keeps what could not be understood, so that it is listed, and can be discarded once it came again corrected. */
  refuse(document: RefusedDocument): Promise<Accepted>;
  /** Records that are due, those with the oldest change first. */
  take(org: OrgId, system: SapSystemId, limit: number): Promise<readonly WaitingRecord[]>;
  settle(org: OrgId, settlements: readonly Settlement[]): Promise<void>;
  /** Called after an `accept`, a release, a retry: something may be due for this org. May be called for nothing. */
  onDue(listener: () => void): () => void;
  /** When the next record that waits by itself is due; undefined when none waits. */
  nextDueAtMs(org: OrgId, system: SapSystemId): Promise<number | undefined>;
  counts(org: OrgId, system: SapSystemId): Promise<QueueCounts>;
  checkpoint(name: string): Promise<string | undefined>;
  remember(checkpoint: Checkpoint): Promise<void>;

  /** The desk: what people see and do. */
  held(limit: number, after?: string): Promise<readonly HeldChange[]>;
  refused(limit: number): Promise<readonly RefusedArrival[]>;
  /** By name (`SC-000123`); returns the names that were held. */
  retry(names: readonly string[]): Promise<readonly string[]>;
  /** Held records, and refused documents (`SD-000123`); returns the names that were. */
  discard(names: readonly string[], reason: string, by: string): Promise<readonly string[]>;
  /** Everything known of records whose id has this number as one of its parts, or of the document with it; newest first. */
  trace(number: string, limit: number): Promise<readonly ChangeTrace[]>;
  close(): Promise<void>;
}
