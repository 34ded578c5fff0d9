/** A pause of work in SAP stops what would begin, and nothing else: no write ends because of it. */
import type { WriteOperation } from '../../src/model/index.ts';
import type { World } from '../world.ts';
import type { Invariant, Verdict } from './invariant.ts';

export function pausedWaits(world: World): Invariant {
  const blames = ({ id, state, problem }: WriteOperation): Verdict =>
    (state === 'held' || state === 'refused') && problem?.code === 'SAP_PAUSED'
      ? `${id} is ${state}, because work in SAP was paused`
      : undefined;
  return {
    name: 'a pause makes wait, and nothing else',
    callBegins(program) {
      if (!world.hasHeededPause(program)) return undefined;
      return `${program.name} begins a call in SAP, though it has heeded the pause`;
    },
    replyLeaves: (_program, operation) => blames(operation),
    outcomeNoted: (_request, { operation }) => blames(operation),
  };
}
