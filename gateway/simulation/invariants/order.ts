/** Older never overwrites newer: what is written of one record arrives in the order in which people asked for it. */
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { requestOf } from './request-of.ts';

export function order(world: World): Invariant {
  const newest = new Map<string, number>();
  return {
    name: 'older never overwrites newer',
    writeCommits(program, write) {
      const request = requestOf(world, write);
      if (request === undefined || request.changeNumber === 0) return undefined;
      const before = newest.get(request.recordId) ?? 0;
      newest.set(request.recordId, Math.max(before, request.changeNumber));
      if (request.changeNumber >= before) return undefined;
      return `${program.name} wrote change ${request.changeNumber} of ${request.recordId} after change ${before}`;
    },
  };
}
