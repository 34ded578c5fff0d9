/** Once an agent has heard that a person does not want a write, it does not begin it. */
import type { Program } from '../machine/program.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { requestOf } from './request-of.ts';

export function withdrawn(world: World): Invariant {
  const heard = new Map<Program, Set<string>>();
  return {
    name: 'a withdrawn write does not begin',
    visitAnswered(program, _visit, answer) {
      const keys = heard.get(program) ?? new Set<string>();
      // Handed out once more: a person wants it after all, unless the same answer says otherwise.
      for (const { id } of answer.requests) keys.delete(id);
      for (const { id } of answer.withdrawn) keys.add(id);
      heard.set(program, keys);
      return undefined;
    },
    writeLeaves(program, write) {
      const request = requestOf(world, write);
      if (request === undefined || request.wish === null || heard.get(program)?.has(request.key) !== true)
        return undefined;
      return `${program.name} writes ${write.key}, though it has heard that a person wants it ${request.wish.kind}`;
    },
  };
}
