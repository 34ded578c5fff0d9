/** What the queue says became of a change is so in the org. */
import { keyText } from '../../../src/model/index.ts';
import type { ChangeOrder, Facet } from '../../../src/model/index.ts';
import type { Settlement } from '../../../src/ports/index.ts';
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { shortOrder } from '../sink-link.ts';
import type { Promised } from './promise.ts';

/** What is called delivered, the org has: with this order or a newer one. */
export function receiptsAreTrue({ org }: ChangesWorld): Promised {
  const judge = (settlement: Settlement): Verdict => {
    if (settlement.ended !== 'delivered' || settlement.key.kind === 'canary') return undefined;
    const text = keyText(settlement.key);
    if (org.deleted.has(text)) return undefined;
    const record = org.records.get(text);
    if (record === undefined) return `${text} is called delivered, and the org does not have it`;
    for (const [facet, order] of Object.entries(settlement.applied) as [Facet, ChangeOrder][]) {
      const there = record.facets.get(facet) ?? '';
      if (there < order)
        return `${text} is called delivered with ${facet} ${shortOrder(order)}, and the org has ${shortOrder(there)}`;
    }
    return undefined;
  };
  return {
    name: 'receipts are true',
    committed: (_agent, requests) =>
      firstOf(
        requests.flatMap((one) => (one.kind === 'settle' ? one.settlements : [])),
        judge,
      ),
  };
}

/** What is called older, the org has newer; what is called an echo, it has. */
export function olderOnlyBehindNewer({ org }: ChangesWorld): Promised {
  /** By agent, record and facet: the order of the newest echo, which the org is not told of. */
  const echoes = new Map<string, string>();
  const placeOf = ({ agentId }: ChangeMachine, text: string, facet: string): string => `${agentId} ${text} ${facet}`;
  const judge = (machine: ChangeMachine, settlement: Settlement): Verdict => {
    if (settlement.ended !== 'skipped' || settlement.why === 'unwanted') return undefined;
    const text = keyText(settlement.key);
    if (settlement.why === 'echo')
      for (const [facet, order] of Object.entries(settlement.applied ?? {}))
        echoes.set(placeOf(machine, text, facet), order);
    if (org.deleted.has(text)) return undefined;
    const record = org.records.get(text);
    for (const position of settlement.positions) {
      const change = machine.disk.find(selectChange, position);
      const order = String(change?.['change_order']);
      const facet = change?.['facet'] as Facet;
      const [inOrg, echo] = [record?.facets.get(facet), echoes.get(placeOf(machine, text, facet))];
      const there = inOrg === undefined || (echo ?? '') > inOrg ? (echo ?? inOrg) : inOrg;
      const isThere = settlement.why === 'older' ? there !== undefined && there > order : there !== undefined;
      if (!isThere)
        return `${text} ${facet} ${shortOrder(order)} is called ${settlement.why}, and the org has ${shortOrder(there ?? 'nothing')}`;
    }
    return undefined;
  };
  return {
    name: 'older is only what is behind something newer',
    committed: ({ machine }, requests) =>
      firstOf(
        requests.flatMap((one) => (one.kind === 'settle' ? one.settlements : [])),
        (settlement) => judge(machine, settlement),
      ),
  };
}

const selectChange = 'SELECT facet, change_order FROM change WHERE position = ?';

export function firstOf<T>(each: Iterable<T>, verdict: (one: T) => Verdict): Verdict {
  for (const one of each) {
    const sentence = verdict(one);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
