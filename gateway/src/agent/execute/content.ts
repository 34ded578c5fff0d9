/** What a write asks for, in a canonical form: the same wish always has the same text and the same hash. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import { customerChange, customerDraft, customerNumber } from '../../model/index.ts';
import type { OrgId } from '../../model/index.ts';
import type { KeyedWrite, SapSystem, WriteIntent, WriteKey, Written } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import type { Call } from '../call.ts';

const createContent = z.strictObject({ draft: customerDraft });
const changeContent = z.strictObject({ number: customerNumber, change: customerChange });

/** JSON with sorted keys and without absent values. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(pairs.map(([key, part]) => [key, sorted(part)]));
}

/** The intent of a write call. Throws IDEMPOTENCY_KEY_MISSING. */
export function toIntent(call: Call): WriteIntent {
  if (call.idempotencyKey === undefined) throw new GatewayError('IDEMPOTENCY_KEY_MISSING');
  const kind = call.operation === 'changeCustomer' ? 'customer.change' : 'customer.create';
  const content = canonicalJson(kind === 'customer.create' ? createdContent(call) : changedContent(call));
  return {
    org: call.org,
    system: call.system,
    id: call.idempotencyKey,
    kind,
    // The kind is part of it: one key cannot mean a create today and a change tomorrow.
    contentHash: createHash('sha256').update(`${kind} ${content}`).digest('hex'),
    content,
    correlationId: call.correlationId,
  };
}

/**
 * Empty fields of a draft mean the same as absent ones; leaving them out keeps the hash when a later version
 * knows more optional fields.
 */
function createdContent(call: Call): z.infer<typeof createContent> | object {
  const { draft } = createContent.parse({ draft: call.body });
  const { address, ...rest } = draft;
  return { draft: { ...withoutEmpty(rest), address: withoutEmpty(address) } };
}

const withoutEmpty = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

function changedContent(call: Call): z.infer<typeof changeContent> {
  return changeContent.parse({ number: call.params['number'], change: call.body });
}

/** The key as SAP keeps it. With the org in it a copied sandbox is another caller; 18 + 1 + 60 fit its 80 characters. */
export function toWriteKey(org: OrgId, id: string): WriteKey {
  // The one place where a WriteKey is made.
  return `${org}:${id}` as WriteKey;
}

/** Asks SAP for what the intent's content says. */
export function writeInSap(sap: SapSystem, intent: WriteIntent, deadline: Deadline): Promise<Written> {
  const write: KeyedWrite = { key: toWriteKey(intent.org, intent.id), contentHash: intent.contentHash };
  const content: unknown = JSON.parse(intent.content);
  if (intent.kind === 'customer.create') {
    return sap.createCustomer(write, createContent.parse(content).draft, deadline);
  }
  const { number, change } = changeContent.parse(content);
  return sap.changeCustomer(write, number, change, deadline);
}
