/** The calls of people: what is held or was refused, what they do about it, and what became of a record. */
import type { ChangeQueue } from '../ports/index.ts';
import type { Asking } from './ask.ts';
import { fromFailure } from './failures.ts';
import { documentNameOf, positionOf } from './names.ts';

type People = Pick<ChangeQueue, 'held' | 'refused' | 'retry' | 'discard' | 'trace'>;

/** What one page of a list has at most. */
const maxListed = 1_000;
/** Longer than anybody explains; the org's field has fewer. */
const maxReason = 500;

export function createPeople({ ask, clock, tell }: Asking): People {
  return {
    async held(limit, after) {
      const position = after === undefined ? 0 : (positionOf(after) ?? 0);
      const { held } = await ask({
        kind: 'held',
        limit: Math.min(limit, maxListed),
        after: position,
        nowMs: clock.now(),
      });
      return held;
    },
    async refused(limit) {
      const { refused } = await ask({ kind: 'refused', limit: Math.min(limit, maxListed) });
      return refused.map(({ failure, ...rest }) => ({
        ...rest,
        name: documentNameOf(rest.position),
        error: fromFailure(failure),
      }));
    },
    async retry(names) {
      const { positions } = await ask({ kind: 'retry', positions: positionsOf(names), nowMs: clock.now() });
      if (positions.length > 0) tell();
      return namesOf(names, positions);
    },
    async discard(names, reason, by) {
      const words = `${reason} (${by})`.slice(0, maxReason);
      const request = { kind: 'discard', positions: positionsOf(names), reason: words, nowMs: clock.now() } as const;
      const { positions } = await ask(request);
      return namesOf(names, positions);
    },
    async trace(number, limit) {
      const { traces } = await ask({ kind: 'trace', number, limit: Math.min(limit, maxListed), nowMs: clock.now() });
      return traces;
    },
  };
}

/** Those of the names whose positions these are. */
const namesOf = (names: readonly string[], positions: readonly number[]): readonly string[] => {
  const known = new Set(positions);
  return [...new Set(names)].filter((name) => known.has(positionOf(name) ?? -1));
};

const positionsOf = (names: readonly string[]): readonly number[] => [
  ...new Set(names.flatMap((name) => positionOf(name) ?? [])),
];
