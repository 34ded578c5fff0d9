/** Which agent may work for one SAP system, and until when (SapLease). Each taking adds one to the fence. */
import type { Row } from '../../org/check-record.ts';
import type { ApexContext } from '../context.ts';
import type { Visit } from './visit-input.ts';

/** The lease as a visit leaves it. */
export interface Lease {
  readonly id: string;
  readonly fence: number;
  readonly holder: string | null;
  readonly instance: string | null;
  readonly expiresAt: number | null;
}

const secondMs = 1_000;

/** The lease of a system; made where nobody ever asked. */
export function lockLease(context: ApexContext, system: string): Lease {
  const { org, transaction } = context;
  const object = org.named('SAP_Lease__c');
  const key = org.store.object(object).fields.get(org.named('System__c').toLowerCase());
  const find = (): Row | undefined => (key === undefined ? undefined : org.store.findUnique(object, key, system));
  if (find() === undefined)
    transaction.insert(object, {
      [org.named('System__c')]: system,
      [org.named('Fence__c')]: firstFence(context, system),
    });
  const row = find() ?? {};
  const value = (name: string): unknown => row[org.named(name)] ?? null;
  const expires = value('Expires_At__c');
  return {
    id: String(row['Id']),
    fence: Number(value('Fence__c') ?? 0),
    holder: value('Holder__c') as string | null,
    instance: value('Instance__c') as string | null,
    expiresAt: expires === null ? null : Date.parse(String(expires)),
  };
}

// A lease that somebody deleted must not count from one again: SAP refuses every fence below one it has seen.
const firstFence = ({ org }: ApexContext, system: string): number =>
  org.requests.wasHandedOut(system) ? Math.floor(org.now() / secondMs) : 0;

/** Renews or takes the lease for a visit, where the visitor may; null where not. */
export function welcome(context: ApexContext, lease: Lease, visit: Visit): Lease | null {
  if (visit.fence !== null && visit.fence !== lease.fence) return null;
  const isFree = lease.holder === null || lease.expiresAt === null || lease.expiresAt <= context.org.now();
  const isSameAgent = visit.agent === lease.holder;
  if (!isFree && isSameAgent && visit.instance === lease.instance) return extend(context, lease, visit);
  // A new process of the same agent does not know the fence yet; one that does is not new.
  const isRestarted = isSameAgent && visit.fence === null;
  if (visit.isFarewell || (!isFree && !isRestarted)) return null;
  return extend(context, { ...lease, fence: lease.fence + 1, holder: visit.agent, instance: visit.instance }, visit);
}

// One second more than was promised, because the org keeps no milliseconds.
function extend(context: ApexContext, lease: Lease, visit: Visit): Lease {
  const now = context.org.now();
  const kept = { ...lease, expiresAt: now + (visit.leaseSeconds + 1) * secondMs };
  save(context, kept, { Last_Visit_At__c: new Date(now).toISOString() });
  return kept;
}

/** Gives the lease back; its number stays used. */
export function release(context: ApexContext, lease: Lease): Lease {
  const free = { ...lease, holder: null, instance: null, expiresAt: context.org.now() };
  save(context, free, {});
  return free;
}

function save({ org, transaction }: ApexContext, lease: Lease, more: Row): void {
  const values = {
    Fence__c: lease.fence,
    Holder__c: lease.holder,
    Instance__c: lease.instance,
    Expires_At__c: lease.expiresAt === null ? null : new Date(lease.expiresAt).toISOString(),
    ...more,
  };
  const inOrg = Object.entries(values).map(([name, value]) => [org.named(name), value] as const);
  transaction.update(org.named('SAP_Lease__c'), lease.id, Object.fromEntries(inOrg));
}

/** The lease as the visitor reads it. */
export function leaseView({ org }: ApexContext, lease: Lease, isHeld: boolean, visit: Visit): object {
  const leftMs = lease.expiresAt === null ? 0 : lease.expiresAt - org.now();
  const expiresInMs = isHeld ? visit.leaseSeconds * secondMs : Math.max(leftMs, 0);
  return { isHeld, fence: lease.fence, holder: lease.holder, expiresInMs };
}
