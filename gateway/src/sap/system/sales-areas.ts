/** Which sales organizations serve a customer; remembered for a while, because every page of orders needs it. */
import type { CustomerNumber } from '../../model/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { table, text } from '../answers.ts';
import { customerSalesAreas } from '../functions/customer.ts';
import { checkCustomerAnswer, read } from './context.ts';
import type { SapContext } from './context.ts';
import { readCustomer } from './read-customer.ts';

/** A day's working set of one agent; a forgotten customer costs one more call. */
const maxCustomers = 1_000;
/** A new sales area is seen within this time. */
const freshMs = 300_000;

export class SalesAreas {
  readonly #context: SapContext;
  readonly #clock: Clock;
  readonly #kept = new Map<CustomerNumber, { readonly organizations: readonly string[]; readonly staleAtMs: number }>();

  constructor(context: SapContext) {
    this.#context = context;
    this.#clock = context.clock;
  }

  /** Throws SAP_CUSTOMER_UNKNOWN for a customer that is not there; a customer may have none. */
  async organizations(number: CustomerNumber, deadline: Deadline): Promise<readonly string[]> {
    const kept = this.#kept.get(number);
    if (kept !== undefined && this.#clock.monotonic() < kept.staleAtMs) return kept.organizations;
    const organizations = await this.#ask(number, deadline);
    this.#keep(number, organizations);
    return organizations;
  }

  async #ask(number: CustomerNumber, deadline: Deadline): Promise<readonly string[]> {
    const question = { ...this.#context, deadline };
    const answer = await read(question, customerSalesAreas, { CUSTOMERNO: number }, ['SALESAREAS']);
    const organizations = [...new Set(table(answer, 'SALESAREAS').map((row) => text(row, 'SALESORG')))].sort();
    if (organizations.length > 0) return organizations;
    checkCustomerAnswer(this.#context, customerSalesAreas.name, answer, number);
    // No sales area and no error: only the general data can say whether the customer exists.
    await readCustomer(question, number);
    return organizations;
  }

  #keep(number: CustomerNumber, organizations: readonly string[]): void {
    this.#kept.delete(number);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= maxCustomers && !oldest.done) this.#kept.delete(oldest.value);
    this.#kept.set(number, { organizations, staleAtMs: this.#clock.monotonic() + freshMs });
  }
}
