/** Visits and answers as the contract has them, for tests to change one thing in. */
import { idempotencyKey, sapSystemId } from '../../src/model/index.ts';
import type { MailboxVisit } from '../../src/ports/index.ts';
import { org } from './fake-org.ts';

export const system = sapSystemId.parse('ERPCLNT100');

export const visit: MailboxVisit = {
  system,
  fence: 7,
  leaseMs: 60_000,
  isFarewell: false,
  wanted: 50,
  after: null,
  underWay: [idempotencyKey.parse('customer.create:001000000000001')],
  asking: [],
  outcomes: [],
};

export const request = {
  id: 'customer.change:001000000000002:3',
  name: 'SR-000012',
  kind: 'customer.change',
  subject: '001000000000002AAA',
  customer: '0000104711',
  contact: null,
  payload: '{"phone":"+49 40 1234"}',
  wasSent: false,
  checksDuplicates: false,
  correlationId: '6d1b2c33-aaaa-bbbb-cccc-000000000001',
};

export const answer = {
  contract: 1,
  org,
  packageVersion: '0.2.0',
  lease: { isHeld: true, fence: 7, holder: 'agent-1', expiresInMs: 60_000 },
  requests: [request] as unknown[],
  next: null as string | null,
  withdrawn: [] as unknown[],
  standing: [] as unknown[],
  receipts: [] as unknown[],
  waiting: 3,
};
