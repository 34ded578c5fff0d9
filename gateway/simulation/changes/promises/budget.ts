/** No agent makes more calls in a day than it may. */
import type { ChangeAgent, ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

const dayMs = 86_400_000;
/** Two lanes and a report are under way at once: when the last call of the day begins, others may have begun with it. */
const underWay = 3;
/** What has ended in each lane while the count of the call before was being written is counted with the next one. */
const notKeptYet = 2;

export function budgetKept({ mix }: ChangesWorld): Promised {
  const spent = new Map<string, { calls: number; restarts: number }>();
  const days = new Map<ChangeMachine, number>();
  /** A clock that was set back does not begin the day before once more. */
  const dayOf = ({ machine, program }: ChangeAgent): number => {
    const day = Math.max(days.get(machine) ?? 0, Math.floor(program.clock.now() / dayMs));
    days.set(machine, day);
    return day;
  };
  return {
    name: 'the budget of the day is kept',
    clockJumps(agent) {
      dayOf(agent);
      return undefined;
    },
    callLeaves(agent, calls) {
      const { machine } = agent;
      const name = `${machine.agentId} ${dayOf(agent)}`;
      const known = spent.get(name) ?? { calls: 0, restarts: restartsOf(machine) };
      known.calls += calls;
      spent.set(name, known);
      // What was under way when a process died was not counted, nor what ended in the day before.
      const lost = underWay + (underWay + notKeptYet) * (restartsOf(machine) - known.restarts);
      const isMore = known.calls - calls >= mix.dailyApiCalls + lost;
      return isMore ? `${machine.agentId} makes call ${known.calls} of ${mix.dailyApiCalls} in one day` : undefined;
    },
  };
}

const restartsOf = ({ restarts }: ChangeMachine): number => restarts;
