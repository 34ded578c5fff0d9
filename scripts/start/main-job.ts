/** The main job, walked as a rep's browser would: the controllers of the local org, the relay, the agent, SAP. */
import { z } from 'zod';
import { accountIds, apex } from './ask-org.ts';
import { walkAutomaticWay } from './automatic-way.ts';
import type { LocalProduct } from './local-product.ts';

const problem = z.object({ code: z.string(), title: z.string() });
const panelView = z.object({
  customer: z.object({ system: z.string(), number: z.string(), display: z.string() }).optional(),
  body: z.string().optional(),
  isLive: z.boolean(),
  asOf: z.string().optional(),
  problem: problem.optional(),
});
const requestView = z.object({
  id: z.string(),
  status: z.string(),
  customer: z.object({ system: z.string(), number: z.string() }).optional(),
  problem: problem.optional(),
});
const formView = z.object({
  draft: z.record(z.string(), z.unknown()),
  salesAreas: z.array(
    z.object({
      value: z.string(),
      companyCode: z.string(),
      paymentTerms: z.string().optional(),
      currencyCode: z.string(),
    }),
  ),
  paymentTerms: z.array(z.object({ value: z.string() })),
});

const matchesView = z.object({
  matches: z.array(z.object({ name: z.string(), customer: z.object({ number: z.string() }) })),
});

/** The customer that is looked at, and the prospect that becomes one. */
const customerName = 'Nordwind Logistik GmbH';
const prospectName = 'Zephyr Robotics GmbH';

/**
 * Reads a customer's three panels, creates a customer, sends the same request again, lets another one be created by
 * itself; throws what went wrong.
 */
export async function walkMainJob(product: LocalProduct): Promise<object> {
  const idOf = await accountIds(product);
  const recordId = idOf(customerName);
  const credit = await panel(product, recordId, 'credit');
  const orders = await panel(product, recordId, 'orders');
  const invoices = await panel(product, recordId, 'invoices');
  const created = await createTwice(product, idOf(prospectName));
  const automatic = await walkAutomaticWay(product, idOf);
  return { account: customerName, credit, orders, invoices, created, automatic };
}

async function panel(product: LocalProduct, recordId: string, name: string): Promise<unknown> {
  const view = panelView.parse(await apex(product, 'PanelController.refresh', { recordId, panel: name }));
  if (view.problem !== undefined || view.body === undefined || !view.isLive) {
    throw new Error(`the ${name} panel is not live: ${view.problem?.code ?? 'no answer'} ${view.problem?.title ?? ''}`);
  }
  const answer: unknown = JSON.parse(view.body);
  return answer;
}

async function createTwice(product: LocalProduct, recordId: string): Promise<object> {
  const form = formView.parse(await apex(product, 'CustomerRequestController.form', { recordId }));
  const [area] = form.salesAreas;
  if (area === undefined) throw new Error('no sales area can be chosen');
  const draft = {
    ...form.draft,
    salesArea: area.value,
    companyCode: area.companyCode,
    paymentTerms: area.paymentTerms ?? form.paymentTerms[0]?.value,
    currencyCode: area.currencyCode,
  };
  const committed = requestView.parse(
    await apex(product, 'CustomerRequestController.commitRequest', { recordId, draft }),
  );
  const first = requestView.parse(await apex(product, 'CustomerRequestController.send', { requestId: committed.id }));
  const again = requestView.parse(await apex(product, 'CustomerRequestController.send', { requestId: committed.id }));
  if (first.customer === undefined)
    throw new Error(`no customer was created: ${first.status} ${first.problem?.title ?? ''}`);
  if (first.customer.number !== again.customer?.number) throw new Error('the same request got two numbers');
  const found = matchesView.parse(
    await apex(product, 'CustomerRequestController.matches', { recordId, draft }),
  ).matches;
  const inSap = found.filter((match) => match.name === prospectName).map((match) => match.customer.number);
  if (inSap.length !== 1) throw new Error(`SAP holds ${inSap.length} customers of that name`);
  return { account: prospectName, first, again, inSap };
}
