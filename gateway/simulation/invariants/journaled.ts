/** The intent is on the disk before SAP is asked, and the outcome before the org hears it. */
import type { Program } from '../machine/program.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { requestOf } from './request-of.ts';

export function journaled(world: World): Invariant {
  const diskOf = (program: Program) => [...world.agents].find((agent) => agent.program === program)?.machine.disk;
  return {
    name: 'journaled before it is said',
    writeLeaves(program, write) {
      const { key } = write;
      const id = requestOf(world, write)?.key ?? key.slice(world.orgId.length + 1);
      const disk = diskOf(program);
      if (disk?.surelyHas(id) !== false) return undefined;
      return `${program.name} asks SAP to write ${key}, and its disk would not know of it after a power failure`;
    },
    visitLeaves(program, { outcomes }) {
      const disk = diskOf(program);
      const early = outcomes.find(
        ({ operation }) => operation.state === 'done' && disk?.surelyHas(operation.id) === false,
      );
      if (early === undefined) return undefined;
      return `${program.name} tells the org of ${early.operation.id}, which its disk may forget`;
    },
  };
}
