/** What is held is listed, and nothing else: people see all that waits for them in the org. */
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { isBudgetSpent } from './rest.ts';
import type { Promised } from './promise.ts';
import { firstOf } from './receipts.ts';

const selectHeld = `SELECT printf('SC-%06d', first_position) AS name FROM record WHERE state = 'held'
  UNION ALL SELECT printf('SD-%06d', position) FROM refused WHERE ended_at_ms IS NULL`;

/** What is wrong with the list of one agent. */
function judge({ org }: ChangesWorld, { agentId, disk }: ChangeMachine): Verdict {
  const held = new Set(disk.list(selectHeld).map(({ name }) => `${agentId} ${String(name)}`));
  const shown = [...org.issues.keys()].filter((name) => name.startsWith(`${agentId} `));
  const hidden = [...held].find((name) => !shown.includes(name));
  if (hidden !== undefined) return `${hidden} is held, and the org does not show it`;
  const over = shown.find((name) => !held.has(name));
  return over === undefined ? undefined : `the org shows ${over}, and nothing is held under that name`;
}

/** Undefined while every list is as it should be. */
export const listsAreRight = (world: ChangesWorld): Verdict =>
  firstOf(world.machines, (machine) => judge(world, machine));

export function heldIsListed(world: ChangesWorld): Promised {
  return {
    name: 'what is held is listed',
    // Who may make no call shows nothing.
    atEnd: () => (isBudgetSpent(world) ? undefined : listsAreRight(world)),
  };
}
