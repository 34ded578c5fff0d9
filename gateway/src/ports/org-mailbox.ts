/**
 * The org's outbox as the agent sees it: a mailbox it visits. Implemented by the room `salesforce`.
 *
 * One visit renews the lease, leaves outcomes and takes requests, in one transaction of the org. The wire format is
 * docs/salesforce/mailbox.md.
 */
import type {
  CustomerNumber,
  ContactNumber,
  IdempotencyKey,
  OrgId,
  SapSystemId,
  WriteOperation,
} from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';

/** A request as the org hands it out; what a person may have edited is still text. */
export interface MailboxRequest {
  readonly id: IdempotencyKey;
  /** What people call it, e.g. `SR-000012`. */
  readonly name: string;
  /** As the org has it: a kind this agent does not know is held with words, and never guessed. */
  readonly kind: string;
  /** The record whose requests go one after the other, in the order the org hands them out. */
  readonly subject: string;
  /** Of the Account at this moment; null while SAP has none. */
  readonly customer: CustomerNumber | null;
  readonly contact: ContactNumber | null;
  /** JSON of the draft or change, as it is stored. */
  readonly payload: string;
  /** True when it was handed out or sent before: SAP is asked before anything is written. */
  readonly wasSent: boolean;
  /** True when nobody has looked for duplicates in SAP yet. */
  readonly checksDuplicates: boolean;
  readonly correlationId: string;
}

/** A request that the org handed out and that no schema can read: who, and what is wrong with it. */
export interface UnreadableRequest {
  readonly name: string;
  /** As the org has it, whatever it is. */
  readonly id: string;
  readonly reason: string;
}

/** What became of a request; the operation as every caller sees it. */
export interface MailboxOutcome {
  readonly operation: WriteOperation;
  readonly correlationId: string;
}

export interface MailboxVisit {
  readonly system: SapSystemId;
  /** Of the lease that this agent believes to hold; null to ask for one. */
  readonly fence: number | null;
  readonly leaseMs: number;
  /** Gives the lease back: the program ends. */
  readonly isFarewell: boolean;
  /** So many requests may be handed out; 0 to 200. */
  readonly wanted: number;
  /** Where the last visit stopped looking, so that blocked requests in front never hide the ones behind. */
  readonly after: string | null;
  /** All writes of this org that this agent has in hand; they are not handed out again. At most 1,000. */
  readonly underWay: readonly IdempotencyKey[];
  /** Writes of an earlier process: does the org still want them? At most 200. */
  readonly asking: readonly IdempotencyKey[];
  /** At most 100. */
  readonly outcomes: readonly MailboxOutcome[];
}

export type LeaseAnswer =
  | { readonly isHeld: true; readonly fence: number; readonly expiresInMs: number }
  | { readonly isHeld: false; readonly holder: string; readonly expiresInMs: number };

/** What the org made of one outcome. */
export interface OutcomeReceipt {
  readonly id: IdempotencyKey;
  /**
   * - `noted`: written; with a customer number, the Account has it now.
   * - `repeated`: known already, or older than what the org knows.
   * - `gone`: the request or its Account does not exist any more; nobody in the org can see the outcome.
   * - `failed`: the org could not save it now (a lock, somebody's trigger): to be left again.
   */
  readonly result: 'noted' | 'repeated' | 'gone' | 'failed';
  /** Why, for `gone` and `failed`. */
  readonly reason: string | null;
}

export interface MailboxAnswer {
  readonly lease: LeaseAnswer;
  readonly requests: readonly MailboxRequest[];
  readonly unreadable: readonly UnreadableRequest[];
  readonly next: string | null;
  /** Of `underWay`: a person wants these not to be written. */
  readonly withdrawn: readonly {
    readonly id: IdempotencyKey;
    readonly wish: 'hold' | 'discard';
    readonly reason: string;
  }[];
  readonly standing: readonly { readonly id: IdempotencyKey; readonly state: 'open' | 'ended' | 'unknown' }[];
  readonly receipts: readonly OutcomeReceipt[];
  /** Requests that wait in the org for this system, counted up to 50,000. */
  readonly waiting: number;
}

/**
 * Promises of every implementation:
 * 1. A visit is one transaction in the org: when it throws, it may or may not have happened, and repeating it is harmless.
 * 2. Throws GatewayError with the catalogue's SALESFORCE_* and PACKAGE_* codes.
 */
export interface OrgMailbox {
  readonly org: OrgId;
  visit(visit: MailboxVisit, deadline: Deadline): Promise<MailboxAnswer>;
  close(): Promise<void>;
}

/** Tells that something new may be in the mailbox. It may ring for nothing, and it may fail to ring: visits are the truth. */
export interface OrgBell {
  /** Rings until `stop` aborts, reconnecting by itself; `onState` tells whether it can ring now. */
  listen(onRing: () => void, onState: (isListening: boolean) => void, stop: AbortSignal): void;
}
