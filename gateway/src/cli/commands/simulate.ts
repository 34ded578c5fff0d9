/** `gangway simulate`: SAP and Salesforce on a socket, for people without either. Loaded only when asked for. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { GatewayError } from '../../errors/index.ts';
import type { Terminal } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';

interface SapOptions {
  readonly data?: string;
  readonly host: string;
  readonly port: number;
  readonly state?: string;
  readonly pack: boolean;
  readonly control: boolean;
  readonly workProcesses?: number;
}

interface SalesforceOptions {
  readonly data?: string;
  readonly port: number;
  readonly relayUrl: string;
  readonly audience?: string;
  readonly orgId: string;
  readonly privateKeyFile: string;
  readonly namespace?: string;
  readonly packageFolder?: string;
  readonly pageFolder?: string;
  readonly state?: string;
  readonly sapUrl?: string;
  readonly pubSubPort: number;
  readonly clientId?: string;
  readonly clientCertificate?: string;
  readonly clientUser: readonly string[];
  readonly control: boolean;
}

export function addSimulate(program: Command, terminal: Terminal): void {
  const simulate = program.command('simulate').description('Simulated systems, for development and tests');
  addSap(simulate, terminal);
  addSalesforce(simulate, terminal);
}

function addSap(simulate: Command, terminal: Terminal): void {
  simulate
    .command('sap')
    .description('A simulated SAP ECC that speaks SOAP RFC')
    .option('--data <file>', 'SAP tables as JSON; the shipped customers when absent')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 for any free one', toNumber(65_535), 0)
    .option('--state <file>', 'keep committed changes in this file over a restart')
    .option('--work-processes <number>', 'dialog work processes', toNumber(1_000))
    .option('--no-pack', 'without the ABAP pack')
    .option('--no-control', 'without the control address for faults and tables')
    .action(async (options: SapOptions) => {
      const { startSapSimulator } = await import('../../../simulator/sap/index.ts');
      const sap = await startSapSimulator(options).catch(refuseData);
      for (const warning of sap.warnings) terminal.say(`Warning: ${warning}`);
      terminal.print(`Simulated SAP ${sap.logicalSystem} (SAP client ${sap.sapClient}) is ready: ${sap.url}`);
      await untilStopped(terminal, 'simulate sap', { drain: () => sap.close() });
    });
}

function addSalesforce(simulate: Command, terminal: Terminal): void {
  simulate
    .command('salesforce')
    .description('A simulated Salesforce org with the package installed')
    .requiredOption('--relay-url <url>', 'where the Named Credential points')
    .requiredOption('--org-id <id>', 'org id, 15 or 18 characters')
    .requiredOption('--private-key-file <file>', "PEM file (PKCS 8) of the External Credential's signing key")
    .option('--audience <url>', 'audience of its tokens; the relay URL when absent')
    .option('--data <file>', 'people and records as JSON; the shipped ones when absent')
    .option('--port <number>', 'port to listen on; 0 for any free one', toNumber(65_535), 0)
    .option('--namespace <name>', 'as if the package were installed with this namespace')
    .option('--package-folder <folder>', "the package's sources; force-app/main when absent")
    .option('--page-folder <folder>', 'the page, made by local-org')
    .option('--state <file>', 'keep committed records in this file over a restart')
    .option('--sap-url <url>', 'address of the simulated SAP, for its faults')
    .option('--pub-sub-port <number>', 'port of the Pub/Sub API; 0 for any free one', toNumber(65_535), 0)
    .option('--client-id <id>', 'consumer key of an external client app that may log on (JWT bearer)')
    .option('--client-certificate <file>', "PEM file of the app's certificate or public key")
    .option('--client-user <name>', 'user name that may use the app; may be repeated', collect, [])
    .option('--no-control', 'without the control address for faults and counts')
    .action(async (options: SalesforceOptions) => {
      const { startSalesforceSimulator } = await import('../../../simulator/salesforce/index.ts');
      const { audience, pageFolder, privateKeyFile, sapUrl, state, control, ...rest } = options;
      const org = await startSalesforceSimulator({
        ...rest,
        audience: audience ?? options.relayUrl,
        privateKey: readKey(privateKeyFile, '--private-key-file'),
        pageDir: pageFolder,
        stateFile: state,
        sapSimulatorUrl: sapUrl,
        hasControl: control,
        connectedApps: clientApps(options),
      }).catch(refuseData);
      terminal.print(`Simulated Salesforce is ready: ${org.url}`);
      terminal.print(`Its Pub/Sub API: ${org.pubSubUrl}`);
      await untilStopped(terminal, 'simulate salesforce', { drain: () => org.close() });
    });
}

function toNumber(maximum: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) <= maximum) return Number(text);
    throw new InvalidArgumentError(`It must be a number up to ${maximum}.`);
  };
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Nobody may log on to an org that no app is registered in. */
function clientApps({ clientId, clientCertificate, clientUser }: SalesforceOptions) {
  if (clientId === undefined || clientCertificate === undefined) return [];
  return [{ clientId, certificate: readKey(clientCertificate, '--client-certificate'), usernames: clientUser }];
}

function readKey(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GatewayError('SECRET_MISSING', { setting: option, file }, cause);
  }
}

/** A simulator starts or says what it does not take: its data, or the port. */
function refuseData(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EADDRINUSE' || code === 'EACCES') throw new GatewayError('LISTEN_FAILED', { reason: code }, cause);
  throw new GatewayError(
    'SIMULATOR_DATA_INVALID',
    { reason: cause instanceof Error ? cause.message : 'unknown' },
    cause,
  );
}
