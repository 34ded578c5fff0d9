/** What comes out of SAP, already in business words. Implemented by the room `sap`. */
import type { ArrivedDocument } from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';
import type { RefusedDocument } from './change-queue.ts';

/** One IDoc, row or object: understood, or refused by itself while the rest goes on. */
export type Arrival = { readonly document: ArrivedDocument } | { readonly refused: RefusedDocument };

export type ByteStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** One page of "changes since". */
export interface ChangesPage {
  readonly arrivals: readonly Arrival[];
  /** Where the next call goes on; to be kept together with the documents. */
  readonly position: string;
  readonly hasMore: boolean;
}

/** What a staging file says about itself before its objects. */
export interface StagingHead {
  readonly kind: 'customers' | 'materials';
  readonly system: string;
  readonly createdAt: string;
  /** Only some objects were asked for: what is not in the file may be in SAP all the same. */
  readonly isSelection: boolean;
}

/**
 * Promises of every implementation:
 * 1. Reading is a stream in constant memory. What it throws (IDOC_*, STAGING_*) means: of this document nothing more is known, do not
 *    acknowledge it; what came before stays accepted, because repeating it is harmless.
 * 2. Nothing is half understood: a change whose values cannot be read is a refusal with SAP's segment and field, never a guess.
 */
export interface SapChanges {
  readXmlIdocs(chunks: ByteStream, contentType: string | undefined): AsyncIterable<Arrival>;
  readFlatIdocs(chunks: ByteStream): AsyncIterable<Arrival>;
  /** The pack's "changes since", and what the changed records are now, read at the governor's bulk rate. Undefined: from now on. */
  changesSince(position: string | undefined, deadline: Deadline): Promise<ChangesPage>;
  /** Objects of a staging file; `skip` objects are passed over unread. The file's name makes their numbers unique. */
  readStaging(
    chunks: ByteStream,
    file: string,
    skip: number,
  ): AsyncIterable<Arrival | { readonly head: StagingHead } | { readonly end: { readonly objects: number } }>;
}
