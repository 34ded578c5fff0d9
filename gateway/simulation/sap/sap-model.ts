/**
 * SAP as far as exactly-once depends on it: a key table, a fence per org and the data, committed together; locks; a number
 * range. What Z_GANGWAY_* promise in docs/sap-basis/abap-pack.md, and nothing better.
 */
import { GatewayError } from '../../src/errors/index.ts';
import type { KeyLookup, Written } from '../../src/ports/index.ts';
import type { ContactNumber, CustomerNumber } from '../../src/model/index.ts';

/** Fields of a customer or contact person: names and values as the model has them. */
export type Fields = Record<string, unknown>;

export type SapAction =
  | { readonly kind: 'create customer'; readonly fields: Fields }
  | { readonly kind: 'change customer'; readonly customer: CustomerNumber; readonly fields: Fields }
  | { readonly kind: 'change credit'; readonly customer: CustomerNumber; readonly fields: Fields }
  | { readonly kind: 'create contact'; readonly customer: CustomerNumber; readonly fields: Fields }
  | {
      readonly kind: 'change contact';
      readonly customer: CustomerNumber;
      readonly contact: ContactNumber;
      readonly fields: Fields;
    };

/** A write as it arrives in SAP. */
export interface SapWrite {
  /** Org id and key of the request, as the key table has it. */
  readonly key: string;
  readonly contentHash: string;
  readonly fence: number | undefined;
  readonly action: SapAction;
}

export interface SapCustomer {
  readonly number: CustomerNumber;
  readonly createdBy: string;
  fields: Fields;
  credit: Fields | undefined;
}

export interface SapContact {
  readonly number: ContactNumber;
  readonly customer: CustomerNumber;
  readonly createdBy: string;
  fields: Fields;
}

export interface KeyRow {
  readonly contentHash: string;
  readonly customerNumber: CustomerNumber;
  readonly contactNumber: ContactNumber | null;
  readonly action: SapAction;
}

const orgIdLength = 18;

export class SapModel {
  readonly keys = new Map<string, KeyRow>();
  readonly customers = new Map<string, SapCustomer>();
  readonly contacts = new Map<string, SapContact>();
  readonly fences = new Map<string, number>();
  /** Keys that a session is working on. */
  readonly #locks = new Set<string>();
  /** Customers that somebody has open in XD02. */
  readonly lockedCustomers = new Set<string>();
  /** Keys whose data SAP's checks refuse, until somebody corrects the cause. */
  readonly refusedKeys = new Set<string>();
  /** The same for the credit data of customers, by the key that made the customer. */
  readonly refusedCredit = new Set<string>();
  #lastNumber = 700_000;

  isBeingWorkedOn(key: string): boolean {
    return this.#locks.has(key);
  }

  /** Takes the lock of the key, checks, and prepares the unit of work. Throws what the pack would answer. */
  begin(write: SapWrite): UnitOfWork {
    if (this.#locks.has(write.key)) throw new GatewayError('SAP_OBJECT_LOCKED');
    const known = this.keys.get(write.key);
    if (known !== undefined && known.contentHash !== write.contentHash)
      throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
    if (known === undefined) this.#check(write);
    this.#locks.add(write.key);
    return new UnitOfWork(this, write, () => this.#locks.delete(write.key));
  }

  /** With a fence, writes of older ones are refused from now on: after `none` nothing older can commit. */
  lookUp(key: string, fence?: number): KeyLookup {
    if (fence !== undefined) this.raiseFence(key, fence);
    if (this.#locks.has(key)) return { state: 'running' };
    const row = this.keys.get(key);
    if (row === undefined) return { state: 'none' };
    const { contentHash, customerNumber, contactNumber } = row;
    return { state: 'done', contentHash, customerNumber, contactNumber };
  }

  nextNumber(): string {
    this.#lastNumber += 1;
    return String(this.#lastNumber).padStart(10, '0');
  }

  /** From now on writes of older leases of the same org are refused. */
  raiseFence(key: string, fence: number): void {
    this.checkFence(key, fence);
    this.fences.set(key.slice(0, orgIdLength), fence);
  }

  /** Throws LEASE_LOST where a newer lease has written. */
  checkFence(key: string, fence: number | undefined): void {
    const highest = this.fences.get(key.slice(0, orgIdLength)) ?? 0;
    if (fence !== undefined && fence < highest) throw new GatewayError('LEASE_LOST');
  }

  #check({ key, fence, action }: SapWrite): void {
    this.checkFence(key, fence);
    if (this.refusedKeys.has(key)) throw refused();
    if (action.kind === 'create customer') return;
    const customer = this.customers.get(action.customer);
    if (customer === undefined) throw new GatewayError('SAP_CUSTOMER_UNKNOWN');
    if (action.kind === 'change credit' && this.refusedCredit.has(customer.createdBy)) throw refused();
    if (this.lockedCustomers.has(action.customer)) throw new GatewayError('SAP_OBJECT_LOCKED', { lockedBy: 'MUELLER' });
    if (action.kind === 'change contact' && !this.contacts.has(action.contact)) throw refused();
  }
}

/** One LUW: everything of it is there at once, or nothing. */
export class UnitOfWork {
  readonly write: SapWrite;
  readonly #sap: SapModel;
  readonly #unlock: () => void;

  constructor(sap: SapModel, write: SapWrite, unlock: () => void) {
    this.#sap = sap;
    this.write = write;
    this.#unlock = unlock;
  }

  /** Commits key, fence and data together, and answers. A fence that has risen meanwhile still counts. */
  commit(): Written {
    this.#unlock();
    const { write } = this;
    const known = this.#sap.keys.get(write.key);
    if (known !== undefined) return answer(known, true);
    const scope = write.key.slice(0, orgIdLength);
    const highest = this.#sap.fences.get(scope) ?? 0;
    if (write.fence !== undefined && write.fence < highest) throw new GatewayError('LEASE_LOST');
    const row = { contentHash: write.contentHash, action: write.action, ...carryOut(this.#sap, write) };
    this.#sap.keys.set(write.key, row);
    if (write.fence !== undefined) this.#sap.fences.set(scope, Math.max(highest, write.fence));
    return answer(row, false);
  }

  rollBack(): void {
    this.#unlock();
  }
}

function carryOut(sap: SapModel, { key, action }: SapWrite): Pick<KeyRow, 'customerNumber' | 'contactNumber'> {
  switch (action.kind) {
    case 'create customer': {
      // Numbers come from a range; the brand says that they have the shape.
      const number = sap.nextNumber() as CustomerNumber;
      sap.customers.set(number, { number, createdBy: key, fields: { ...action.fields }, credit: undefined });
      return { customerNumber: number, contactNumber: null };
    }
    case 'create contact': {
      const number = sap.nextNumber() as ContactNumber;
      sap.contacts.set(number, { number, customer: action.customer, createdBy: key, fields: { ...action.fields } });
      return { customerNumber: action.customer, contactNumber: number };
    }
    case 'change contact': {
      const contact = sap.contacts.get(action.contact);
      if (contact !== undefined) contact.fields = { ...contact.fields, ...action.fields };
      return { customerNumber: action.customer, contactNumber: action.contact };
    }
    case 'change customer':
    case 'change credit': {
      const customer = sap.customers.get(action.customer);
      if (customer === undefined) throw new GatewayError('SAP_CUSTOMER_UNKNOWN');
      if (action.kind === 'change credit') customer.credit = { ...action.fields };
      else customer.fields = { ...customer.fields, ...action.fields };
      return { customerNumber: action.customer, contactNumber: null };
    }
  }
}

const answer = ({ customerNumber, contactNumber }: KeyRow, isRepeat: boolean): Written => ({
  customerNumber,
  contactNumber,
  isRepeat,
  messages: [{ type: 'S', id: 'ZGANGWAY', number: '001', text: `Number ${contactNumber ?? customerNumber}` }],
});

const refused = (): GatewayError =>
  new GatewayError('SAP_REFUSED', {}, undefined, {
    sapMessages: [{ type: 'E', id: 'ZGANGWAY', number: '008', text: 'SAP refused the data' }],
  });
