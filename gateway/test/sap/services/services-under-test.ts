/** Published services beside the simulated SAP, over SOAP and, where the stand-in can be built, over RFC. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { loadStandIn } from '../../../simulator/nwrfc/index.ts';
import { defaultUser, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { orgId, sapSystemId, serviceName } from '../../../src/model/index.ts';
import type { ServiceName } from '../../../src/model/index.ts';
import type { KeyedWrite, OpenedSap, WriteKey } from '../../../src/ports/index.ts';
import { openSap, openServiceWorkbench } from '../../../src/sap/index.ts';
import type { SapSettings, ServiceWorkbench } from '../../../src/sap/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';

const standIn = await loadStandIn();

/** `describe`, skipped with its reason where the stand-in of SAP's library cannot be built. */
export function describeRfc(title: string, tests: () => void): void {
  if ('skipped' in standIn) describe.skip(`${title} (skipped: ${standIn.skipped})`, tests);
  else describe(title, tests);
}

export interface ServicesUnderTest {
  readonly simulator: SapSimulator;
  readonly sap: OpenedSap;
  readonly bench: ServiceWorkbench;
  readonly folder: string;
  /** Puts a file into the folder of published services. */
  put(name: string, text: string): void;
  close(): Promise<void>;
}

export const soon = (durationMs = 20_000): Deadline => Deadline.in(systemClock, durationMs);
export const named = (name: string): ServiceName => serviceName.parse(name);
export const org = orgId.parse('00D5g000004GANG');

/** A write under a key as the agent makes it. */
export function writeOf(id: string, fence?: number): KeyedWrite {
  return { key: `${org}${id}` as WriteKey, contentHash: 'c'.repeat(64), ...(fence === undefined ? {} : { fence }) };
}

/** The error of something that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<GatewayError> {
  const outcome = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`ended with ${String(outcome)} and not with one of our errors`);
}

/** The files that come with the product. */
export function shippedFiles(): ReadonlyMap<string, string> {
  const folder = new URL('../../../services/', import.meta.url);
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

/** A shipped file by its service's name. */
export function shipped(name: string): string {
  const text = shippedFiles().get(`${name}.yaml`);
  if (text === undefined) throw new Error(`${name} is not shipped`);
  return text;
}

export async function startServices(
  driver: SapSettings['driver'],
  options: SapSimulatorOptions = {},
  changes: Partial<Pick<SapSettings, 'features' | 'language' | 'governor'>> = {},
): Promise<ServicesUnderTest> {
  const simulator = await startSapSimulator({ testFunctions: true, rfc: driver === 'node-rfc', ...options });
  const folder = mkdtempSync(join(tmpdir(), 'gangway-services-'));
  const settings = { ...settingsFor(driver, simulator), servicesFolder: folder, ...changes };
  const sap = openSap(settings, systemClock);
  const bench = openServiceWorkbench(settings, systemClock);
  return {
    simulator,
    sap,
    bench,
    folder,
    put: (name, text) => writeFileSync(join(folder, name), text),
    close: async () => {
      await bench.close();
      await sap.system.close();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** How this simulated SAP is reached. */
export function settingsFor(driver: SapSettings['driver'], simulator: SapSimulator): SapSettings {
  const common = {
    system: sapSystemId.parse(simulator.logicalSystem),
    sapClient: simulator.sapClient,
    language: 'EN',
    timeZone: 'Europe/Berlin',
    maxConnections: 2,
    companyCodes: ['1000'],
    accountGroup: '0001',
    user: defaultUser.name,
    password: () => defaultUser.password,
  };
  if (driver === 'soap') return { ...common, driver, url: simulator.url };
  const { rfc } = simulator;
  if (rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  const target = { kind: 'application-server', host: rfc.host, systemNumber: rfc.systemNumber } as const;
  return { ...common, driver, rfc: { target } };
}
