/** PanelController: the snapshot at once, the live answer on demand, the snapshot again when SAP is away. */
import { z } from 'zod';
import { SalesforceError } from '../org/errors.ts';
import { customerOf, readableAccount } from './account.ts';
import { withoutAmounts, withoutAmountsInMessages } from './amount-filter.ts';
import { canCreate, canSeeAmounts } from './context.ts';
import type { ApexContext } from './context.ts';
import { GatewayException, invalid } from './problem.ts';
import type { ProblemView } from './problem.ts';
import { callRelay, readAnswer, unreadable } from './relay-call.ts';
import type { RelayAnswer, RelayCall } from './relay-call.ts';
import { requestView, standingRequest } from './request-store.ts';
import type { RequestRecord } from './request-store.ts';
import { customerReference, customerView, fromAnswer, keyOf } from './sap-customer.ts';
import type { SapCustomer } from './sap-customer.ts';

const panels = ['credit', 'orders', 'invoices'];
const invoiceStates = ['open', 'overdue', 'paid', 'all'];
/** Length of Body__c; a larger answer is shown and not kept. */
const maxKeptLength = 131_072;

const header = z.object({ asOf: z.iso.datetime({ offset: true }), customer: customerReference });

/** An answer that has been checked to be about the right customer. */
interface PanelAnswer {
  readonly body: string;
  readonly asOf: string;
}

interface PanelView {
  accountId: string;
  customer?: ReturnType<typeof customerView>;
  canSeeAmounts: boolean;
  canCreate: boolean;
  body?: string;
  asOf?: string;
  isLive: boolean;
  problem?: ProblemView;
  request?: ReturnType<typeof requestView>;
}

/** One run of one of the controller's methods. */
class PanelRun {
  readonly #context: ApexContext;
  readonly view: PanelView;
  #accountId = '';
  #customer: SapCustomer | null = null;

  constructor(context: ApexContext) {
    this.#context = context;
    this.view = { accountId: '', isLive: false, canSeeAmounts: canSeeAmounts(context), canCreate: canCreate(context) };
  }

  /** Finds the Account under the user's rights; null while it is no SAP customer. */
  open(recordId: string): SapCustomer | null {
    const account = readableAccount(this.#context, recordId);
    this.#accountId = account.id;
    this.view.accountId = account.id;
    this.#customer = customerOf(this.#context, account.row);
    if (this.#customer === null) this.#showRequest(standingRequest(this.#context, account.id));
    else this.view.customer = customerView(this.#customer);
    return this.#customer;
  }

  /** A customer is on its way; what SAP said about it is for those who may go on with it. */
  #showRequest(standing: RequestRecord | null): void {
    if (standing === null || standing.status === 'done') return;
    const request = requestView(standing);
    this.view.request = this.view.canCreate ? request : { ...request, problem: null, sapMessages: [] };
  }

  async ask(customer: SapCustomer, call: RelayCall): Promise<PanelAnswer> {
    const answer = this.#checked(await callRelay(this.#context, call), customer);
    this.#show(answer, true);
    return answer;
  }

  showSnapshot(panel: string): void {
    const customer = this.#customer;
    const kept = customer === null ? undefined : this.#snapshot(panel, customer);
    if (kept !== undefined) this.#show(kept, false);
  }

  keepSnapshot(panel: string, customer: SapCustomer, answer: PanelAnswer): void {
    if (answer.body.length > maxKeptLength || this.#isNewerKept(panel, customer, answer)) return;
    const { org, transaction } = this.#context;
    const object = org.named('SAP_Snapshot__c');
    const values = {
      Key__c: this.#key(panel),
      Account__c: this.#accountId,
      Panel__c: panel,
      Body__c: answer.body,
      As_Of__c: answer.asOf,
      SAP_Customer_Key__c: keyOf(customer),
    };
    const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [org.named(name), value]));
    const existing = this.#row(panel);
    const mark = transaction.mark;
    try {
      if (existing === undefined) transaction.insert(object, named);
      else transaction.update(object, String(existing['Id']), named);
    } catch (error) {
      // The person still gets the live answer; the next read keeps a newer one.
      if (!(error instanceof SalesforceError)) throw error;
      transaction.rollbackTo(mark);
    }
  }

  /** Refuses an answer about somebody else: it would show a rep the credit of another company. */
  #checked(answer: RelayAnswer, customer: SapCustomer): PanelAnswer {
    const { asOf, customer: reference } = readAnswer(this.#context, answer, header);
    const named = fromAnswer(reference);
    if (named === null || keyOf(named) !== keyOf(customer)) throw unreadable(this.#context, answer);
    return { body: answer.body, asOf };
  }

  #show(answer: PanelAnswer, isLive: boolean): void {
    this.view.body = this.view.canSeeAmounts ? answer.body : withoutAmounts(answer.body);
    this.view.asOf = answer.asOf;
    this.view.isLive = isLive;
  }

  /** Two refreshes may overtake each other; the younger word of SAP stays. */
  #isNewerKept(panel: string, customer: SapCustomer, answer: PanelAnswer): boolean {
    const kept = this.#snapshot(panel, customer);
    return kept !== undefined && Date.parse(kept.asOf) > Date.parse(answer.asOf);
  }

  showProblem(problem: ProblemView): void {
    this.view.problem = this.view.canSeeAmounts ? problem : withoutAmountsInMessages(problem);
  }

  #key(panel: string): string {
    return `${this.#accountId}:${panel}`;
  }

  #row(panel: string) {
    const { store, named } = this.#context.org;
    const object = store.object(named('SAP_Snapshot__c'));
    const field = object.fields.get(named('Key__c').toLowerCase());
    return field === undefined ? undefined : store.findUnique(object.name, field, this.#key(panel));
  }

  #snapshot(panel: string, customer: SapCustomer): PanelAnswer | undefined {
    const { named } = this.#context.org;
    const row = this.#row(panel);
    if (row === undefined || row[named('SAP_Customer_Key__c')] !== keyOf(customer)) return undefined;
    try {
      return this.#checked({ status: 200, body: String(row[named('Body__c')]), correlationId: '' }, customer);
    } catch (error) {
      if (error instanceof GatewayException) return undefined;
      throw error;
    }
  }
}

function requireOneOf(
  context: ApexContext,
  allowed: readonly string[],
  value: string | null | undefined,
  name: string,
): void {
  if (value != null && !allowed.includes(value)) throw notOffered(context, name);
}

function requireShape(context: ApexContext, shape: RegExp, value: string | null | undefined, name: string): void {
  if (value != null && value.trim() !== '' && !shape.test(value)) throw notOffered(context, name);
}

const notOffered = (context: ApexContext, path: string): GatewayException =>
  invalid(context.labels, [{ path, message: context.labels('Issue_Choice') }]);

const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

/** Runs `work` and makes a GatewayException part of the view. */
async function viewOf(
  context: ApexContext,
  work: (run: PanelRun) => Promise<void>,
  onFailure?: (run: PanelRun) => void,
): Promise<PanelView> {
  const run = new PanelRun(context);
  try {
    await work(run);
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    run.showProblem(error.problem);
    onFailure?.(run);
  }
  return run.view;
}

export const panelParameters = {
  load: z.object({ recordId: z.string(), panel: z.string().nullish() }),
  refresh: z.object({
    recordId: z.string(),
    panel: z.string().nullish(),
    cursor: z.string().nullish(),
    state: z.string().nullish(),
  }),
  readOrder: z.object({ recordId: z.string(), orderNumber: z.string().nullish() }),
};

/** `PanelController.load`: never calls out. */
export const load = (
  context: ApexContext,
  { recordId, panel }: z.infer<typeof panelParameters.load>,
): Promise<PanelView> =>
  viewOf(context, async (run) => {
    requireOneOf(context, panels, panel ?? '', 'panel');
    if (run.open(recordId) !== null) run.showSnapshot(panel ?? '');
  });

/** `PanelController.refresh`. */
export function refresh(context: ApexContext, parameters: z.infer<typeof panelParameters.refresh>): Promise<PanelView> {
  const { recordId, panel, cursor, state } = parameters;
  const isWhole = isBlank(cursor) && (isBlank(state) || state === 'all');
  const work = async (run: PanelRun): Promise<void> => {
    requireOneOf(context, panels, panel ?? '', 'panel');
    requireShape(context, /^[A-Za-z0-9_.:-]{1,64}$/, cursor, 'cursor');
    requireOneOf(context, invoiceStates, isBlank(state) ? null : state, 'state');
    const customer = run.open(recordId);
    if (customer === null) return;
    const path = ['customers', customer.number, panel ?? ''];
    const query = [
      ['system', customer.system],
      ['cursor', cursor],
      ['state', panel === 'invoices' ? state : null],
    ] as const;
    const answer = await run.ask(customer, { method: 'GET', path, query });
    if (isWhole) run.keepSnapshot(panel ?? '', customer, answer);
  };
  return viewOf(context, work, (run) => (isWhole ? run.showSnapshot(panel ?? '') : undefined));
}

/** `PanelController.readOrder`. */
export const readOrder = (
  context: ApexContext,
  { recordId, orderNumber }: z.infer<typeof panelParameters.readOrder>,
): Promise<PanelView> =>
  viewOf(context, async (run) => {
    requireShape(context, /^[A-Za-z0-9]{1,10}$/, isBlank(orderNumber) ? '?' : orderNumber, 'orderNumber');
    const customer = run.open(recordId);
    if (customer === null) return;
    const query = [
      ['system', customer.system],
      ['customer', customer.number],
    ] as const;
    await run.ask(customer, { method: 'GET', path: ['orders', orderNumber ?? ''], query });
  });
