/** "Changes since" as one program reaches it: pages overlap, and tell what records are now. */
import { GatewayError } from '../../src/errors/index.ts';
import type { ChangesPage, SapChanges } from '../../src/ports/index.ts';
import { passageThrough } from '../network.ts';
import type { ChangeAgent } from './change-agent.ts';
import type { ChangesWorld } from './changes-world.ts';

/** SAP writes change documents a moment before it commits them; so many are told once more. */
const overlap = 2;
const pageRows = 4;

export function openChangesLink(world: ChangesWorld, { program }: ChangeAgent): Pick<SapChanges, 'changesSince'> {
  return {
    changesSince(position, deadline) {
      const passage = passageThrough(world.weather.sap, world.random);
      return new Promise<ChangesPage>((resolve, reject) => {
        const late = new GatewayError('DEADLINE_PASSED');
        const hangUp = program.clock.after(deadline.remainingMs(), () => reject(late));
        const settle = (end: () => void): void =>
          void program.deliver(passage.backMs, () => {
            hangUp();
            end();
          });
        program.deliver(passage.thereMs, () => {
          const door = passage.cut === 'no' ? world.faults.sapDoor : 'SAP_UNREACHABLE';
          if (door !== undefined) return settle(() => reject(new GatewayError(door)));
          world.history.count('pages of changes');
          const page = pageSince(world, position);
          world.tell('SAP', () => `tells ${program.name} changes up to ${page.position}`);
          settle(() => resolve(page));
        });
      });
    },
  };
}

function pageSince({ office }: ChangesWorld, position: string | undefined): ChangesPage {
  const newest = office.notes.length;
  if (position === undefined) return { arrivals: [], position: String(newest), hasMore: false };
  const known = Number(position);
  const last = Math.min(newest, known + pageRows);
  const notes = office.notes.slice(Math.max(0, known - overlap), last);
  const arrivals = last === known ? [] : notes.map((note) => ({ document: office.rowOf(note) }));
  return { arrivals, position: String(last), hasMore: last < newest };
}
