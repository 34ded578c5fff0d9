/**
 * Tries as many values as one has patience for, with seeds that no test has tried:
 * `node test/sap/conversion/more-round-trips.ts [cases] [first seed] [soap|rfc]`.
 */
import { loadStandIn } from '../../../simulator/nwrfc/index.ts';
import { defaultUser, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import type { SapConnection } from '../../../src/ports/index.ts';
import { openRfc } from '../../../src/sap/drivers/node-rfc/rfc-driver.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { tryConversions } from './conversion-round-trip.ts';
import { tryRefusals, tryRoundTrips, tryStrings } from './round-trip.ts';

/** Values of one seed; a counter-example names it. */
const casesPerSeed = 20_000;

function open(simulator: SapSimulator, driver: string): SapConnection {
  const { name: user, password } = defaultUser;
  const config = { sapClient: simulator.sapClient, language: 'EN', user, password: () => password, maxConnections: 2 };
  if (driver !== 'rfc') return openSoap({ ...config, url: simulator.url }, functionCatalogue, systemClock);
  if (simulator.rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  const { host, systemNumber } = simulator.rfc;
  const rfc = { target: { kind: 'application-server', host, systemNumber } } as const;
  return openRfc({ ...config, rfc }, functionCatalogue, systemClock);
}

async function trySeed(connection: SapConnection, seed: number): Promise<readonly string[]> {
  const found = [
    await tryRoundTrips(connection, { seed, cases: casesPerSeed }),
    await tryConversions(connection, { seed, cases: 2_000 }),
    await tryRefusals(connection, { seed, cases: 2_000 }),
    await tryStrings(connection, { seed, cases: 200 }),
  ];
  return found.flatMap((it) => it.counterexamples);
}

async function run(cases: number, firstSeed: number, driver: string): Promise<void> {
  if (driver === 'rfc') {
    const standIn = await loadStandIn();
    if ('skipped' in standIn) return console.log(`skipped: ${standIn.skipped}`);
  }
  const TCURX = Object.entries({ JPY: '0', KWD: '3', ZZ5: '5' }).map(([CURRKEY, CURRDEC]) => ({ CURRKEY, CURRDEC }));
  const simulator = await startSapSimulator({ data: { TCURX }, testFunctions: true, rfc: true });
  const connection = open(simulator, driver);
  try {
    for (let tried = 0, seed = firstSeed; tried < cases; tried += casesPerSeed, seed += 1) {
      const counterexamples = await trySeed(connection, seed);
      console.log(`seed ${seed}: ${counterexamples.length === 0 ? 'all came back' : counterexamples.join('\n  ')}`);
      if (counterexamples.length > 0) process.exitCode = 1;
    }
  } finally {
    await connection.close();
    await simulator.close();
  }
}

const [cases = '100000', firstSeed = '1000', driver = 'soap'] = process.argv.slice(2);
await run(Number(cases), Number(firstSeed), driver);
