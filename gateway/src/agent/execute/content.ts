/** What a write asks for, in a canonical form: the same wish always has the same text and the same hash. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import {
  contactChange,
  contactDraft,
  contactNumber,
  customerChange,
  customerDraft,
  customerNumber,
  serviceName,
  writeKind,
} from '../../model/index.ts';
import type { OrgId, PublishedService, WriteKind } from '../../model/index.ts';
import type { SapServices, WriteIntent, WriteKey } from '../../ports/index.ts';
import type { Call } from '../call.ts';

/** What the journal keeps of each kind of write, so that a restarted agent can go on. */
export const contents = {
  'customer.create': z.strictObject({ draft: customerDraft }),
  'customer.change': z.strictObject({ number: customerNumber, change: customerChange }),
  'contact.create': z.strictObject({ number: customerNumber, draft: contactDraft }),
  'contact.change': z.strictObject({ number: customerNumber, contact: contactNumber, change: contactChange }),
  /** `version` is the form in which the service was published when the write began. */
  'service.call': z.strictObject({
    service: serviceName,
    version: z.string().max(64),
    inputs: z.record(z.string(), z.unknown()),
  }),
} as const satisfies Record<WriteKind, z.ZodType>;

const kinds: { readonly [Name in Call['operation']]?: WriteKind } = {
  createCustomer: 'customer.create',
  changeCustomer: 'customer.change',
  createContact: 'contact.create',
  changeContact: 'contact.change',
};

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

/** The hash of one thing that is asked of SAP. The kind is part of it: a key cannot mean a create today, a change tomorrow. */
export function hashOf(kind: string, canonical: string): string {
  return createHash('sha256').update(`${kind} ${canonical}`).digest('hex');
}

/** The intent of a write call. Throws IDEMPOTENCY_KEY_MISSING, and what is wrong with a call of a service. */
export function toIntent(call: Call, services?: SapServices): WriteIntent {
  if (call.operation === 'writeService') return toServiceIntent(call, services);
  const kind = kinds[call.operation];
  if (call.idempotencyKey === undefined || kind === undefined) throw new GatewayError('IDEMPOTENCY_KEY_MISSING');
  const { org, system, idempotencyKey: id, correlationId } = call;
  const isCreate = kind === 'customer.create' || kind === 'contact.create';
  const content = { ...call.params, [isCreate ? 'draft' : 'change']: call.body };
  return { org, system, id, kind, correlationId, ...toContent(kind, content) };
}

/** A key that looks like one of a record would stand in the way of that record's own request. */
const isOfRecord = (id: string): boolean =>
  writeKind.options.some((kind) => kind !== 'service.call' && id.startsWith(`${kind}:`));

/**
 * The hash is over what the caller asked for, not over the form of the service: the same wish under the same key stays the same
 * when the service is published anew.
 */
function toServiceIntent(call: Call, services: SapServices | undefined): WriteIntent {
  const { org, system, idempotencyKey: id, correlationId } = call;
  const name = serviceName.parse(call.params['name']);
  const service = services?.find(name);
  if (id === undefined) throw new GatewayError('IDEMPOTENCY_KEY_MISSING');
  if (service?.effect !== 'write') throw new GatewayError('SERVICE_UNKNOWN', { name });
  if (isOfRecord(id)) {
    const issues = [{ path: 'Idempotency-Key', message: 'It begins like the key of a record; begin it otherwise' }];
    throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
  }
  const parts = contents['service.call'].parse({ service: name, version: versionOf(service), inputs: call.body });
  const contentHash = hashOf('service.call', canonicalJson({ service: name, inputs: parts.inputs }));
  return { org, system, id, kind: 'service.call', correlationId, content: canonicalJson(parts), contentHash };
}

/** Tells one published form of a service from the next. */
export function versionOf(service: PublishedService): string {
  const { name, effect, inputs, outputs } = service;
  return service.version ?? hashOf('service', canonicalJson({ name, effect, inputs, outputs }));
}

/** The canonical content of a write and its hash; throws a ZodError for what the kind does not allow. */
export function toContent(kind: WriteKind, parts: object): Pick<WriteIntent, 'content' | 'contentHash'> {
  const parsed = contents[kind].parse(parts);
  const content = canonicalJson('draft' in parsed ? { ...parsed, draft: withoutEmpty(parsed.draft) } : parsed);
  return { content, contentHash: hashOf(kind, content) };
}

/**
 * Empty fields of a draft mean the same as absent ones; leaving them out keeps the hash when a later version
 * knows more optional fields.
 */
function withoutEmpty(fields: object): object {
  const kept = Object.entries(fields).filter(([, value]) => value !== '');
  return Object.fromEntries(kept.map(([name, value]) => [name, isAddress(name, value) ? withoutEmpty(value) : value]));
}

const isAddress = (name: string, value: unknown): value is object => name === 'address' && value instanceof Object;

const numbered = z.looseObject({ number: z.string().optional(), contact: z.string().optional() });

/**
 * The hash that the same wish has for these numbers. They are read when a request is handed out, and meanwhile Accounts are
 * merged and linked anew: what was written for the number of before is this request all the same.
 */
export function hashForNumbers(
  { kind, content }: Pick<WriteIntent, 'kind' | 'content'>,
  { customerNumber, contactNumber }: { readonly customerNumber: string; readonly contactNumber: string | null },
): string {
  const parts = numbered.parse(JSON.parse(content));
  if (parts.number === undefined) return hashOf(kind, content);
  const contact = parts.contact === undefined ? {} : { contact: contactNumber ?? parts.contact };
  return hashOf(kind, canonicalJson({ ...parts, number: customerNumber, ...contact }));
}

/** The key as SAP keeps it. With the org in it a copied sandbox is another caller; 18 + 1 + 60 fit its 80 characters. */
export function toWriteKey(org: OrgId, id: string): WriteKey {
  // One of the two places where a WriteKey is made.
  return `${org}:${id}` as WriteKey;
}

/** The key of a later step. The request's own key is hashed, because both together would not fit: 18 + 8 + 40. */
export function toStepKey(org: OrgId, id: string, step: 'credit'): WriteKey {
  return `${org}:${step}:${createHash('sha256').update(id).digest('hex').slice(0, 40)}` as WriteKey;
}
