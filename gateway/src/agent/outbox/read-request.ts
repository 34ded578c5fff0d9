/** A request of the org's outbox as an intent, or what is wrong with it: people may have edited it. */
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import { writeKind } from '../../model/index.ts';
import type { OrgId, SapSystemId } from '../../model/index.ts';
import type { MailboxRequest, WriteIntent } from '../../ports/index.ts';
import { heldFor, toContent } from '../execute/index.ts';
import type { Verdict } from '../execute/index.ts';

/** More than anybody corrects at once. */
const maxIssues = 20;

export interface RequestPlace {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly maxPayloadChars: number;
}

/** Services are called, not queued: an org makes requests of its records only. */
const recordKind = writeKind.exclude(['service.call']);

/** The intent, or the verdict that the org is told; nothing is journaled or sent to SAP for the latter. */
export function readRequest(request: MailboxRequest, place: RequestPlace): WriteIntent | Verdict {
  const kind = recordKind.safeParse(request.kind);
  if (!kind.success) return heldFor(new GatewayError('REQUEST_KIND_UNKNOWN', { kind: request.kind.slice(0, 40) }));
  if (!request.id.startsWith(`${kind.data}:`)) return unreadable('its key belongs to another kind of request');
  if (request.payload.length > place.maxPayloadChars) return unreadable('its content is too large');
  if (kind.data !== 'customer.create' && request.customer === null) {
    return heldFor(new GatewayError('REQUEST_CUSTOMER_MISSING'));
  }
  if (kind.data === 'contact.change' && request.contact === null) {
    return unreadable('it changes a contact person that SAP does not have yet');
  }
  const { id, correlationId } = request;
  const { org, system } = place;
  try {
    return { org, system, id, kind: kind.data, correlationId, ...toContent(kind.data, toParts(kind.data, request)) };
  } catch (error) {
    if (error instanceof z.ZodError) return unreadable('some of its data is missing or not valid', error);
    // JSON.parse quotes what it was given, which is customer data: only its kind travels on.
    return unreadable('its content is not JSON');
  }
}

function toParts(kind: z.infer<typeof recordKind>, { customer, contact, payload }: MailboxRequest): object {
  const said: unknown = JSON.parse(payload);
  switch (kind) {
    case 'customer.create':
      return { draft: said };
    case 'customer.change':
      return { number: customer, change: said };
    case 'contact.create':
      return { number: customer, draft: said };
    case 'contact.change':
      return { number: customer, contact, change: said };
  }
}

/** Refused, as a request that can never work as it is. */
export function unreadable(reason: string, invalid?: z.ZodError): Verdict {
  const issues = (invalid?.issues ?? []).slice(0, maxIssues).map(({ path, message }) => ({
    // The first part is ours (draft, change), not the org's.
    path: path.slice(1).join('.'),
    message,
  }));
  const failure = new GatewayError('REQUEST_UNREADABLE', { reason }, undefined, { issues });
  return { kind: 'verdict', state: 'refused', failure };
}
