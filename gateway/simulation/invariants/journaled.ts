/** The intent is on the disk before SAP is asked, and the outcome before the org hears it. */
import type { WriteOperation } from '../../src/model/index.ts';
import type { Program } from '../machine/program.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { requestKeyOf } from './request-of.ts';

export function journaled(world: World): Invariant {
  const mayForget = (program: Program, { id, asOf, state }: WriteOperation): boolean =>
    state === 'done' && world.diskOf(program)?.surelyHas(id, asOf) === false;
  return {
    name: 'journaled before it is said',
    writeLeaves(program, write) {
      const { key } = write;
      const id = requestKeyOf(world, write);
      if (world.diskOf(program)?.surelyHas(id) !== false) return undefined;
      return `${program.name} asks SAP to write ${key}, and its disk would not know of it after a power failure`;
    },
    serviceLeaves(program, key) {
      if (world.diskOf(program)?.surelyHas(key.slice(key.indexOf(':') + 1)) !== false) return undefined;
      return `${program.name} asks SAP for ${key}, and its disk would not know of it after a power failure`;
    },
    visitLeaves(program, { outcomes }) {
      const early = outcomes.find(({ operation }) => mayForget(program, operation));
      if (early === undefined) return undefined;
      return `${program.name} tells the org of ${early.operation.id}, which its disk may forget`;
    },
    replyLeaves(program, operation) {
      if (!mayForget(program, operation)) return undefined;
      return `${program.name} answers that ${operation.id} is done, which its disk may forget`;
    },
  };
}
