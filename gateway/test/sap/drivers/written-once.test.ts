/**
 * Writes while everything breaks at any moment: success means that SAP has it exactly once, every error but the unknown outcome
 * means that SAP has nothing, and an unknown outcome never hides a second one. Judged by SAP's own tables when SAP is quiet.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { defaultUser, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import type { Fault } from '../../../simulator/sap/system/faults.ts';
import { openRfc } from '../../../src/sap/drivers/node-rfc/rfc-driver.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { SapConnection } from '../../../src/ports/index.ts';
import * as sap from '../../contracts/sap-place.ts';
import { startCutWire } from '../fakes/cut-wire.ts';
import type { Cut } from '../fakes/cut-wire.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { configFor, describeRfc } from './node-rfc/rfc-under-test.ts';

jest.setTimeout(120_000);

/** Enough that each moment is met; a night may have more. */
const runs = 120;
const createFunction = 'BAPI_CUSTOMER_CREATEFROMDATA1';
const commitFunction = 'BAPI_TRANSACTION_COMMIT';
const packFunction = 'Z_GANGWAY_CUSTOMER_CREATE';

type Way = 'session' | 'pack' | 'pack twice';

/** What goes wrong in one run, and when: the same for the same seed, as far as time lets it. */
class Trouble {
  readonly #chance: Seeded;

  constructor(seed: number) {
    this.#chance = seeded(seed);
  }

  #happens(percent: number): boolean {
    return this.#chance.below(100) < percent;
  }

  writes(ways: readonly Way[]): readonly Way[] {
    return Array.from({ length: this.#chance.below(3) + 1 }, () => this.#chance.pick(ways));
  }

  /** Whether the driver has learnt the functions before. */
  isWarm(): boolean {
    return this.#happens(70);
  }

  faults(): readonly Fault[] {
    return Array.from({ length: this.#chance.below(3) }, () => this.#fault());
  }

  #fault(): Fault {
    const kind = this.#chance.pick([
      ...(['drop-in-call', 'drop-session', 'cut-before-commit', 'cut-after-commit', 'short-dump', 'garbage'] as const),
      ...(['slow', 'slow', 'hang', 'no-authorization', 'work-processes-exhausted', 'logon-refused'] as const),
    ]);
    const name = this.#chance.pick([createFunction, commitFunction, packFunction, 'DDIF_FIELDINFO_GET', '']);
    const stage = this.#chance.pick(['start', 'commit'] as const);
    const delayMs = this.#chance.below(60);
    const about = name === '' ? {} : { function: name };
    const often = { times: this.#chance.below(2) + 1, after: this.#chance.below(3) };
    return { kind, ...about, ...often, ...(kind === 'slow' ? { stage, delayMs } : {}) };
  }

  cut(): Cut | undefined {
    if (this.#happens(70)) return undefined;
    const afterBytes = this.#chance.below(this.#happens(70) ? 2_000 : 40_000);
    const way = this.#chance.pick(['to-sap', 'from-sap'] as const);
    return { way, kind: this.#chance.pick(['break', 'break', 'deaf']), afterBytes };
  }

  /** Mostly about as long as a write takes here. */
  limitMs(): number {
    return this.#happens(50) ? 600 : 2 + this.#chance.below(60);
  }

  /** When the driver is closed although writes are under way. */
  closesAfterMs(): number | undefined {
    return this.#happens(15) ? this.#chance.below(50) : undefined;
  }
}

interface Outcome {
  readonly name: string;
  readonly code: string;
}

async function inSession(connection: SapConnection, name: string, limitMs: number): Promise<string> {
  const options = sap.writing({ deadline: sap.within(limitMs), scope: 'whole' });
  const reference = { SALESORG: '1000', DISTR_CHAN: '10', DIVISION: '00', REF_CUSTMR: sap.customer };
  const company = { NAME: name, CITY: 'Berlin', POSTL_COD1: '10115', STREET: 'Kai 1', COUNTRY: 'DE' };
  const named = { ...company, LANGU_ISO: 'DE', CURRENCY: 'EUR' };
  return connection.inOneSession(
    async (session) => {
      const parameters = { PI_COMPANYDATA: named, PI_COPYREFERENCE: reference };
      const answer = await session.call(createFunction, parameters, options);
      if (sap.textIn(answer['RETURN'], 'TYPE') === 'E') return 'refused';
      const committed = await session.call(commitFunction, { WAIT: 'X' }, options);
      return sap.textIn(committed['RETURN'], 'TYPE') === '' ? 'done' : 'SAP_OUTCOME_UNKNOWN';
    },
    { deadline: options.deadline },
  );
}

async function throughPack(connection: SapConnection, name: string, limitMs: number): Promise<string> {
  const parameters = {
    I_EXTERNAL_KEY: `00D5g000004GANGEAW:${name.replaceAll(' ', '.')}`,
    I_CONTENT: 'a'.repeat(64),
    IS_GENERAL: {
      NAME1: name,
      STREET: 'Kai',
      PSTLZ: '20457',
      ORT01: 'Hamburg',
      LAND1: 'DE',
      SPRAS_ISO: 'DE',
      KTOKD: '0001',
    },
    IS_COMPANY: { BUKRS: '1000', ZTERM: 'ZB30' },
    IS_SALES: { VKORG: '1000', VTWEG: '10', SPART: '00', WAERS: 'EUR', ZTERM: 'ZB30' },
  };
  const options = sap.writing({ deadline: sap.within(limitMs), tables: ['ET_RETURN'] });
  const answer = await connection.call(packFunction, parameters, options);
  const isRefused = sap.rowsOf(answer['ET_RETURN']).some(({ TYPE }) => TYPE === 'E' || TYPE === 'A');
  return isRefused ? 'refused' : 'done';
}

interface House {
  readonly simulator: SapSimulator;
  /** Where the wire leads. */
  readonly port: number;
  open(port: number): SapConnection;
  readonly ways: readonly Way[];
}

/** Resolves when nothing runs in SAP any more, whoever began it. */
async function whenQuiet({ url }: SapSimulator): Promise<void> {
  for (;;) {
    const seen = (await (await fetch(`${url}/simulator/calls`)).json()) as { open: number; sessions: { open: number } };
    if (seen.open === 0 && seen.sessions.open === 0) return;
  }
}

async function countNamed({ url }: SapSimulator, name: string): Promise<number> {
  const answer = await fetch(`${url}/simulator/tables/KNA1?NAME1=${encodeURIComponent(name)}`);
  return ((await answer.json()) as { rows: unknown[] }).rows.length;
}

async function runOnce(house: House, seed: number): Promise<readonly Outcome[]> {
  const trouble = new Trouble(seed);
  const { simulator } = house;
  const isWarm = trouble.isWarm();
  const wire = await startCutWire(house.port, () => trouble.cut());
  const connection = house.open(wire.port);
  if (isWarm) for (const way of house.ways) await write(connection, way, `Warm ${seed} ${way}`, 20_000);
  wire.arm();
  for (const fault of trouble.faults()) simulator.addFault(fault);
  const limits = trouble
    .writes(house.ways)
    .map((way, index) => ({ way, limitMs: trouble.limitMs(), name: `Once ${seed}-${index}` }));
  const closing = trouble.closesAfterMs();
  const work = limits.map(({ way, limitMs, name }) => write(connection, way, name, limitMs));
  const stopTimer = closing === undefined ? () => undefined : systemClock.after(closing, () => void connection.close());
  const outcomes = (await Promise.all(work)).flat();
  stopTimer();
  simulator.clearFaults();
  await wire.close();
  await connection.close();
  await whenQuiet(simulator);
  return outcomes;
}

/** One or two at once; two of the same key are one intent. */
async function write(connection: SapConnection, way: Way, name: string, limitMs: number): Promise<readonly Outcome[]> {
  const one = (): Promise<string> =>
    (way === 'session' ? inSession : throughPack)(connection, name, limitMs).catch((thrown: unknown) => {
      if (thrown instanceof GatewayError) return thrown.code;
      throw thrown;
    });
  const codes = await Promise.all(way === 'pack twice' ? [one(), one()] : [one()]);
  return codes.map((code) => ({ name, code }));
}

/** What is wrong about the run, in words; nothing if all is well. */
async function judge({ simulator }: House, seed: number, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [name, all] of Map.groupBy(outcomes, (outcome) => outcome.name)) {
    const count = await countNamed(simulator, name);
    const codes = all.map(({ code }) => code);
    const isFine = codes.includes('done')
      ? count === 1
      : count === 0 || (count === 1 && codes.includes('SAP_OUTCOME_UNKNOWN'));
    if (!isFine) wrong.push(`seed ${seed}: ${name} is in SAP ${count} times after ${codes.join(', ')}`);
  }
  return wrong;
}

async function tryAll(house: House): Promise<ReadonlyMap<string, number>> {
  const wrong: string[] = [];
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const outcomes = await runOnce(house, seed);
    for (const { code } of outcomes) seen.set(code, (seen.get(code) ?? 0) + 1);
    wrong.push(...(await judge(house, seed, outcomes)));
  }
  expect(wrong).toEqual([]);
  return seen;
}

const portIn = (address: string): number => Number(/(\d+)$/.exec(address)?.[1]);

describeRfc('over RFC', () => {
  let simulator: SapSimulator;
  beforeAll(async () => {
    simulator = await startSapSimulator({ rfc: true });
  });
  afterAll(() => simulator.close());

  test('a change with its commit, and a write of the pack, is done once or is known not to be, whatever breaks', async () => {
    const open = (port: number): SapConnection => {
      const changes = { rfc: { ...configFor(simulator).rfc, router: `/H/127.0.0.1/S/${port}` } };
      return openRfc(configFor(simulator, changes), functionCatalogue, systemClock);
    };
    const house = {
      simulator,
      open,
      port: portIn(simulator.rfc?.router ?? ''),
      ways: ['session', 'pack', 'pack twice'] as const,
    };
    const seen = await tryAll(house);
    // A run in which nothing, or everything, goes wrong would prove nothing.
    for (const code of ['done', 'SAP_OUTCOME_UNKNOWN', 'SAP_UNREACHABLE', 'DEADLINE_PASSED'])
      expect(seen.get(code)).toBeGreaterThan(5);
  });
});

describe('over SOAP', () => {
  let simulator: SapSimulator;
  beforeAll(async () => {
    simulator = await startSapSimulator();
  });
  afterAll(() => simulator.close());

  test('a write of the pack is done once or is known not to be, whatever breaks', async () => {
    const { sapClient, url } = simulator;
    const open = (port: number): SapConnection =>
      openSoap(
        {
          url: `http://127.0.0.1:${port}`,
          sapClient,
          language: 'EN',
          user: defaultUser.name,
          password: () => defaultUser.password,
          maxConnections: 2,
        },
        functionCatalogue,
        systemClock,
      );
    const seen = await tryAll({ simulator, open, port: portIn(url), ways: ['pack', 'pack twice'] });
    for (const code of ['done', 'SAP_OUTCOME_UNKNOWN']) expect(seen.get(code)).toBeGreaterThan(5);
  });
});
