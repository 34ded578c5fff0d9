/** What `gangway check` looks at from the agent's seat: each thing that must be there, and what to do when it is not. */
import { X509Certificate } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { SapMessage } from '../errors/index.ts';
import { customerNumber, documentNumber, orgId } from '../model/index.ts';
import type { OrgProbe, SapSystem } from '../ports/index.ts';
import { silentLog } from '../telemetry/index.ts';
import { Deadline, sleep, systemClock } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { Executor } from './call.ts';
import { salesforceChecks } from './check-salesforce.ts';
import { toWriteKey } from './execute/index.ts';
import type { AgentSettings } from './settings.ts';
import { startAgent } from './start-agent.ts';

export interface CheckResult {
  /** What was looked at. */
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What was found. */
  readonly finding: string;
  /** Of a failure: its code and the next step. */
  readonly code?: string;
  readonly advice?: string;
  readonly sapMessages?: readonly SapMessage[];
}

export interface CheckParts {
  readonly settings: AgentSettings;
  readonly journalFile: string;
  readonly sap: SapSystem;
  /** The orgs that the agent looks into. */
  readonly probes: readonly OrgProbe[];
}

export interface Check {
  readonly name: string;
  /** Says what was found; throws what is wrong. */
  readonly run: () => Promise<string>;
  /** Nothing after it in its group makes sense once it has failed. */
  readonly isBasic?: boolean;
}

/** Long enough for a slow proxy and a TLS handshake. */
const relayTimeoutMs = 15_000;
const sapTimeoutMs = 15_000;
/** SAP has no customer of this number: what is asked about it costs nothing and shows nobody's data. */
const nobody = customerNumber.parse('GANGWAYCHK');

/** All checks, one after the other, so that they load SAP like one user. */
export async function* runChecks({ settings, journalFile, sap, probes }: CheckParts): AsyncGenerator<CheckResult> {
  const groups: readonly (readonly Check[])[] = [
    [{ name: 'journal', run: () => checkJournal(journalFile) }],
    settings.orgs.map((org) => ({
      name: `org ${org.id}`,
      run: async () => describeCertificates(org.certificates, systemClock),
    })),
    settings.relays.map((url) => ({ name: `relay ${url}`, run: () => checkRelay(url, settings, systemClock) })),
    ...probes.map((probe) => salesforceChecks(probe, sap.system, systemClock)),
    sapChecks(sap),
  ];
  for (const group of groups) yield* runGroup(group);
}

async function* runGroup(checks: readonly Check[]): AsyncGenerator<CheckResult> {
  let failedBasic: string | undefined;
  for (const { name, run, isBasic } of checks) {
    if (failedBasic !== undefined) {
      yield { name, state: 'skipped', finding: `not looked at, because ${failedBasic} failed` };
      continue;
    }
    const result = await runOne(name, run);
    if (result.state === 'failed' && isBasic === true) failedBasic = name;
    yield result;
  }
}

async function runOne(name: string, run: () => Promise<string>): Promise<CheckResult> {
  try {
    return { name, state: 'passed', finding: await run() };
  } catch (thrown) {
    const { code, message, advice, sapMessages } = toGatewayError(thrown);
    return { name, state: 'failed', finding: message, code, advice, sapMessages };
  }
}

/** Only looks: a running agent holds the file, and that is as it should be. */
async function checkJournal(file: string): Promise<string> {
  const canWrite = (path: string): Promise<boolean> =>
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
  if (!(await canWrite(dirname(file)))) {
    throw new GatewayError('JOURNAL_FAILED', { reason: `the folder of ${file} does not exist or may not be written` });
  }
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists && !(await canWrite(file)))
    throw new GatewayError('JOURNAL_FAILED', { reason: `${file} may not be written` });
  return exists ? 'the file can be written' : 'the file can be created';
}

function describeCertificates(certificates: readonly string[], clock: Clock): string {
  const ends = certificates.flatMap((pem) =>
    pem.includes('BEGIN CERTIFICATE') ? [readCertificate(pem).validToDate] : [],
  );
  if (ends.length === 0) return 'a public key without an end date';
  const last = new Date(Math.max(...ends.map((end) => end.getTime())));
  const text = last.toISOString().slice(0, 10);
  if (last.getTime() > clock.now()) return `certificate valid until ${text}`;
  throw new GatewayError('ORG_TOKEN_INVALID', { reason: `the certificate registered here ended on ${text}` });
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new GatewayError('CONFIG_INVALID', { problems: 'a certificate cannot be read' }, cause);
  }
}

/** A real handshake with the agent's own key; it ends before a call could come. */
async function checkRelay(url: string, settings: AgentSettings, clock: Clock): Promise<string> {
  const takesNothing: Executor = {
    execute: () => Promise.reject(new GatewayError('AGENT_DRAINING')),
    drain: () => Promise.resolve(),
  };
  const agent = startAgent({ ...settings, relays: [url] }, takesNothing, { clock, log: silentLog });
  const deadline = Deadline.in(clock, relayTimeoutMs);
  try {
    for (;;) {
      if (agent.isReady) return 'reached, and this agent is accepted';
      const failure = agent.relays[0]?.lastFailure;
      if (failure === 'AGENT_CREDENTIAL_REFUSED' || failure === 'PROTOCOL_VERSION_UNSUPPORTED')
        throw new GatewayError(failure);
      if (failure !== undefined || deadline.hasPassed) throw new GatewayError('RELAY_UNREACHABLE');
      await sleep(clock, 20);
    }
  } finally {
    await agent.close();
  }
}

function sapChecks(sap: SapSystem): readonly Check[] {
  const within = (): Deadline => Deadline.in(systemClock, sapTimeoutMs);
  const page = { limit: 1 };
  const probe = toWriteKey(orgId.parse('00D000000000000'), 'gangway.check');
  const read = (name: string, ask: () => Promise<unknown>): Check => ({
    name: `SAP ${name}`,
    run: async () => {
      await ask().catch(allowUnknown);
      return 'can be read';
    },
  });
  return [
    { name: 'SAP logon', isBasic: true, run: () => sap.ping(within()).then(() => `works in ${sap.system}`) },
    {
      name: 'SAP ABAP pack',
      run: () => sap.lookUpKey(probe, within()).then(() => 'is imported and may be used'),
    },
    read('customer', () => sap.readCustomer(nobody, within())),
    read('credit', () => sap.readCredit(nobody, within())),
    read('orders', () => sap.listOrders(nobody, page, within())),
    read('one order', () => sap.readOrder(documentNumber.parse('GANGWAYCHK'), undefined, within())),
    read('invoices', () => sap.listInvoices(nobody, 'all', page, within())),
    read('partners', () => sap.listPartners(nobody, within())),
  ];
}

/** SAP was asked, had the right function and let us use it: that it knows nobody of this name is the right answer. */
function allowUnknown(thrown: unknown): void {
  const failure = toGatewayError(thrown);
  if (failure.code !== 'SAP_CUSTOMER_UNKNOWN' && failure.code !== 'SAP_DOCUMENT_UNKNOWN') throw failure;
}
