/** Where the lease is kept: a record of the org, one per SAP system. */
import type { Row } from '../../org/check-record.ts';
import type { ApexContext } from '../context.ts';
import { freeLease } from './lease.ts';
import type { Lease } from './lease.ts';

const leaseRow = ({ org }: ApexContext, system: string): Row | undefined =>
  org.store.rows(org.named('SAP_Lease__c')).find((row) => row[org.named('System__c')] === system);

// TODO with the package's SAP_Lease__c: records only.
const unrecorded = new WeakMap<object, Map<string, Lease>>();
const isRecorded = ({ org }: ApexContext): boolean =>
  org.store.objects.some(({ name }) => name === org.named('SAP_Lease__c'));

/** The lease of a system; a free one where nobody ever asked. */
export function readLease(context: ApexContext, system: string): Lease {
  if (!isRecorded(context)) return unrecorded.get(context.org)?.get(system) ?? freeLease;
  const row = leaseRow(context, system);
  if (row === undefined) return freeLease;
  const value = (name: string): unknown => row[context.org.named(name)] ?? null;
  return {
    fence: Number(value('Fence__c') ?? 0),
    agent: String(value('Agent__c') ?? ''),
    instance: String(value('Instance__c') ?? ''),
    expiresAt: Number(value('Expires_At_Ms__c') ?? 0),
  };
}

/** Keeps the lease in this transaction. */
export function writeLease(context: ApexContext, system: string, lease: Lease): void {
  const { org, transaction } = context;
  if (!isRecorded(context)) {
    unrecorded.set(org, (unrecorded.get(org) ?? new Map<string, Lease>()).set(system, lease));
    return;
  }
  const values = {
    [org.named('Fence__c')]: lease.fence,
    [org.named('Agent__c')]: lease.agent,
    [org.named('Instance__c')]: lease.instance,
    [org.named('Expires_At_Ms__c')]: lease.expiresAt,
  };
  const row = leaseRow(context, system);
  if (row === undefined) transaction.insert(org.named('SAP_Lease__c'), { [org.named('System__c')]: system, ...values });
  else transaction.update(org.named('SAP_Lease__c'), String(row['Id']), values);
}
