/** After an outcome that nobody knows, SAP is asked whether it happened before anything is written again. */
import type { Disk } from '../machine/disk.ts';
import type { Program } from '../machine/program.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

/** Per machine, because its journal tells the next process what this one does not live to know. */
export function lookedUp(world: World): Invariant {
  const unknown = new Map<Disk, Set<string>>();
  const unknownOf = (program: Program): Set<string> => {
    const disk = world.diskOf(program);
    const known = disk === undefined ? undefined : unknown.get(disk);
    const keys = known ?? new Set<string>();
    if (disk !== undefined) unknown.set(disk, keys);
    return keys;
  };
  return {
    name: 'looked up before it is written again',
    writeLeaves(program, { key }) {
      const keys = unknownOf(program);
      if (keys.has(key)) return `${program.name} writes ${key} again, and nobody knows what became of it the last time`;
      keys.add(key);
      return undefined;
    },
    writeEnded(program, key, isKnown) {
      if (isKnown) unknownOf(program).delete(key);
      return undefined;
    },
    lookUpEnded(program, key, { state }) {
      if (state !== 'running') unknownOf(program).delete(key);
      return undefined;
    },
  };
}
