/** No write begins without a lease, counted from before the visit that took it, by the agent's own clock. */
import type { Program } from '../machine/program.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

export function leased(_world: World): Invariant {
  const untilMs = new Map<Program, number>();
  return {
    name: 'no write without a lease',
    visitAnswered(program, visit, { lease }, sentAtMs) {
      if (lease.isHeld && !visit.isFarewell)
        untilMs.set(program, Math.max(untilMs.get(program) ?? 0, sentAtMs + visit.leaseMs));
      else untilMs.delete(program);
      return undefined;
    },
    writeLeaves(program, { key }) {
      const until = untilMs.get(program);
      const nowMs = program.clock.monotonic();
      if (until !== undefined && nowMs < until) return undefined;
      return `${program.name} asks SAP to write ${key} ${until === undefined ? 'without a lease' : `${nowMs - until} ms after its lease`}`;
    },
  };
}
