/** Once an agent with a newer lease has written in SAP, an agent with an older one writes nothing any more. */
import { requestOf } from './request-of.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

/** The fences are those that the org gave, not those that the writes carry. */
export function fenced(world: World): Invariant {
  const given = new Map<string, number>();
  let highest = 0;
  return {
    name: 'an old agent writes nothing',
    visitAnswered(program, _visit, { lease }) {
      if (lease.isHeld) given.set(program.name, lease.fence);
      return undefined;
    },
    writeCommits(program, write) {
      const fence = given.get(program.name) ?? 0;
      if (requestOf(world, write) === undefined) return undefined;
      // A program that takes a new lease may still have a write of its old one on the way; that one tells itself by its fence.
      const own = Math.min(fence, write.fence ?? fence);
      if (own < highest)
        return `${program.name} wrote ${write.key} under fence ${own}, after fence ${highest} had written`;
      highest = own;
      return undefined;
    },
  };
}
