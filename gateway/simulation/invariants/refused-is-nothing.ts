/** A request that the org shows as refused or discarded is not in SAP, and does not get there later. */
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { requestOf } from './request-of.ts';

export function refusedIsNothing(world: World): Invariant {
  return {
    name: 'refused means that SAP has nothing',
    writeCommits(program, write) {
      const request = requestOf(world, write);
      if (request?.state !== 'refused') return undefined;
      return `${program.name} wrote ${write.key}, which the org shows as refused (${request.code ?? 'no cause'})`;
    },
    outcomeNoted(request) {
      if (request.state !== 'refused' || !world.sap.keys.has(`${world.orgId}:${request.key}`)) return undefined;
      return `${request.key} is refused (${request.code ?? 'no cause'}), and SAP has it`;
    },
  };
}
