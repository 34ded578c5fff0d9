/**
 * The simulated org: records, the rules that make requests of changes (docs/decisions/0012), and the bell.
 *
 * Every method is one transaction: it happens between two events and is there at once or not at all.
 */
import type { ContactNumber, CustomerNumber, WriteKind } from '../../src/model/index.ts';
import { hasEnded, isUnderWay } from './org-records.ts';
import type { Account, Contact, OwnedFields, Request, Wish } from './org-records.ts';
import { payloadOf } from './payload.ts';

export interface OrgEvents {
  /** Published after a transaction that left something `ready`. */
  onReady(): void;
  tell(sentence: () => string): void;
}

export class OrgModel {
  readonly accounts = new Map<string, Account>();
  readonly contacts = new Map<string, Contact>();
  /** In the order they were made, which is the order they are handed out in. */
  readonly requests = new Map<string, Request>();
  readonly #events: OrgEvents;
  #lastName = 0;
  #lastRecord = 0;

  constructor(events: OrgEvents) {
    this.#events = events;
  }

  /** Also those that went with their Account. */
  get requestsMade(): number {
    return this.#lastName;
  }

  /** A new Account; not yet a customer. */
  addAccount(fields: OwnedFields, wantsCredit: boolean): Account {
    const id = this.#newId('001');
    // Nobody edits the second name: it tells which intent a customer in SAP came from, whatever its key says.
    const account: Account = { id, fields: { ...fields, name2: id }, customerNumber: null, wantsCredit };
    this.accounts.set(id, account);
    return account;
  }

  /** The Account becomes a customer, by itself or by the button: the same key, whoever asks and how often. */
  askForCustomer(account: Account, checksDuplicates: boolean): Request {
    const key = `customer.create:${account.id}`;
    const standing = this.requests.get(key);
    if (standing === undefined) {
      return this.#add('customer.create', account.id, account.id, 0, account.fields, checksDuplicates);
    }
    if (standing.state === 'refused' && account.customerNumber === null) this.#correct(standing, account.fields);
    return standing;
  }

  /** Somebody edits the Account; what SAP must know becomes a request, or joins the one that nobody has taken yet. */
  editAccount(account: Account, change: OwnedFields): void {
    account.fields = { ...account.fields, ...change };
    this.#tell(() => `Account ${account.id} is edited: ${JSON.stringify(change)}`);
    const create = this.requests.get(`customer.create:${account.id}`);
    if (create === undefined && account.customerNumber === null) return;
    if (create?.state === 'refused') return this.#correct(create, account.fields);
    this.#askForChange('customer', account.id, account.id, create, change);
  }

  addContact(account: Account, fields: OwnedFields): Contact {
    const id = this.#newId('003');
    const marked = { ...fields, email: `${id}@contacts.example` };
    const contact: Contact = { id, accountId: account.id, fields: marked, contactNumber: null };
    this.contacts.set(id, contact);
    this.#add('contact.create', id, account.id, 0, marked, false);
    return contact;
  }

  editContact(contact: Contact, change: OwnedFields): void {
    contact.fields = { ...contact.fields, ...change };
    this.#tell(() => `Contact ${contact.id} is edited: ${JSON.stringify(change)}`);
    const create = this.requests.get(`contact.create:${contact.id}`);
    if (create?.state === 'refused') return this.#correct(create, contact.fields);
    this.#askForChange('contact', contact.id, contact.accountId, create, change);
  }

  /** A person sends a request again that was held or refused; a refused one only while nothing newer has gone past it. */
  retry(request: Request): void {
    // What was refused of a record that a merge has taken away is nobody's wish any more.
    const isGone = !this.accounts.has(request.recordId) && !this.contacts.has(request.recordId);
    if (request.state !== 'held' && (request.state !== 'refused' || isGone || this.#isOvertaken(request))) return;
    this.#tell(() => `${request.key} is retried`);
    request.state = 'ready';
    request.wish = null;
    this.#events.onReady();
  }

  /**
   * A person does not want it. What SAP may have is only a wish: the agent looks there first. True when it ended at once.
   */
  withdraw(request: Request, kind: Wish, reason: string): boolean {
    if (hasEnded(request) || request.callouts > 0) return false;
    const isUnresolved = request.state === 'held' && request.code === 'SAP_OUTCOME_UNRESOLVED';
    const isCalledFor = request.state === 'ready' && (request.wasSent || request.mayBeInSap);
    if (isUnderWay(request) || isUnresolved || isCalledFor) {
      if (isUnresolved) request.state = 'verifying';
      request.wish = { kind, reason };
      return false;
    }
    // Its customer is there already: nobody takes that back.
    if (request.customerNumber !== null) return false;
    request.state = kind === 'discard' ? 'refused' : 'held';
    request.code = kind === 'discard' ? 'REQUEST_WITHDRAWN' : 'REQUEST_ON_HOLD';
    this.#tell(() => `${request.key} is ${request.state} at once: a person wants ${kind}`);
    return true;
  }

  /** The loser's requests and Contacts move to the winner, which keeps its own number. */
  merge(winner: Account, loser: Account): void {
    this.#tell(() => `Account ${loser.id} is merged into ${winner.id}`);
    for (const request of this.requests.values()) if (request.accountId === loser.id) request.accountId = winner.id;
    for (const contact of this.contacts.values()) if (contact.accountId === loser.id) contact.accountId = winner.id;
    this.accounts.delete(loser.id);
  }

  /** An Account goes with its requests and Contacts, unless one is under way. */
  deleteAccount(account: Account): boolean {
    const own = [...this.requests.values()].filter(({ accountId }) => accountId === account.id);
    if (own.some((request) => isUnderWay(request) || request.mayBeInSap)) return false;
    this.#tell(() => `Account ${account.id} is deleted`);
    for (const { key } of own) this.requests.delete(key);
    for (const { id, accountId } of this.contacts.values()) if (accountId === account.id) this.contacts.delete(id);
    this.accounts.delete(account.id);
    return true;
  }

  /** SAP's numbers of a request at this moment, as a hand-out reads them. */
  numbersFor(request: Request): { customer: CustomerNumber | null; contact: ContactNumber | null } {
    const customer = this.accounts.get(request.accountId)?.customerNumber ?? null;
    const contact = this.contacts.get(request.recordId)?.contactNumber ?? null;
    // The org keeps what the agent wrote, which has the shape.
    return { customer: customer as CustomerNumber | null, contact: contact as ContactNumber | null };
  }

  #isOvertaken({ recordId, changeNumber }: Request): boolean {
    return [...this.requests.values()].some(
      (other) => other.recordId === recordId && other.changeNumber > changeNumber,
    );
  }

  #askForChange(
    what: 'customer' | 'contact',
    recordId: string,
    accountId: string,
    create: Request | undefined,
    change: OwnedFields,
  ): void {
    if (create?.state === 'ready' && !create.isClosed) return this.#join(create, change);
    const changes = [...this.requests.values()].filter(
      (request) => request.recordId === recordId && request.changeNumber > 0,
    );
    const newest = changes.at(-1);
    if (newest?.state === 'ready' && !newest.isClosed) return this.#join(newest, change);
    this.#add(`${what}.change`, recordId, accountId, (newest?.changeNumber ?? 0) + 1, change, false);
  }

  #join(request: Request, change: OwnedFields): void {
    request.fields = { ...request.fields, ...change };
    request.payload = payloadOf(
      request.kind,
      request.fields,
      this.accounts.get(request.recordId)?.wantsCredit === true,
    );
    this.#tell(() => `the change joins ${request.key}`);
    this.#events.onReady();
  }

  /** Corrected data under the same key: SAP has written nothing of the refused. */
  #correct(request: Request, fields: OwnedFields): void {
    this.#tell(() => `${request.key} is corrected`);
    request.isClosed = false;
    request.wasSent = false;
    request.state = 'ready';
    this.#join(request, fields);
  }

  #add(
    kind: WriteKind,
    recordId: string,
    accountId: string,
    changeNumber: number,
    fields: OwnedFields,
    checksDuplicates: boolean,
  ): Request {
    const key = `${kind}:${recordId}${changeNumber === 0 ? '' : `:${changeNumber}`}`;
    this.#lastName += 1;
    const name = `SR-${String(this.#lastName).padStart(6, '0')}`;
    const wantsCredit = this.accounts.get(accountId)?.wantsCredit === true;
    const request: Request = {
      key,
      name,
      kind,
      recordId,
      changeNumber,
      correlationId: `correlation-${name}`,
      accountId,
      fields,
      payload: payloadOf(kind, fields, wantsCredit),
      state: 'ready',
      isClosed: false,
      mayBeInSap: false,
      callouts: 0,
      wasSent: false,
      fence: null,
      checksDuplicates,
      outcomeAsOf: null,
      customerNumber: null,
      code: null,
      wish: null,
    };
    this.requests.set(key, request);
    this.#tell(() => `${key} is ready (${name})`);
    this.#events.onReady();
    return request;
  }

  #newId(prefix: string): string {
    this.#lastRecord += 1;
    return `${prefix}5g00000${String(this.#lastRecord).padStart(5, '0')}AAA`;
  }

  #tell(sentence: () => string): void {
    this.#events.tell(sentence);
  }
}
