/** Children come after their parents, and not at the same time. */
import { keyText } from '../../../src/model/index.ts';
import type { RecordWrite } from '../../../src/ports/index.ts';
import type { ChangeAgent } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

export function parentsFirst(_world: ChangesWorld): Promised {
  const underWay = new Map<ChangeAgent, Set<readonly RecordWrite[]>>();
  const callsOf = (agent: ChangeAgent): Set<readonly RecordWrite[]> => {
    const calls = underWay.get(agent) ?? new Set<readonly RecordWrite[]>();
    underWay.set(agent, calls);
    return calls;
  };
  return {
    name: 'children come after their parents',
    callLeaves(agent, _calls, records) {
      if (records.length === 0) return undefined;
      const calls = callsOf(agent);
      const busy = new Set([...calls].flat().map(({ key }) => keyText(key)));
      const twice = records.find(({ key }) => busy.has(keyText(key)));
      calls.add(records);
      return twice === undefined ? undefined : `${keyText(twice.key)} is in two calls of ${agent.program.name} at once`;
    },
    callEnded(agent, records) {
      callsOf(agent).delete(records);
      return undefined;
    },
    rowEnded({ agent, write, outcome, later }) {
      if (outcome.ended !== 'parent-missing') return undefined;
      const text = keyText(outcome.parent);
      const isIn = (records: readonly RecordWrite[]): boolean => records.some(({ key }) => keyText(key) === text);
      if (isIn(later)) return `${keyText(write.key)} stands before ${text} in one call`;
      const calls = [...callsOf(agent)];
      const own = calls.findIndex((records) => records.includes(write));
      // A product may be written while what refers to it is under way (sync/batches.ts), but not the other way round.
      const mayBegin = (index: number): boolean => outcome.parent.kind === 'product' && index > own;
      const elsewhere = calls.find((records, index) => index !== own && !mayBegin(index) && isIn(records));
      return elsewhere === undefined ? undefined : `${keyText(write.key)} is sent while ${text} is under way`;
    },
  };
}
