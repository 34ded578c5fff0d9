/** Z_GANGWAY_PARTNERS_READ and Z_GANGWAY_CONTACTS_READ: who belongs to a customer, with names. */
import { toIsoLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import { currentContact } from './contact-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { readText } from './texts.ts';

/** More than this no screen shows. */
const mostRows = 1000;

function limitOf(call: FunctionCall): number {
  const wanted = Number(call.value('I_MAX_ROWS'));
  return wanted <= 0 || wanted > mostRows ? mostRows : wanted;
}

/** The customer; undefined, with a message, where there is none or the caller may not see any. */
function customerOf(call: FunctionCall): TableRow | undefined {
  if (!call.hasAuthority('F_KNA1_APP', '03')) return undefined;
  const number = call.value('I_KUNNR');
  const customer = call.get('KNA1', { KUNNR: number });
  if (customer === undefined) call.return(call.message('E', 'F2', '153', number), 'ET_RETURN');
  return customer !== undefined && call.hasAuthority('F_KNA1_GRP', customer.KTOKD ?? '') ? customer : undefined;
}

/** What may not be seen is refused, never left out: a list without it would look whole. */
function mayReadAreas(call: FunctionCall, rows: readonly TableRow[]): boolean {
  const areas = new Set(rows.map(({ VKORG = '', VTWEG = '', SPART = '' }) => `${VKORG}/${VTWEG}/${SPART}`));
  return [...areas].every((it) => call.hasAuthority('V_KNA1_VKO', it));
}

interface Party {
  readonly kind: string;
  readonly number: string;
}

function partyOf(row: TableRow): Party {
  if (row.KUNN2 !== undefined) return { kind: 'K', number: row.KUNN2 };
  if (row.LIFNR !== undefined) return { kind: 'L', number: row.LIFNR };
  if (Number(row.PARNR ?? '0') > 0) return { kind: 'A', number: row.PARNR ?? '' };
  if (Number(row.PERNR ?? '0') > 0) return { kind: 'P', number: (row.PERNR ?? '').padStart(10, '0') };
  return { kind: '', number: '' };
}

interface Shown {
  readonly NAME?: string | undefined;
  readonly CITY?: string | undefined;
  readonly LAND1?: string | undefined;
}

/** The central address has names and cities whole; vendors and personnel numbers are not looked up. */
function shown(call: FunctionCall, { kind, number }: Party): Shown {
  if (kind === 'A') {
    const person = call.get('KNVK', { PARNR: number });
    return {
      NAME: [person?.NAMEV, person?.NAME1]
        .filter((it) => it !== undefined)
        .join(' ')
        .slice(0, 40),
    };
  }
  if (kind !== 'K') return {};
  const customer = call.get('KNA1', { KUNNR: number });
  // A row with a NATION is the same address in another script; of several the last one holds.
  const address = call
    .where('ADRC', ['ADDRNUMBER'], [customer?.ADRNR ?? ''])
    .filter((it) => it.NATION === undefined)
    .toSorted((a, b) => ((a.DATE_FROM ?? '') < (b.DATE_FROM ?? '') ? -1 : 1))
    .at(-1);
  return {
    NAME: (address?.NAME1 ?? customer?.NAME1 ?? '').slice(0, 40),
    CITY: address?.CITY1 ?? customer?.ORT01,
    LAND1: address?.COUNTRY ?? customer?.LAND1,
  };
}

/** By sales area, function and counter, as the key of KNVP has them. */
function byKey(a: TableRow, b: TableRow): number {
  const keyOf = (row: TableRow): string =>
    [row.VKORG, row.VTWEG, row.SPART, row.PARVW, row.PARZA].map((it) => (it ?? '').padEnd(4)).join('');
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

/** Z_GANGWAY_PARTNERS_READ. */
export function readGangwayPartners(call: FunctionCall): void {
  if (customerOf(call) === undefined) return;
  const wanted = { VKORG: call.value('I_VKORG'), VTWEG: call.value('I_VTWEG'), SPART: call.value('I_SPART') };
  const isWanted = (row: TableRow): boolean =>
    Object.entries(wanted).every(([field, value]) => value === '' || row[field] === value);
  const rows = call
    .where('KNVP', ['KUNNR'], [call.value('I_KUNNR')])
    .filter(isWanted)
    .toSorted(byKey);
  const limit = limitOf(call);
  const shownRows = rows.slice(0, limit);
  if (!mayReadAreas(call, shownRows)) return;
  if (rows.length > limit) call.set('E_MORE', 'X');
  for (const row of shownRows) {
    const party = partyOf(row);
    call.append('ET_PARTNER', {
      VKORG: row.VKORG,
      VTWEG: row.VTWEG,
      SPART: row.SPART,
      PARVW: row.PARVW,
      PARZA: row.PARZA,
      TEXT: readText(call, 'TPART', { PARVW: row.PARVW ?? '' }, 'VTEXT'),
      KIND: party.kind,
      PARTNER: party.number,
      ...shown(call, party),
      DEFPA: row.DEFPA,
      KNREF: row.KNREF,
    });
  }
}

/** Z_GANGWAY_CONTACTS_READ. */
export function readGangwayContacts(call: FunctionCall): void {
  const customer = customerOf(call);
  if (customer === undefined) return;
  const rows = call
    .where('KNVK', ['KUNNR'], [call.value('I_KUNNR')])
    .toSorted((a, b) => ((a.PARNR ?? '') < (b.PARNR ?? '') ? -1 : 1));
  const limit = limitOf(call);
  if (rows.length > limit) call.set('E_MORE', 'X');
  for (const row of rows.slice(0, limit)) {
    const contact = currentContact(call, customer, row);
    call.append('ET_CONTACT', {
      PARNR: row.PARNR,
      ...contact,
      SPRAS_ISO: toIsoLanguage(row.PARLA ?? ''),
      LOEVM: row.LOEVM,
    });
  }
}
