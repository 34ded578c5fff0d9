/** SAP ECC as a SapSystem: one method per question, one file behind each. */
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
  MatchRequest,
  Order,
  OrderPage,
  Partners,
  SapSystemId,
} from '../../model/index.ts';
import type {
  KeyedWrite,
  KeyLookup,
  PageRequest,
  SapConnection,
  SapSystem,
  WriteKey,
  Written,
} from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { ping } from '../functions/system.ts';
import type { SapSettings } from '../sap-settings.ts';
import { AbapPack } from './abap-pack.ts';
import type { Question, SapContext } from './context.ts';
import { Customizing } from './customizing.ts';
import { Dictionaries } from './dictionaries.ts';
import { findMatches } from './find-matches.ts';
import { listInvoices } from './list-invoices.ts';
import type { InvoiceFilter } from './list-invoices.ts';
import { listOrders } from './list-orders.ts';
import { listPartners } from './list-partners.ts';
import { lookUpKey } from './look-up-key.ts';
import { readCredit } from './read-credit.ts';
import { readCustomer } from './read-customer.ts';
import { readOrder } from './read-order.ts';
import { SalesAreas } from './sales-areas.ts';
import { changeContact, createContact } from './write-contact.ts';
import { changeCredit } from './write-credit.ts';
import { changeCustomer, createCustomer } from './write-customer.ts';

export class EccSystem implements SapSystem {
  readonly system: SapSystemId;
  readonly #context: SapContext;
  readonly #salesAreas: SalesAreas;

  constructor(connection: SapConnection, settings: SapSettings, clock: Clock) {
    this.system = settings.system;
    const pack = new AbapPack(connection, clock, settings.abapPack);
    const customizing = new Customizing(connection, settings.language, clock);
    const dictionaries = new Dictionaries(connection);
    this.#context = { settings, connection, clock, pack, customizing, dictionaries };
    this.#salesAreas = new SalesAreas(this.#context);
  }

  readCustomer(number: CustomerNumber, deadline: Deadline): Promise<Customer> {
    return readCustomer(this.#ask(deadline), number);
  }

  readCredit(number: CustomerNumber, deadline: Deadline): Promise<Credit> {
    return readCredit(this.#ask(deadline), number);
  }

  listOrders(number: CustomerNumber, page: PageRequest, deadline: Deadline): Promise<OrderPage> {
    return listOrders(this.#ask(deadline), this.#salesAreas, number, page);
  }

  readOrder(order: DocumentNumber, soldTo: CustomerNumber | undefined, deadline: Deadline): Promise<Order> {
    return readOrder(this.#ask(deadline), order, soldTo);
  }

  listInvoices(
    number: CustomerNumber,
    state: InvoiceFilter,
    page: PageRequest,
    deadline: Deadline,
  ): Promise<InvoicePage> {
    return listInvoices(this.#ask(deadline), number, state, page);
  }

  listPartners(number: CustomerNumber, deadline: Deadline): Promise<Partners> {
    return listPartners(this.#ask(deadline), number);
  }

  findMatches(request: MatchRequest, deadline: Deadline): Promise<CustomerMatches> {
    return findMatches(this.#ask(deadline), request);
  }

  createCustomer(write: KeyedWrite, draft: CustomerDraft, deadline: Deadline): Promise<Written> {
    return createCustomer(this.#ask(deadline), write, draft);
  }

  changeCustomer(
    write: KeyedWrite,
    number: CustomerNumber,
    change: CustomerChange,
    deadline: Deadline,
  ): Promise<Written> {
    return changeCustomer(this.#ask(deadline), write, number, change);
  }

  changeCredit(write: KeyedWrite, number: CustomerNumber, credit: InitialCredit, deadline: Deadline): Promise<Written> {
    return changeCredit(this.#ask(deadline), write, number, credit);
  }

  createContact(write: KeyedWrite, number: CustomerNumber, draft: ContactDraft, deadline: Deadline): Promise<Written> {
    return createContact(this.#ask(deadline), write, number, draft);
  }

  changeContact(
    write: KeyedWrite,
    contact: { readonly customer: CustomerNumber; readonly contact: ContactNumber },
    change: ContactChange,
    deadline: Deadline,
  ): Promise<Written> {
    return changeContact(this.#ask(deadline), write, contact, change);
  }

  lookUpKey(key: WriteKey, deadline: Deadline, fence?: number): Promise<KeyLookup> {
    return lookUpKey(this.#ask(deadline), key, fence);
  }

  #ask(deadline: Deadline): Question {
    return { ...this.#context, deadline };
  }

  async ping(deadline: Deadline): Promise<void> {
    await this.#context.connection.call(ping.name, {}, { deadline, effect: 'read' });
  }

  close(): Promise<void> {
    return this.#context.connection.close();
  }
}
