/** What the tests of services at the executor share: one write, and agents that are started anew. */
import { idempotencyKey } from '../../../src/model/index.ts';
import { Bench } from './bench.ts';
import type { CallChanges } from './bench.ts';
import { ScriptedServices } from './scripted-services.ts';

export const key = idempotencyKey.parse('thing-0001');
export const write: CallChanges = {
  operation: 'writeService',
  params: { name: 'CreateThing' },
  body: { name: 'Anchor' },
  idempotencyKey: key,
};
export const hours = 60 * 60 * 1000;

/** The next process of the same agent: its journal, the same SAP, the files as they are then. */
export function restarted(bench: Bench, services = new ScriptedServices({ things: bench.services.things })): Bench {
  const journal = bench.journal.afterKill();
  void bench.journal.close();
  return new Bench({ journal, clock: bench.clock, services });
}

export async function entryOf(bench: Bench) {
  const call = bench.call(write);
  return (await bench.journal.find(call.org, call.system, key))?.operation;
}

export async function standsOf(bench: Bench): Promise<unknown> {
  const call = bench.call({ operation: 'readOperation', params: { id: key }, idempotencyKey: undefined });
  return (await bench.executor.execute(call)).body;
}
