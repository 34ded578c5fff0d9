/** What a visitor may have done in the simulated SAP, to see it arrive in the org by itself. */
import { request } from 'undici';
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { visibleRow } from './record-views.ts';

const offered = [
  {
    id: 'order-block',
    label: 'Set an order block in SAP',
    description: 'Or take it away again, as a clerk would with XD05.',
  },
  {
    id: 'credit-limit',
    label: 'Change the credit limit in SAP',
    description: 'Ten percent more, as a credit manager would with FD32.',
  },
] as const;

const order = z.object({ act: z.enum(offered.map(({ id }) => id)), recordId: z.string() });
const refusal = z.object({ error: z.string() });

/** `GET /api/page/sap-acts`: what the drawer offers. */
export const readSapActs = (): HttpAnswer => ({ status: 200, body: offered });

/** The customer of an Account, or of the Account a record belongs to. */
function customerOf(org: Org, user: OrgUser, recordId: string): string {
  const { row } = visibleRow(org, user, recordId);
  const accountId = row['AccountId'];
  const account = typeof accountId === 'string' ? visibleRow(org, user, accountId).row : row;
  const number = account[org.named('SAP_Customer_Number__c')];
  if (typeof number === 'string' && number !== '') return number;
  throw new SalesforceError('INVALID_INPUT', 'This record belongs to no SAP customer.', { status: 400 });
}

/** `POST /api/page/sap-acts`: does it to the customer of the record that is shown. */
export async function doSapAct(org: Org, user: OrgUser, sapUrl: string, call: HttpCall): Promise<HttpAnswer> {
  const { act, recordId } = order.parse(parseJson(call));
  const customer = customerOf(org, user, recordId);
  const answer = await request(`${sapUrl}/simulator/customers/${encodeURIComponent(customer)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act }),
  });
  const content = await answer.body.json();
  if (answer.statusCode < 300) return { status: 200, body: { customer } };
  const { error } = refusal.parse(content);
  throw new SalesforceError('SERVER_UNAVAILABLE', error, { status: 502 });
}
