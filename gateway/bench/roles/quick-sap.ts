/** An SAP system for benches: every answer after 20 ms, as from a healthy ECC, and the calls that go to it. */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Call } from '../../src/agent/call.ts';
import {
  correlationId,
  customerNumber,
  customerDraft,
  idempotencyKey,
  orgId,
  sapSystemId,
} from '../../src/model/index.ts';
import type { CustomerMatches, WriteOperation } from '../../src/model/index.ts';
import type { SapSystem, WriteIntent, Written } from '../../src/ports/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';

export const system = sapSystemId.parse('ERPCLNT100');
const org = orgId.parse('00D5g000004GANG');
const number = customerNumber.parse('104711');
const answersAfterMs = 20;

const draft = customerDraft.parse({
  name: 'Fjordlys Energi AS',
  address: { street: 'Bryggen', houseNumber: '12', postalCode: '5003', city: 'Bergen', country: 'NO' },
  language: 'NO',
  phone: '+47 55 55 55 55',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'NOK',
});

const keyOf = (serial: number) => idempotencyKey.parse(`customer.create:${String(serial).padStart(18, '0')}`);

/** The intent with that serial number, as the executor would write it. */
export function writeIntent(serial: number): WriteIntent {
  const content = JSON.stringify({ draft });
  return {
    org,
    system,
    id: keyOf(serial),
    kind: 'customer.create',
    contentHash: createHash('sha256').update(content).digest('hex'),
    content,
    correlationId: `bench-${serial}`,
  };
}

/** How that intent ended. */
export const doneOperation = (intent: WriteIntent): WriteOperation => ({
  id: intent.id,
  kind: intent.kind,
  state: 'done',
  asOf: new Date().toISOString(),
  attempts: 1,
  isRepeat: false,
  customer: { system, number },
  contact: null,
  sapMessages: [{ type: 'S', id: 'ZGANGWAY', number: '001', text: 'Customer 104711 has been created' }],
  problem: null,
});

const call = (change: Partial<Call> & Pick<Call, 'operation'>): Call => ({
  org,
  user: 'bench',
  system,
  params: {},
  query: {},
  body: undefined,
  idempotencyKey: undefined,
  correlationId: correlationId.parse('bench-bench'),
  deadline: Deadline.in(systemClock, 60_000),
  ...change,
});

export const readCall = (): Call => call({ operation: 'findMatches', body: { name: 'Fjordlys' } });
export const writeCall = (serial: number): Call =>
  call({ operation: 'createCustomer', body: draft, idempotencyKey: keyOf(serial) });

const notAsked = (): Promise<never> => Promise.reject(new Error('the bench does not ask this'));

export class QuickSap implements SapSystem {
  readonly system = system;
  readonly readCustomer = notAsked;
  readonly readCredit = notAsked;
  readonly listOrders = notAsked;
  readonly readOrder = notAsked;
  readonly listInvoices = notAsked;
  readonly listPartners = notAsked;
  readonly changeCustomer = notAsked;
  readonly changeCredit = notAsked;
  readonly createContact = notAsked;
  readonly changeContact = notAsked;
  readonly lookUpKey = notAsked;

  findMatches(): Promise<CustomerMatches> {
    return setTimeout(answersAfterMs, { asOf: new Date().toISOString(), matches: [] });
  }

  createCustomer(): Promise<Written> {
    return setTimeout(answersAfterMs, { customerNumber: number, contactNumber: null, isRepeat: false, messages: [] });
  }

  async ping(): Promise<void> {}
  async close(): Promise<void> {}
}
