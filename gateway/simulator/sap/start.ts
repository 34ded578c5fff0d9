/** Starts the simulated SAP ECC on a socket; the door of this folder. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ControlApi, isLoopback } from './control/control-api.ts';
import { writeTableRow } from './control/table-editor.ts';
import { openIdocs } from './idocs/index.ts';
import type { AleSystem, BackgroundJobs, IdocOptions, OpenIdocs } from './idocs/index.ts';
import { openRfc } from './rfc/open-rfc.ts';
import type { RfcAddress } from './rfc/open-rfc.ts';
import type { Serving } from './rfc/rfc-door.ts';
import { CallStatistics } from './server/call-statistics.ts';
import { FunctionExecutor } from './server/function-executor.ts';
import { pages, sendPage } from './server/pages.ts';
import { SoapService, soapPath } from './server/soap-service.ts';
import type { houseMadeFunctions } from './metadata/house-made.ts';
import type { InterfaceChanges } from './metadata/interface-changes.ts';
import { NotationError } from './metadata/notation.ts';
import { machineClock } from './system/clock.ts';
import type { SimulatorClock } from './system/clock.ts';
import type { Fault } from './system/faults.ts';
import { systemSettings } from './system/settings.ts';
import type { SystemSettings } from './system/settings.ts';
import { SimulatedSystem } from './system/simulated-system.ts';
import type { SapUser } from './system/users.ts';
import { openJournal } from './tables/journal.ts';
import { DataFileError, loadTables } from './tables/load-tables.ts';
import type { SapTables } from './tables/load-tables.ts';

export { DataFileError } from './tables/load-tables.ts';
export type { SapTables } from './tables/load-tables.ts';
export type { Fault } from './system/faults.ts';
export type { RfcAddress } from './rfc/open-rfc.ts';
export type { SapUser } from './system/users.ts';
export type { SimulatorClock } from './system/clock.ts';
export type { AleSystem, BackgroundJobs, IdocFaultInput, IdocOptions } from './idocs/index.ts';

/** The password of the default user; a simulated system has no secrets. */
export const defaultUser: SapUser = { name: 'GANGWAY', password: 'Gangway-Sim-1', language: 'EN' };

export interface SapSimulatorOptions {
  /** A JSON file, or the tables themselves; the shipped customers when absent. */
  readonly data?: string | SapTables;
  /** Loopback unless given. */
  readonly host?: string;
  /** Any free one unless given. */
  readonly port?: number;
  readonly users?: readonly SapUser[];
  /** False: the ABAP pack is not imported. */
  readonly pack?: boolean;
  /** An older one, for a system whose Basis has not imported the newest yet. */
  readonly packVersion?: '1.0.0' | '1.1.0' | '1.2.0';
  /** Function modules of the customer's own, as `_functions` of a data file holds them. */
  readonly functions?: z.input<typeof houseMadeFunctions>;
  /** True: Z_GANGWAY_TEST_ECHO is there, which hands back every ABAP type. */
  readonly testFunctions?: boolean;
  /** Where this SAP release differs from the one the simulator knows, as `_interfaceChanges` of a data file holds it. */
  readonly interfaceChanges?: InterfaceChanges;
  readonly workProcesses?: number;
  readonly queueLength?: number;
  readonly queueTimeoutMs?: number;
  readonly lockWaitMs?: number;
  /** False: no control API. */
  readonly control?: boolean;
  /** File that keeps committed changes across restarts. */
  readonly state?: string;
  readonly clock?: SimulatorClock;
  /** True: RFC is spoken too, beside SOAP. */
  readonly rfc?: boolean;
  /** IDocs are sent: to which ports, and of what; none at all unless given. */
  readonly idocs?: IdocOptions;
}

export interface SapSimulator {
  /** `http://host:port`; the service is below it at /sap/bc/soap/rfc. */
  readonly url: string;
  readonly port: number;
  readonly sapClient: string;
  readonly logicalSystem: string;
  /** Where RFC is spoken, in the words of SAP's SDK; with the option `rfc` only. */
  readonly rfc?: RfcAddress;
  /** What sends IDocs, and its jobs; with the option `idocs` only. The same as /simulator/idocs. */
  readonly idocs?: { readonly ale: AleSystem; readonly jobs: BackgroundJobs };
  /** What is odd in the data, though not wrong. */
  readonly warnings: readonly string[];
  /** The same as POST /simulator/faults. */
  addFault(fault: Fault): number;
  clearFaults(): void;
  close(): Promise<void>;
}

const defaultData = new URL('./data/default.json', import.meta.url);
const tablesByName = z.record(z.string(), z.unknown());

function readData(data: string | SapTables | undefined): SapTables {
  if (typeof data === 'object') return data;
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(data ?? defaultData, 'utf8'));
  } catch (error) {
    throw new DataFileError([error instanceof Error ? error.message : String(error)]);
  }
  const tables = tablesByName.safeParse(parsed);
  if (!tables.success || Array.isArray(parsed))
    throw new DataFileError(['the file must hold an object: table name to rows']);
  return tables.data;
}

/** `{tables: {...}, _system: {...}}` and `{KNA1: [...], _system: {...}}` mean the same. */
function unwrap(source: SapTables): { tables: SapTables; system: object } {
  const given = tablesByName.safeParse(source['_system'] ?? {});
  if (!given.success) throw new DataFileError(['_system: must be an object']);
  const { _functions: functions, _interfaceChanges: changes } = source;
  const system = {
    ...given.data,
    ...(functions === undefined ? {} : { functions }),
    ...(changes === undefined ? {} : { interfaceChanges: changes }),
  };
  const inner = tablesByName.safeParse(source['tables']);
  return { tables: inner.success ? inner.data : source, system };
}

function readSettings(system: object, options: SapSimulatorOptions): SystemSettings {
  const { pack, packVersion, workProcesses, queueLength, queueTimeoutMs, lockWaitMs } = options;
  const { functions, testFunctions, interfaceChanges } = options;
  const overrides = {
    ...{ pack, packVersion, workProcesses, queueLength, queueTimeoutMs, lockWaitMs },
    ...{ functions, testFunctions, interfaceChanges },
  };
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const settings = systemSettings.safeParse({ ...system, ...given });
  if (!settings.success) throw new DataFileError([`_system: ${z.prettifyError(settings.error)}`]);
  return settings.data;
}

/** The repository is built from the data file too, and what is wrong with that is as much worth a name. */
function createSystem(settings: SystemSettings, options: SapSimulatorOptions): SimulatedSystem {
  const users = options.users ?? settings.users ?? [defaultUser];
  try {
    return new SimulatedSystem(settings, users, options.clock ?? machineClock);
  } catch (error) {
    if (error instanceof NotationError) throw new DataFileError([error.message]);
    throw error;
  }
}

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

function createRoute({ system, statistics, executor }: Serving, hasControl: boolean, idocs?: OpenIdocs): Route {
  const soap = new SoapService(system, executor);
  const control = hasControl ? new ControlApi(system, statistics, idocs?.routes) : undefined;
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    if (url.pathname === soapPath) {
      statistics.opened();
      response.once('close', () => statistics.closed());
      return soap.handle(request, response, url.searchParams);
    }
    if (control === undefined || !url.pathname.startsWith('/simulator/')) return sendPage(response, pages.notFound);
    if (!isLoopback(request.socket.remoteAddress)) return sendPage(response, pages.forbidden);
    return control.handle(request, response, url);
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Pointers and IDocs have a file of their own beside that of the committed changes. */
function stateOfIdocs({ state }: SapSimulatorOptions): string | undefined {
  return state === undefined ? undefined : `${state}.idocs`;
}

/** Loads the data, then listens; DataFileError says what is wrong with the data. */
export async function startSapSimulator(options: SapSimulatorOptions = {}): Promise<SapSimulator> {
  const { tables, system: systemKey } = unwrap(readData(options.data));
  const settings = readSettings(systemKey, options);
  const system = createSystem(settings, options);
  const warnings = loadTables(system.database, tables, settings.client, system.time.today());
  const closeJournal = options.state === undefined ? undefined : openJournal(options.state, system.database);
  const statistics = new CallStatistics();
  const serving = { system, statistics, executor: new FunctionExecutor(system, statistics) };
  // After the journal: what a restart brings back was told about before.
  const idocs =
    options.idocs === undefined ? undefined : openIdocs(system, options.idocs, writeTableRow, stateOfIdocs(options));
  const route = createRoute(serving, options.control !== false, idocs);
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    Promise.resolve(route(request, response)).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, host, options.port ?? 0);
  const rfc = options.rfc === true ? await openRfc(serving) : undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    sapClient: settings.client,
    logicalSystem: system.logicalSystem,
    warnings,
    ...(rfc === undefined ? {} : { rfc: rfc.address }),
    ...(idocs === undefined ? {} : { idocs: { ale: idocs.ale, jobs: idocs.jobs } }),
    addFault: (fault) => system.faults.add(fault),
    clearFaults: () => system.faults.clear(),
    close: async () => {
      system.faults.clear();
      await Promise.all([idocs?.ale.close(), idocs?.jobs.close()]);
      await rfc?.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      closeJournal?.();
    },
  };
}
