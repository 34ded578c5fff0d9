/**
 * What the governor does in a storm, and what it costs: `node gateway/bench/governor.ts [--quick]`. Prints one JSON object.
 *
 * - 1,000 requests at once, people and bulk mixed, against a simulated SAP with ten work processes and a budget of six: the most
 *   work processes in use, and how long people and the rest wait.
 * - Microseconds that the governor adds to a call, against a connection that answers at once.
 */
import { z } from 'zod';
import { startSapSimulator } from '../simulator/sap/index.ts';
import { customerNumber, sapSystemId } from '../src/model/index.ts';
import type { SapConnection, SapSystem } from '../src/ports/index.ts';
import { govern } from '../src/sap/governor/governed-connection.ts';
import { Governor } from '../src/sap/governor/governor.ts';
import { openSap } from '../src/sap/index.ts';
import { Deadline, systemClock } from '../src/timing/index.ts';
import { quantile } from './rounds.ts';

const isQuick = process.argv.includes('--quick');
const budget = {
  ...{ workProcesses: 6, bulkWorkProcesses: 3, callsPerMinute: 1_000_000, waiting: 1_000, slowAboveMs: 60_000 },
  calendar: [],
};
const number = customerNumber.parse('0000104711');
const counts = z.object({ workProcesses: z.object({ peak: z.number() }) });
const soon = (): Deadline => Deadline.in(systemClock, 60_000);

async function storm(): Promise<object> {
  const simulator = await startSapSimulator({ workProcesses: 10, queueLength: 0 });
  const { system, background } = openSap(
    {
      system: sapSystemId.parse(simulator.logicalSystem),
      ...{ driver: 'soap', url: simulator.url, sapClient: simulator.sapClient, language: 'EN', user: 'GANGWAY' },
      ...{ password: () => 'Gangway-Sim-1', timeZone: 'UTC', maxConnections: 64, accountGroup: '0001' },
      ...{ companyCodes: ['1000'], governor: budget },
    },
    systemClock,
  );
  for (const sap of [system, background]) await sap.readCustomer(number, soon());
  simulator.addFault({ kind: 'slow', delayMs: 5 });
  const waits = { people: [] as number[], bulk: [] as number[] };
  const ask = async (sap: SapSystem): Promise<void> => {
    const beganMs = performance.now();
    await sap.readCustomer(number, soon());
    waits[sap === system ? 'people' : 'bulk'].push(performance.now() - beganMs);
  };
  await Promise.all(Array.from({ length: 1_000 }, (_, turn) => ask(turn % 2 === 0 ? background : system)));
  const { workProcesses } = counts.parse(await (await fetch(`${simulator.url}/simulator/calls`)).json());
  await system.close();
  await simulator.close();
  const [peopleP95Ms, bulkP95Ms] = [waits.people, waits.bulk].map((times) => Math.round(quantile(times, 0.95)));
  return { budget: budget.workProcesses, mostInUse: workProcesses.peak, peopleP95Ms, bulkP95Ms };
}

/** Microseconds per call. */
async function timeOf(connection: SapConnection, calls: number): Promise<number> {
  const options = { deadline: soon(), effect: 'read' } as const;
  const beganMs = performance.now();
  for (let call = 0; call < calls; call += 1) await connection.call('RFC_PING', {}, options);
  return ((performance.now() - beganMs) * 1_000) / calls;
}

async function cost(): Promise<number> {
  const instant: SapConnection = {
    capabilities: { statefulSession: false },
    call: () => Promise.resolve({}),
    inOneSession: () => Promise.reject(new Error('not measured')),
    close: () => Promise.resolve(),
  };
  const settings = { ...budget, callsPerMinute: 100_000_000 };
  const parts = { settings, timeZone: 'UTC', maxConnections: 64, purposeOf: () => undefined, clock: systemClock };
  const governed = govern(instant, new Governor(parts), systemClock);
  const calls = isQuick ? 20_000 : 200_000;
  await timeOf(governed, calls / 10);
  return (await timeOf(governed, calls)) - (await timeOf(instant, calls));
}

const report = { storm: await storm(), addedMicrosecondsPerCall: Math.round((await cost()) * 10) / 10 };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
