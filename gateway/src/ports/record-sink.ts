/** Records going into an org. Implemented by the room `salesforce` on REST (collections in one composite call) and Bulk API 2.0. */
import type { GatewayError } from '../errors/index.ts';
import type {
  ChangeOrder,
  Facet,
  OrgId,
  RecordFields,
  RecordKey,
  RecordKind,
  SapSystemId,
  SourceDocument,
} from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';

/** One record as it shall be: the fields that are known, and since when. */
export interface RecordWrite {
  readonly key: RecordKey;
  readonly fields: RecordFields;
  /** The order of each facet that `fields` speak about; the org refuses what is older than what it has. */
  readonly facets: Readonly<Partial<Record<Facet, ChangeOrder>>>;
  readonly isRemoved: boolean;
  /** The newest document it is made of, shown on the record. */
  readonly source: SourceDocument;
}

/** What became of one record. */
export type RecordOutcome =
  | { readonly ended: 'written'; readonly recordId: string; readonly isNew: boolean }
  /** The org has newer: these facets were not written, and nothing of the record was. */
  | { readonly ended: 'older'; readonly facets: readonly Facet[] }
  /** The org's rules do not want it: live only, or no new records of this kind. */
  | { readonly ended: 'unwanted'; readonly reason: string }
  /** It refers to a record that the org does not have. */
  | { readonly ended: 'parent-missing'; readonly parent: RecordKey }
  /** The error's disposition says what next: `retry`, `hold` or `reject`. */
  | { readonly ended: 'failed'; readonly error: GatewayError };

export interface SinkAnswer {
  /** In the order of the records. */
  readonly outcomes: readonly RecordOutcome[];
  /** Salesforce's own time of the answer (its Date header), UTC. */
  readonly committedAt: string;
  /** API calls this took. */
  readonly calls: number;
}

/** What the sink was told of panels to be refreshed: it goes along in the same call. */
export interface Refresh {
  readonly customers: readonly RecordKey[];
}

/** The org's own page about the state of the flow: one record per SAP system. */
export interface SyncStatus {
  readonly system: SapSystemId;
  /** When the last canary went round: taken up by the queue, and committed by Salesforce. */
  readonly canaryAt: string | null;
  readonly canaryTookMs: number | null;
  readonly waiting: number;
  readonly held: number;
  readonly oldestWaitingAt: string | null;
  readonly callsToday: number;
  readonly callsBudget: number;
  readonly refreshesToday: number;
  readonly refreshesBudget: number;
}

/** A failure as the org shows it (`SAP_Sync_Issue__c`). */
export interface SyncIssue {
  /** `SC-000123`; of a document `SD-000123`. */
  readonly name: string;
  readonly system: SapSystemId;
  /** Undefined for a document that could not be understood: what it is about is not known. */
  readonly key: RecordKey | undefined;
  readonly state: 'held' | 'waiting' | 'solved' | 'discarded';
  readonly code: string;
  readonly whatHappened: string;
  readonly nextStep: string;
  readonly owner: string;
  /** SAP's or Salesforce's own words. */
  readonly messages: string;
  readonly source: SourceDocument;
  readonly attempts: number;
  readonly heldAt: string;
}

/** What a person wants done with an issue. */
export interface IssueWish {
  readonly name: string;
  readonly wish: 'retry' | 'discard';
  readonly reason: string;
  readonly by: string;
}

/** One record of the org in the words of the model, for the comparison of both sides. */
export interface OrgRecord {
  readonly key: RecordKey;
  readonly recordId: string;
  /** The mapped fields that SAP owns. */
  readonly fields: RecordFields;
  /** SAP's time of the newest that arrived (UTC); absent where nothing of SAP ever did. */
  readonly asOf?: string | undefined;
  /** Marked as deleted in SAP. */
  readonly isRemoved?: boolean | undefined;
}

/**
 * Promises of every implementation:
 * 1. Writing is an upsert by external id: repeating a call that may have happened is harmless.
 * 2. `write` throws only where nothing is known of the whole call (SALESFORCE_*, `retry`); what one row did wrong is its outcome alone.
 * 3. Parents are written before children, and rows of one parent in one batch: row locks are not fought for.
 * 4. Field lengths, types and picklists are checked before sending; a field nobody may write is SALESFORCE_MAPPING_INVALID, once, with words.
 */
export interface RecordSink {
  readonly org: OrgId;
  /** So many records at most in one call of `write`: one call of the API where they are of up to five objects. */
  readonly maxRecords: number;
  /** Kinds that the org's rules want copied; others end as `unwanted` without a call. */
  wantedKinds(deadline: Deadline): Promise<ReadonlySet<RecordKind>>;
  write(records: readonly RecordWrite[], refresh: Refresh | undefined, deadline: Deadline): Promise<SinkAnswer>;
  /** Many records of one kind through Bulk API 2.0; outcomes in the order of the records. */
  load(kind: RecordKind, records: AsyncIterable<RecordWrite>, deadline: Deadline): AsyncIterable<RecordOutcome>;
  /** Every record of a kind and system, ordered by key, in constant memory (Bulk query). */
  readAll(system: SapSystemId, kind: RecordKind, deadline: Deadline): AsyncIterable<OrgRecord>;
  /** Issues and status; up to 200 issues. One call. */
  report(
    issues: readonly SyncIssue[],
    status: SyncStatus | undefined,
    deadline: Deadline,
  ): Promise<{ readonly calls: number }>;
  /** What people want of issues that are held. One call. */
  wishes(system: SapSystemId, deadline: Deadline): Promise<readonly IssueWish[]>;
  /** Of the whole org, as the last answer said. */
  readonly callsUsed: { readonly used: number; readonly limit: number } | undefined;
  /** Rules and mappings are read again with the next call. */
  forget(): void;
}
