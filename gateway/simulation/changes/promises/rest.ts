/** After the repair everything comes to rest, and what is poison holds only itself. */
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

/** Nothing waits by itself, everything that SAP has sent is acknowledged, and everything that it tells has been asked for. */
export function isAtRest(world: ChangesWorld): boolean {
  const { sender, agents, mix } = world;
  if (!sender.isDone || agents.length < mix.agents.length || !agents.every(({ isUp }) => isUp)) return false;
  return agents.every(({ machine }) => waitsFor(machine) === 0) && isAsked(world);
}

/** Whether the one that asks has asked for everything. */
function isAsked({ agents, asker, mix, office }: ChangesWorld): boolean {
  if (!mix.polls) return true;
  const machine = agents.find((agent) => agent.machine.agentId === asker)?.machine;
  const value = machine?.disk.find(`SELECT value FROM checkpoint WHERE name LIKE 'changes-since:%'`)?.['value'];
  return Number(value) >= office.notes.length;
}

const selectWaiting = `SELECT count(*) AS waiting FROM record WHERE state IN ('ready', 'later') AND kind <> 'canary'`;
const selectUnsorted = 'SELECT next - unsorted AS unsorted FROM position';

function waitsFor({ disk }: ChangeMachine): number {
  return Number(disk.find(selectUnsorted)?.['unsorted'] ?? 1) + Number(disk.find(selectWaiting)?.['waiting'] ?? 1);
}

const selectHeld = `SELECT kind, key_id, waits_for, json_extract(problem, '$.code') AS code FROM record WHERE state = 'held'`;
const selectDelivered = `SELECT 1 FROM record p WHERE p.state = 'idle' AND p.written IS NOT NULL AND 'ERPCLNT100:' || p.kind || ':' || p.key_id = ?`;

/** Records that are held, of all queues together. */
export const countHeld = ({ machines }: ChangesWorld): number =>
  machines.reduce((sum, { disk }) => sum + disk.list(selectHeld).length, 0);

/** Something is held for a parent that is there. */
export const isHeldInVain = ({ machines, org }: ChangesWorld): boolean =>
  machines.some(({ disk }) => disk.list(selectHeld).some(({ waits_for: parent }) => org.records.has(String(parent))));

export function comesToRest(world: ChangesWorld): Promised {
  const { machines, org } = world;
  const isPoison = (text: string): boolean => text === world.poison || text === world.callPoison;
  const judge = (isEnd: boolean): Verdict => {
    for (const { agentId, disk } of machines)
      for (const { kind, key_id, waits_for: parent, code } of disk.list(selectHeld)) {
        const text = `ERPCLNT100:${String(kind)}:${String(key_id)}`;
        if (isPoison(text)) continue;
        if (parent === null) {
          if (isEnd || code !== 'CHANGE_PARENT_MISSING')
            return `${text} is held by ${agentId} (${String(code)}), and nothing is wrong with it`;
          continue;
        }
        // One that people have deleted comes back by whichever agent brings it, and others do not hear of it.
        const isThere = org.records.has(String(parent)) && !org.deleted.has(String(parent));
        const isDelivered = disk.find(selectDelivered, String(parent)) !== undefined;
        if (isThere && (isDelivered || isEnd))
          return `${text} is held by ${agentId} for ${String(parent)}, which is there`;
      }
    return undefined;
  };
  const isSpent = (): boolean => isBudgetSpent(world);
  return {
    name: 'everything comes to rest',
    atRest() {
      if (isAtRest(world)) return judge(false);
      if (isSpent()) return undefined;
      return `long after everything works again, ${whatIsLeft(world)}`;
    },
    atEnd: () => (isAtRest(world) ? judge(true) : isSpent() ? undefined : `in the end ${whatIsLeft(world)}`),
  };
}

function whatIsLeft(world: ChangesWorld): string {
  const { sender, agents, machines } = world;
  if (!sender.isDone) return 'SAP still waits for an acknowledgement';
  const down = agents.find(({ isUp }) => !isUp);
  if (down !== undefined) return `${down.program.name} is not up`;
  const states = agents.map(
    ({ sync, program }) => `${program.name} ${sync?.state.standing ?? ''} ${sync?.state.code ?? ''}`,
  );
  const left = machines.flatMap(({ disk }) =>
    disk.list(`SELECT kind, key_id, state FROM record WHERE state IN ('ready', 'later')`),
  );
  return `these still wait: ${left.map((row) => Object.values(row).join(' ')).join(', ')} (${states.join(', ')})`;
}

/** The calls of the day are spent, or what is left of them is kept for what is urgent (policy.ts). */
export const isBudgetSpent = ({ agents }: ChangesWorld): boolean =>
  agents.some(({ sync }) => sync !== undefined && sync.state.callsToday >= sync.state.callsBudget * 0.9);
