/** The way without a button: an Account that becomes a customer gets its number by itself, and exactly one. */
import { z } from 'zod';
import { apex, ask } from './ask-org.ts';
import type { Org } from './ask-org.ts';
import type { LocalProduct } from './local-product.ts';

const panelView = z.object({
  customer: z.object({ system: z.string(), number: z.string(), display: z.string() }).optional(),
  request: z.object({ name: z.string(), status: z.string() }).optional(),
});
const relatedLists = z.array(
  z.object({
    object: z.string(),
    rows: z.array(z.object({ name: z.string(), fields: z.array(z.object({ name: z.string(), text: z.string() })) })),
    isMoving: z.boolean(),
  }),
);
const formView = z.object({ draft: z.record(z.string(), z.unknown()) });
const matchesView = z.object({
  matches: z.array(z.object({ name: z.string(), customer: z.object({ number: z.string() }) })),
});

/** The prospect that becomes a customer by itself. */
export const prospectName = 'Fjordlys Energi AS';
/** A second is usual; a busy machine may take many times that. */
const patienceMs = 60_000;
const lookEveryMs = 200;

/** Changes the prospect's Type twice and waits; throws what went wrong. */
export async function walkAutomaticWay(product: LocalProduct, idOf: (name: string) => string): Promise<object> {
  const recordId = idOf(prospectName);
  const { draft } = formView.parse(await apex(product, 'CustomerRequestController.form', { recordId }));
  for (const Type of ['Customer', 'Prospect', 'Customer']) {
    await ask(product, 'PATCH', `/api/ui-api/records/${recordId}`, { fields: { Type } });
  }
  const customer = await numberOf(product, recordId);
  const requests = await endedRequests(product, recordId);
  const search = { recordId, draft };
  const { matches } = matchesView.parse(await apex(product, 'CustomerRequestController.matches', search));
  const inSap = matches.filter((match) => match.name === prospectName).map((match) => match.customer.number);
  if (inSap.length !== 1 || inSap[0] !== customer.number)
    throw new Error(
      `the Account has the number ${customer.number}, SAP holds ${inSap.join(', ') || 'none'} of that name`,
    );
  return { account: prospectName, customer, requests, inSap };
}

/** The number as the panels find it, by looking again and pressing nothing. */
async function numberOf(product: LocalProduct, recordId: string) {
  const look = async () => panelView.parse(await apex(product, 'PanelController.load', { recordId, panel: 'credit' }));
  const { customer, request } = await until(look, (view) => view.customer !== undefined);
  if (customer === undefined) throw new Error(`no number came: ${request?.name ?? 'no request'} is ${request?.status}`);
  return customer;
}

/** What the list SAP Requests says of the Account, once nothing of it goes on. */
async function endedRequests(product: LocalProduct, recordId: string): Promise<object[]> {
  const { requests } = await until(
    () => requestsOf(product, recordId),
    (list) => !list.isMoving,
  );
  const creates = requests.filter(({ operation }) => operation === 'Create customer');
  if (creates.length !== 1 || creates[0]?.status !== 'Done')
    throw new Error(`one request that is done was expected: ${JSON.stringify(requests)}`);
  return requests;
}

interface RequestRow {
  readonly name: string;
  readonly operation: string | undefined;
  readonly status: string | undefined;
}

/** The list SAP Requests of the Account's page as it is now. */
export async function requestsOf(
  org: Org,
  recordId: string,
): Promise<{ readonly requests: RequestRow[]; readonly isMoving: boolean }> {
  const lists = relatedLists.parse(await ask(org, 'GET', `/api/page/records/${recordId}/related`));
  const list = lists.find(({ object }) => object === 'SAP_Request__c');
  if (list === undefined) throw new Error('the page of the Account has no list of SAP Requests');
  const requests = list.rows.map(({ name, fields }) => {
    const said = Object.fromEntries(fields.map((field) => [field.name, field.text]));
    return { name, operation: said['Operation__c'], status: said['Status__c'] };
  });
  return { requests, isMoving: list.isMoving };
}

/** Looks until it is so; after a while gives what it saw last. */
async function until<View>(look: () => Promise<View>, isSo: (view: View) => boolean): Promise<View> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const view = await look();
    if (isSo(view) || Date.now() > giveUpAt) return view;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
