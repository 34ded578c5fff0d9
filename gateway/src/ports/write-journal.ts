/**
 * The agent's memory of its writes: the intent before SAP is called, the result after. Implemented by the
 * room `journal` on SQLite.
 */
import type { IdempotencyKey, OrgId, SapSystemId, WriteKind, WriteOperation } from '../model/index.ts';

export interface WriteIntent {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly id: IdempotencyKey;
  readonly kind: WriteKind;
  /** SHA-256 (hex) of the canonical content. */
  readonly contentHash: string;
  /** The canonical content as JSON, so that a restarted agent can go on. */
  readonly content: string;
  readonly correlationId: string;
}

export interface JournalEntry extends WriteIntent {
  readonly operation: WriteOperation;
  /** Milliseconds since 1970; when the intent was first written. */
  readonly createdAtMs: number;
}

/**
 * Promises of every implementation:
 * 1. A resolved promise means: on disk (fsync), it survives power loss.
 * 2. `begin` is atomic per (org, system, id): of two at once exactly one gets `begun`.
 * 3. Syncing to disk never blocks the event loop that serves reads.
 */
export interface WriteJournal {
  /**
   * Notes the intent as `running`. Returns `begun` for a new key, or for a key whose earlier end was
   * `refused`; otherwise the entry that stands, untouched.
   */
  begin(intent: WriteIntent): Promise<{ readonly begun: boolean; readonly entry: JournalEntry }>;
  /** Replaces the operation of an existing entry. */
  record(intent: Pick<WriteIntent, 'org' | 'system' | 'id'>, operation: WriteOperation): Promise<void>;
  find(org: OrgId, system: SapSystemId, id: IdempotencyKey): Promise<JournalEntry | undefined>;
  /** Entries that are `running` or `verifying`, oldest first: what a restart must look up in SAP. */
  unfinished(limit: number): Promise<readonly JournalEntry[]>;
  /**
   * Puts other content into an entry that is not done and that nobody works on: the org corrected it while this agent
   * did not have the lease. Returns the entry as it stands then.
   */
  replaceContent(intent: WriteIntent): Promise<JournalEntry>;
  /** Entries of this org whose operation it has not confirmed, least recently changed first; never of a `service.call`. */
  undelivered(org: OrgId, system: SapSystemId, limit: number): Promise<readonly JournalEntry[]>;
  /** The org has noted the operation as it was at `asOf`; a later change makes it undelivered again. */
  confirm(intent: Pick<WriteIntent, 'org' | 'system' | 'id'>, asOf: string): Promise<void>;
  close(): Promise<void>;
}
