/** Nothing is forgotten: once everything works again, each request ends in bounded time, or waits for a person with a cause. */
import type { Request } from '../salesforce/org-records.ts';
import { hasEnded } from '../salesforce/org-records.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

/** Done, refused, held with a cause; or waiting behind one that is held. */
export function isAtRest(world: World): boolean {
  return [...world.org.requests.values()].every(
    (request) => hasEnded(request) || request.state === 'held' || waitsBehindHeld(world, request),
  );
}

/** Held ones block those behind them, also such as a merge has put there while they were under way. */
export function waitsBehindHeld(world: World, request: Request): boolean {
  for (const other of world.org.requests.values()) {
    if (other === request) return false;
    if (other.accountId === request.accountId && other.state === 'held') return true;
  }
  return false;
}

/** What sending again does not cure: a person has to decide something first. */
export const mayStayHeld = new Set(['SALESFORCE_RECORD_REFUSED', 'CUSTOMER_MAY_EXIST', 'REQUEST_CUSTOMER_MISSING']);

export function ends(world: World): Invariant {
  return {
    name: 'nothing is forgotten',
    atEnd() {
      const { requests } = world.org;
      const lost = [...requests.values()].find(
        (request) => !hasEnded(request) && request.state !== 'held' && !waitsBehindHeld(world, request),
      );
      if (lost !== undefined) return `${lost.key} is still ${lost.state}, long after everything works again`;
      const silent = [...requests.values()].find(
        ({ state, code }) => (state === 'held' || state === 'refused') && code === null,
      );
      if (silent !== undefined) return `${silent.key} is ${silent.state} without a cause`;
      const stuck = [...requests.values()].find(({ state, code }) => state === 'held' && !mayStayHeld.has(code ?? ''));
      if (stuck !== undefined)
        return `${stuck.key} is held (${stuck.code ?? ''}), though nothing is wrong any more and it was sent again`;
      for (const { machine } of world.agents) {
        const rows = machine.disk.countEntries();
        const requests = world.org.requestsMade + world.callers.asks.length;
        if (rows > requests) return `the journal of ${machine.agentId} has ${rows} entries for ${requests} requests`;
      }
      return undefined;
    },
  };
}
