/** What was delivered and is said once more within a quarter of an hour is not written again: it is our own change coming back. */
import { isDeepStrictEqual } from 'node:util';
import { keyText } from '../../../src/model/index.ts';
import type { ChangeOrder } from '../../../src/model/index.ts';
import type { RecordWrite, Settlement } from '../../../src/ports/index.ts';
import type { ChangeAgent, ChangeMachine } from '../change-agent.ts';
import type { ChangesWorld } from '../changes-world.ts';
import { facetsOf } from '../arrival-org.ts';
import type { Promised } from './promise.ts';

export const echoWindowMs = 15 * 60_000;
/** When SAP said it. */
export const instantOf = (order: string): number => Date.parse(order.slice(0, order.indexOf('#')));

interface Delivered {
  readonly write: RecordWrite;
  readonly facets: Map<string, ChangeOrder>;
}

export function echoesWriteNothing(world: ChangesWorld): Promised {
  const sent = new Map<ChangeMachine, Map<string, RecordWrite>>();
  const delivered = new Map<ChangeMachine, Map<string, Delivered>>();
  const of = <T>(map: Map<ChangeMachine, Map<string, T>>, machine: ChangeMachine): Map<string, T> => {
    const found = map.get(machine) ?? new Map<string, T>();
    map.set(machine, found);
    return found;
  };
  const note = (machine: ChangeMachine, settlement: Settlement): void => {
    const text = keyText(settlement.key);
    const known = of(delivered, machine).get(text);
    if (settlement.ended === 'skipped' && settlement.applied !== undefined && known !== undefined)
      for (const [facet, order] of Object.entries(settlement.applied)) known.facets.set(facet, order);
    const write = of(sent, machine).get(text);
    if (settlement.ended !== 'delivered' || write === undefined) return;
    const facets = new Map([...(known?.facets ?? []), ...facetsOf(write)]);
    of(delivered, machine).set(text, { write, facets });
  };
  const isEcho = ({ machine }: ChangeAgent, write: RecordWrite): boolean => {
    const known = of(delivered, machine).get(keyText(write.key));
    if (known === undefined || !isDeepStrictEqual(known.write.fields, write.fields)) return false;
    if (known.write.isRemoved !== write.isRemoved || write.source.kind === 'load') return false;
    return facetsOf(write).every(([facet, order]) => {
      const before = known.facets.get(facet);
      return before !== undefined && instantOf(order) - instantOf(before) <= echoWindowMs;
    });
  };
  return {
    name: 'an echo writes nothing',
    callLeaves(agent, _calls, records) {
      const echo = records.find((write) => isEcho(agent, write) && !hasLoad(world, agent.machine, write));
      for (const write of records) of(sent, agent.machine).set(keyText(write.key), write);
      return echo === undefined ? undefined : `${keyText(echo.key)} is written once more, and nothing about it is new`;
    },
    committed({ machine }, requests) {
      for (const request of requests)
        if (request.kind === 'settle') for (const settlement of request.settlements) note(machine, settlement);
      return undefined;
    },
  };
}

const selectLoad = `SELECT 1 FROM change c JOIN document d ON d.position = c.document
  WHERE c.kind = ? AND c.key_id = ? AND c.ended_at_ms IS NULL AND d.kind = 'load'`;

/** Who sends a record from a file wants it put right. */
const hasLoad = (_world: ChangesWorld, { disk }: ChangeMachine, { key }: RecordWrite): boolean =>
  disk.find(selectLoad, key.kind, key.id) !== undefined;
