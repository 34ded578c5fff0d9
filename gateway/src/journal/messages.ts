/** What the journal's two threads say to each other. */
import type { DurableFileSettings, Failed } from '../durable-file/index.ts';
import type { IdempotencyKey, OrgId, SapSystemId, WriteOperation } from '../model/index.ts';
import type { JournalEntry, WriteIntent } from '../ports/index.ts';

export interface EntryKey {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly id: IdempotencyKey;
}

/** Sent by the agent's thread, many at a time; one array is one transaction. */
export type JournalRequest =
  | { readonly kind: 'begin'; readonly intent: WriteIntent; readonly nowMs: number }
  | { readonly kind: 'record'; readonly key: EntryKey; readonly operation: WriteOperation; readonly nowMs: number }
  | { readonly kind: 'replace'; readonly intent: WriteIntent; readonly nowMs: number }
  | { readonly kind: 'confirm'; readonly key: EntryKey; readonly asOf: string }
  | { readonly kind: 'find'; readonly key: EntryKey }
  | { readonly kind: 'unfinished'; readonly limit: number }
  | { readonly kind: 'undelivered'; readonly org: OrgId; readonly system: SapSystemId; readonly limit: number };

/** Sent by the file's thread after the commit, one per request and in their order. */
export type JournalReply =
  /** The entry of a begun one is known to who asked, but for its time. */
  | { readonly kind: 'begin'; readonly begun: true; readonly asOfMs: number }
  | { readonly kind: 'begin'; readonly begun: false; readonly entry: JournalEntry }
  | { readonly kind: 'record' }
  | { readonly kind: 'replace'; readonly entry: JournalEntry }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'find'; readonly entry: JournalEntry | undefined }
  | { readonly kind: 'unfinished'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'undelivered'; readonly entries: readonly JournalEntry[] }
  | Failed;

/** What the file's thread is started with. */
export interface FileSettings extends DurableFileSettings {
  /** Orgs that are told how their writes ended; of others nothing waits to be delivered. Null: nobody says which. */
  readonly mailboxOrgs: readonly string[] | null;
}
