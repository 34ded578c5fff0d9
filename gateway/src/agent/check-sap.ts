/** What `gangway check` looks at in SAP: who answers, how it differs, and what the service user may do. */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { customerNumber, documentNumber, matchRequest, orgId } from '../model/index.ts';
import type { AbapPackUse, SapFeature } from '../model/index.ts';
import type { SapIdentity, SapInspection, SapSystem } from '../ports/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { eachFunction } from './check-interfaces.ts';
import { maxClockDifferenceMs } from './check-relay.ts';
import { warning } from './check-result.ts';
import type { Check, CheckGroup, Finding } from './check-result.ts';
import { checkPack } from './check-pack.ts';
import { toWriteKey } from './execute/index.ts';

export interface SapCheckParts {
  readonly sap: SapSystem;
  readonly inspection: SapInspection;
  readonly features: readonly SapFeature[];
  readonly pack: AbapPackUse;
  readonly clock: Clock;
}

const sapTimeoutMs = 15_000;
/** SAP has no customer of this number: what is asked about it costs nothing and shows nobody's data. */
const nobody = customerNumber.parse('GANGWAYCHK');

/** A refused logon ends them all, so that the user is not locked; another system's answers would mean nothing. */
export function sapChecks({ sap, inspection, features, pack, clock }: SapCheckParts): CheckGroup {
  const within = (): Deadline => Deadline.in(clock, sapTimeoutMs);
  let known: Promise<SapIdentity> | undefined;
  const identity = (): Promise<SapIdentity> => (known ??= inspection.identify(within()));
  const probe = toWriteKey(orgId.parse('00D000000000000'), 'gangway.check');
  const lookUp = (): Promise<unknown> => sap.lookUpKey(probe, within());
  return [
    { name: 'SAP logon', isBasic: true, run: () => sap.ping(within()).then(() => 'works') },
    { name: 'SAP system', isBasic: true, run: async () => saySystem(await identity(), sap.system) },
    { name: 'SAP code page', run: async () => sayCodePage(await identity()) },
    { name: 'SAP clock', run: async () => sayClock(await identity()) },
    { name: 'SAP ABAP pack', run: async () => checkPack(await identity(), { features, use: pack, lookUp }) },
    { name: 'SAP functions', each: () => eachFunction(inspection, clock) },
    ...reads(sap, within).filter(({ feature }) => features.includes(feature)),
  ];
}

function saySystem({ logicalSystem, systemId, release }: SapIdentity, expected: string): string | Finding {
  const about = [systemId === undefined ? '' : `system ${systemId}`, release === undefined ? '' : `release ${release}`]
    .filter((part) => part !== '')
    .join(', ');
  const words = about === '' ? '' : ` (${about})`;
  if (logicalSystem === undefined)
    return {
      state: 'skipped',
      finding: `SAP does not say that it is ${expected}${words}; with version 1.2.0 of the ABAP pack it does`,
    };
  if (logicalSystem !== expected)
    throw new GatewayError('SAP_SYSTEM_MISMATCH', { system: expected, found: logicalSystem });
  return `${logicalSystem} answers${words}`;
}

/** UTF-16, big and little endian. */
const unicodePages: ReadonlySet<string> = new Set(['4102', '4103']);

function sayCodePage({ codePage, characterSet }: SapIdentity): string | Finding {
  if (codePage === undefined) return { state: 'skipped', finding: 'SAP does not say it' };
  if (unicodePages.has(codePage)) return `${codePage}, Unicode`;
  return warning(
    characterSet === undefined
      ? `${codePage}, not Unicode: letters outside it are lost in names and addresses that are written`
      : `${codePage}, not Unicode: writes with letters outside of ${characterSet} are refused, because SAP would lose them`,
    'sap-basis',
    'SAP Basis looks at the code pages in SPUMG or TCP0C; keep names in letters of this code page until the system is converted to Unicode.',
  );
}

function sayClock({ clockOffsetMs }: SapIdentity): string | Finding {
  if (clockOffsetMs === undefined)
    return { state: 'skipped', finding: 'SAP does not say its time; with version 1.2.0 of the ABAP pack it does' };
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  if (Math.abs(clockOffsetMs) <= maxClockDifferenceMs) return `is ${seconds} s from SAP's`;
  return warning(
    `the clock of this machine is ${seconds} s from SAP's: what is overdue and what has changed is seen at another time`,
    'operator',
    'The operator lets the machine follow a time server (NTP); SAP Basis compares with STZAC and the host of SM51.',
    'CLOCK_WRONG',
  );
}

interface FeatureCheck extends Check {
  readonly feature: SapFeature;
}

/** Each kind of data once: the right to the functions and to the objects behind them. */
function reads(sap: SapSystem, within: () => Deadline): readonly FeatureCheck[] {
  const page = { limit: 1 };
  const read = (feature: SapFeature, name: string, ask: () => Promise<unknown>): FeatureCheck => ({
    feature,
    name: `SAP ${name}`,
    run: async () => {
      await ask().catch(allowUnknown);
      return 'can be read';
    },
  });
  const stranger = matchRequest.parse({ name: 'GANGWAYCHK', phone: '0000000000', city: 'GANGWAYCHK' });
  return [
    read('customers', 'customer', () => sap.readCustomer(nobody, within())),
    read('credit', 'credit', () => sap.readCredit(nobody, within())),
    read('orders', 'orders', () => sap.listOrders(nobody, page, within())),
    read('orders', 'one order', () => sap.readOrder(documentNumber.parse('GANGWAYCHK'), undefined, within())),
    read('invoices', 'invoices', () => sap.listInvoices(nobody, 'all', page, within())),
    read('matches', 'possible duplicates', () => sap.findMatches(stranger, within())),
    read('partners', 'partners', () => sap.listPartners(nobody, within())),
  ];
}

/** SAP was asked, had the right function and let us use it: that it knows nobody of this name is the right answer. */
function allowUnknown(thrown: unknown): void {
  const failure = toGatewayError(thrown);
  if (failure.code !== 'SAP_CUSTOMER_UNKNOWN' && failure.code !== 'SAP_DOCUMENT_UNKNOWN') throw failure;
}
