/** What the agent asks of an SAP system, in business words. Implemented by the room `sap`. */
import type { SapMessage } from '../errors/index.ts';
import type {
  ContactChange,
  ContactDraft,
  ContactNumber,
  Credit,
  Customer,
  CustomerChange,
  CustomerDraft,
  CustomerMatches,
  CustomerNumber,
  DocumentNumber,
  InitialCredit,
  InvoicePage,
  InvoiceState,
  MatchRequest,
  Order,
  OrderPage,
  Partners,
  SapSystemId,
} from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A key as SAP's key table holds it: org and idempotency key together, at most 80 characters. */
export type WriteKey = string & { readonly __brand: 'WriteKey' };

export interface KeyedWrite {
  readonly key: WriteKey;
  /** SHA-256 (hex) of the content, so that SAP too can tell a key that is used for something else. */
  readonly contentHash: string;
  /**
   * The lease under which it is written (docs/decisions/0013). SAP refuses a write whose fence is lower than one it has
   * seen from the same org, with LEASE_LOST. Absent where the agent has no lease, because the org has no mailbox for it.
   */
  readonly fence?: number | undefined;
}

/** What SAP knows of a key: the truth about an unknown outcome. */
export type KeyLookup =
  | {
      readonly state: 'done';
      readonly customerNumber: CustomerNumber;
      /** Only of a contact person's key. */
      readonly contactNumber: ContactNumber | null;
      readonly contentHash: string;
    }
  /** Another session holds the key's lock: the write may still commit. */
  | { readonly state: 'running' }
  | { readonly state: 'none' };

/** A write that committed. Refusals and unknown outcomes are thrown: SAP_REFUSED, SAP_OUTCOME_UNKNOWN. */
export interface Written {
  readonly customerNumber: CustomerNumber;
  /** Only of a contact person's write. */
  readonly contactNumber: ContactNumber | null;
  /** True when SAP found the key and returned the first result. */
  readonly isRepeat: boolean;
  readonly messages: readonly SapMessage[];
}

/**
 * Promises of every implementation:
 * 1. Reads throw GatewayError with the catalogue's SAP_* codes, and never return half an answer.
 * 2. A write throws SAP_OUTCOME_UNKNOWN whenever the request may have reached SAP and no answer came back.
 * 3. A write that throws anything else has written nothing. LEASE_LOST is one of these.
 * 4. After a refused logon no further logon is tried until the process restarts.
 */
export interface SapSystem {
  readonly system: SapSystemId;
  readCustomer(number: CustomerNumber, deadline: Deadline): Promise<Customer>;
  readCredit(number: CustomerNumber, deadline: Deadline): Promise<Credit>;
  listOrders(number: CustomerNumber, page: PageRequest, deadline: Deadline): Promise<OrderPage>;
  /** With a `soldTo`, an order of somebody else is SAP_DOCUMENT_UNKNOWN. */
  readOrder(order: DocumentNumber, soldTo: CustomerNumber | undefined, deadline: Deadline): Promise<Order>;
  listInvoices(
    number: CustomerNumber,
    state: Exclude<InvoiceState, 'cancelled'> | 'all',
    page: PageRequest,
    deadline: Deadline,
  ): Promise<InvoicePage>;
  listPartners(number: CustomerNumber, deadline: Deadline): Promise<Partners>;
  findMatches(request: MatchRequest, deadline: Deadline): Promise<CustomerMatches>;
  createCustomer(write: KeyedWrite, draft: CustomerDraft, deadline: Deadline): Promise<Written>;
  changeCustomer(
    write: KeyedWrite,
    number: CustomerNumber,
    change: CustomerChange,
    deadline: Deadline,
  ): Promise<Written>;
  /** The step after a create: credit data of a customer that exists. */
  changeCredit(write: KeyedWrite, number: CustomerNumber, credit: InitialCredit, deadline: Deadline): Promise<Written>;
  createContact(write: KeyedWrite, number: CustomerNumber, draft: ContactDraft, deadline: Deadline): Promise<Written>;
  changeContact(
    write: KeyedWrite,
    contact: { readonly customer: CustomerNumber; readonly contact: ContactNumber },
    change: ContactChange,
    deadline: Deadline,
  ): Promise<Written>;
  /**
   * What SAP knows of a key. With a fence, SAP from then on refuses writes of older leases of this org, before it looks: `none`
   * then stays `none`, whatever is still on its way. Throws LEASE_LOST where a newer fence is in force.
   */
  lookUpKey(key: WriteKey, deadline: Deadline, fence?: number): Promise<KeyLookup>;
  /** A round trip that costs SAP next to nothing; throws what stands in the way. */
  ping(deadline: Deadline): Promise<void>;
  close(): Promise<void>;
}
