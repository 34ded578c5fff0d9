/** The lease: one per SAP system; whoever holds it may write there, and each taking has a number of its own. */
import type { VisitCall } from './visit-shape.ts';

/** A lease as the org keeps it. */
export interface Lease {
  readonly fence: number;
  /** Empty while nobody holds it. */
  readonly agent: string;
  readonly instance: string;
  readonly expiresAt: number;
}

export const freeLease: Lease = { fence: 0, agent: '', instance: '', expiresAt: 0 };

/** The lease after a visit began, and whether the visitor holds it. */
export interface LeaseDecision {
  readonly lease: Lease;
  readonly isHeld: boolean;
}

/** Renews, takes or refuses, by the org's own clock. */
export function decideLease(lease: Lease, visit: VisitCall, now: number): LeaseDecision {
  const fence = visit.fence ?? null;
  // Whoever believes in an older lease must first learn that it is over.
  if (fence !== null && fence !== lease.fence) return { lease, isHeld: false };
  const isFree = lease.agent === '' || lease.expiresAt <= now;
  const isOwn = lease.agent === visit.agent;
  if (!isFree && !isOwn) return { lease, isHeld: false };
  const expiresAt = now + visit.leaseSeconds * 1_000;
  const isRenewal = !isFree && lease.instance === visit.instance;
  const taken = { agent: visit.agent, instance: visit.instance, expiresAt };
  return { lease: { ...taken, fence: isRenewal ? lease.fence : lease.fence + 1 }, isHeld: true };
}

/** Given back: free at once, its number stays used. */
export const givenBack = (lease: Lease): Lease => ({ ...freeLease, fence: lease.fence });
