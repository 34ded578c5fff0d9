/** The visit as it crosses the wire: what is sent, and what of an answer can be believed (docs/salesforce/mailbox.md). */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { contactNumber, correlationId, customerNumber, idempotencyKey, orgId } from '../model/index.ts';
import type { OrgId } from '../model/index.ts';
import type { MailboxAnswer, MailboxRequest, MailboxVisit, UnreadableRequest } from '../ports/index.ts';
import { unreadable } from './exchange.ts';
import { contractFailure, contractNumber } from './failures.ts';

/** As many as the org hands out, asks back or acknowledges at most. */
const maxEntries = 1_000;
const entries = z.array(z.unknown()).max(maxEntries);
const words = z.string().max(1_024);

const lease = z.discriminatedUnion('isHeld', [
  z.object({ isHeld: z.literal(true), fence: z.int().min(1), expiresInMs: z.number().min(0) }),
  z.object({
    isHeld: z.literal(false),
    holder: z.string().max(64).nullable().catch(null),
    expiresInMs: z.number().min(0).catch(0),
  }),
]);

const answered = z.object({
  contract: z.literal(contractNumber),
  org: orgId,
  lease,
  requests: entries,
  next: z.string().min(1).max(1_024).nullable(),
  withdrawn: entries,
  standing: entries,
  receipts: entries,
  waiting: z.number().min(0),
});

const request = z.object({
  id: idempotencyKey,
  name: z.string().min(1).max(80),
  kind: z.string().max(255),
  subject: z.string().min(1).max(255),
  customer: customerNumber.nullable(),
  contact: contactNumber.nullable(),
  /** A long text area of the org ends at 131,072 characters. */
  payload: z.string().max(131_072),
  wasSent: z.boolean(),
  checksDuplicates: z.boolean(),
  correlationId: z.unknown(),
});

const withdrawal = z.object({
  id: idempotencyKey,
  wish: z.enum(['hold', 'discard']),
  reason: words.nullable().transform((reason) => reason ?? ''),
});
const standing = z.object({ id: idempotencyKey, state: z.enum(['open', 'ended', 'unknown']) });
const receipt = z.object({
  id: idempotencyKey,
  result: z.enum(['noted', 'repeated', 'gone', 'failed']),
  reason: words.nullable().catch(null),
});

/** The body of a visit. */
export function toVisitBody(visit: MailboxVisit, agent: { readonly id: string; readonly instance: string }): object {
  const { system, fence, leaseMs, isFarewell, wanted, after, underWay, asking, outcomes } = visit;
  return {
    contract: contractNumber,
    agent: agent.id,
    instance: agent.instance,
    system,
    fence,
    leaseSeconds: Math.max(10, Math.round(leaseMs / 1000)),
    isFarewell,
    wanted,
    after,
    underWay,
    asking,
    outcomes,
  };
}

/** An answer read; `dropped` entries made no sense, and the next visit asks for them again. */
export interface ReadAnswer {
  readonly answer: MailboxAnswer;
  readonly dropped: number;
}

/** Reads an answer. Throws PACKAGE_* for another contract, ORG_MISMATCH, SALESFORCE_ANSWER_UNREADABLE. */
export function readVisitAnswer(body: unknown, expected: OrgId): ReadAnswer {
  const parsed = answered.safeParse(body);
  if (!parsed.success) throw otherContract(body) ?? unreadable(`the visit's ${pathOf(parsed.error)}`);
  const { org, lease: held, requests, next, waiting } = parsed.data;
  if (org !== expected) throw new GatewayError('ORG_MISMATCH', { expected, found: org });
  const lists = {
    withdrawn: readable(withdrawal, parsed.data.withdrawn),
    standing: readable(standing, parsed.data.standing),
    receipts: readable(receipt, parsed.data.receipts),
  };
  const read = requests.map(readRequest);
  const answer: MailboxAnswer = {
    ...lists,
    lease: held.isHeld ? held : { ...held, holder: held.holder ?? 'another agent' },
    requests: read.flatMap(({ request: good }) => (good === undefined ? [] : [good])),
    unreadable: read.flatMap(({ unreadable: bad }) => (bad === undefined ? [] : [bad])),
    next,
    waiting,
  };
  const sent = parsed.data.withdrawn.length + parsed.data.standing.length + parsed.data.receipts.length;
  return { answer, dropped: sent - lists.withdrawn.length - lists.standing.length - lists.receipts.length };
}

function otherContract(body: unknown): GatewayError | undefined {
  const said = z.object({ contract: z.int(), packageVersion: z.string().max(40).optional().catch(undefined) });
  const parsed = said.safeParse(body);
  if (!parsed.success || parsed.data.contract === contractNumber) return undefined;
  return contractFailure(parsed.data.contract, parsed.data.packageVersion);
}

/** One request that a person has edited to nonsense must not keep the others from being read. */
function readRequest(entry: unknown): { readonly request?: MailboxRequest; readonly unreadable?: UnreadableRequest } {
  const parsed = request.safeParse(entry);
  if (!parsed.success) return { unreadable: { ...labelsOf(entry), reason: `${pathOf(parsed.error)} makes no sense` } };
  // Nobody can follow a request without one; its name is the next best thread to pull.
  const thread = [parsed.data.correlationId, parsed.data.name].map((text) => correlationId.safeParse(text));
  const usable = thread.find(({ success }) => success)?.data;
  if (usable === undefined) return { unreadable: { ...labelsOf(entry), reason: 'correlationId makes no sense' } };
  return { request: { ...parsed.data, correlationId: usable } };
}

function labelsOf(entry: unknown): { readonly name: string; readonly id: string } {
  const label = z
    .string()
    .transform((text) => text.slice(0, 255))
    .catch('');
  return z.object({ name: label, id: label }).catch({ name: '', id: '' }).parse(entry);
}

function readable<Schema extends z.ZodType>(schema: Schema, list: readonly unknown[]): readonly z.infer<Schema>[] {
  return list.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

const pathOf = (error: z.ZodError): string => error.issues[0]?.path.map(String).join('.').slice(0, 80) || 'answer';
