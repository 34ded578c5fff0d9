/**
 * What may be asked of Gangway: the one list that the relay routes by, the agent executes by, and
 * /v1/openapi.json is generated from.
 */
import { z } from 'zod';
import { contactChange, contactDraft } from './contact.ts';
import { credit } from './credit.ts';
import { customer, customerChange, customerDraft, customerMatches, matchRequest, partners } from './customer.ts';
import { contactNumber, customerNumber, documentNumber, idempotencyKey, sapSystemId } from './identifiers.ts';
import { invoicePage } from './invoice.ts';
import { serviceName } from './service.ts';
import { order, orderPage } from './sales-order.ts';
import { writeOperation } from './write-operation.ts';

/** Which SAP; may be left out while the org is served exactly one. */
const systemQuery = z.strictObject({ system: sapSystemId.optional() });
/** A page; at most 50 entries, because each costs SAP reads and a person looks at ten. */
const pageQuery = systemQuery.extend({
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
const noBody = z.undefined();

export interface Operation {
  readonly name: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Express style, e.g. `/v1/customers/:number/credit`. */
  readonly path: string;
  readonly effect: 'read' | 'write';
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
}

const serviceParams = z.strictObject({ name: serviceName });
/** Each service has a schema of its own, made from its file. */
const serviceValues = z.record(z.string(), z.unknown());
const customerParams = z.strictObject({ number: customerNumber });

export const operations = {
  readCustomer: {
    name: 'readCustomer',
    summary: 'Name, address and blocks of one customer',
    method: 'GET',
    path: '/v1/customers/:number',
    effect: 'read',
    params: customerParams,
    query: systemQuery,
    body: noBody,
    answer: customer,
  },
  readCredit: {
    name: 'readCredit',
    summary: 'Limit, exposure, ageing and blocks',
    method: 'GET',
    path: '/v1/customers/:number/credit',
    effect: 'read',
    params: customerParams,
    query: systemQuery,
    body: noBody,
    answer: credit,
  },
  listOrders: {
    name: 'listOrders',
    summary: 'Sales orders, newest first',
    method: 'GET',
    path: '/v1/customers/:number/orders',
    effect: 'read',
    params: customerParams,
    query: pageQuery,
    body: noBody,
    answer: orderPage,
  },
  readOrder: {
    name: 'readOrder',
    summary: 'One sales order with items, schedule lines, deliveries and invoices',
    method: 'GET',
    path: '/v1/orders/:order',
    effect: 'read',
    params: z.strictObject({ order: documentNumber }),
    query: systemQuery.extend({ customer: customerNumber.optional() }),
    body: noBody,
    answer: order,
  },
  listInvoices: {
    name: 'listInvoices',
    summary: 'Invoices, newest first',
    method: 'GET',
    path: '/v1/customers/:number/invoices',
    effect: 'read',
    params: customerParams,
    query: pageQuery.extend({ state: z.enum(['open', 'overdue', 'paid', 'all']).default('all') }),
    body: noBody,
    answer: invoicePage,
  },
  listPartners: {
    name: 'listPartners',
    summary: 'Partner functions as a graph',
    method: 'GET',
    path: '/v1/customers/:number/partners',
    effect: 'read',
    params: customerParams,
    query: systemQuery,
    body: noBody,
    answer: partners,
  },
  findMatches: {
    name: 'findMatches',
    summary: 'Possible duplicates with score and reasons',
    method: 'POST',
    path: '/v1/customers/matches',
    effect: 'read',
    params: z.strictObject({}),
    query: systemQuery,
    body: matchRequest,
    answer: customerMatches,
  },
  createCustomer: {
    name: 'createCustomer',
    summary: 'Create a customer, once per Idempotency-Key',
    method: 'POST',
    path: '/v1/customers',
    effect: 'write',
    params: z.strictObject({}),
    query: systemQuery,
    body: customerDraft,
    answer: writeOperation,
  },
  changeCustomer: {
    name: 'changeCustomer',
    summary: 'Change a customer, once per Idempotency-Key',
    method: 'PATCH',
    path: '/v1/customers/:number',
    effect: 'write',
    params: customerParams,
    query: systemQuery,
    body: customerChange,
    answer: writeOperation,
  },
  createContact: {
    name: 'createContact',
    summary: 'Create a contact person of a customer, once per Idempotency-Key',
    method: 'POST',
    path: '/v1/customers/:number/contacts',
    effect: 'write',
    params: customerParams,
    query: systemQuery,
    body: contactDraft,
    answer: writeOperation,
  },
  changeContact: {
    name: 'changeContact',
    summary: 'Change a contact person, once per Idempotency-Key',
    method: 'PATCH',
    path: '/v1/customers/:number/contacts/:contact',
    effect: 'write',
    params: customerParams.extend({ contact: contactNumber }),
    query: systemQuery,
    body: contactChange,
    answer: writeOperation,
  },
  readService: {
    name: 'readService',
    summary: 'Call a published service that only reads',
    method: 'POST',
    path: '/v1/services/:name',
    effect: 'read',
    params: serviceParams,
    query: systemQuery,
    body: serviceValues,
    answer: serviceValues,
  },
  writeService: {
    name: 'writeService',
    summary: 'Call a published service that writes, once per Idempotency-Key',
    method: 'POST',
    path: '/v1/services/:name',
    effect: 'write',
    params: serviceParams,
    query: systemQuery,
    body: serviceValues,
    answer: writeOperation,
  },
  readOperation: {
    name: 'readOperation',
    summary: 'Where a write stands',
    method: 'GET',
    path: '/v1/operations/:id',
    effect: 'read',
    params: z.strictObject({ id: idempotencyKey }),
    query: systemQuery,
    body: noBody,
    answer: writeOperation,
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
