/** No agent makes more calls in a day than it may. */
import type { ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

const dayMs = 86_400_000;
/** Two lanes and a report are under way at once: when the last call of the day begins, others may have begun with it. */
const underWay = 3;

export function budgetKept({ mix }: ChangesWorld): Promised {
  const spent = new Map<string, { calls: number; restarts: number }>();
  return {
    name: 'the budget of the day is kept',
    callLeaves({ machine, program }, calls) {
      const day = Math.floor(program.clock.now() / dayMs);
      const name = `${machine.agentId} ${day}`;
      const known = spent.get(name) ?? { calls: 0, restarts: restartsOf(machine) };
      known.calls += calls;
      spent.set(name, known);
      // What was under way when a process died was not counted, nor what ended in the day before.
      const lost = underWay * (1 + restartsOf(machine) - known.restarts);
      const isMore = known.calls - calls >= mix.dailyApiCalls + lost;
      return isMore ? `${machine.agentId} makes call ${known.calls} of ${mix.dailyApiCalls} in one day` : undefined;
    },
  };
}

const restartsOf = ({ restarts }: ChangeMachine): number => restarts;
