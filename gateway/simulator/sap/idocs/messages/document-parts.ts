/** Segments that orders and invoices share: partners with their addresses, organization, dates, references. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { dateOf, isoLanguage } from './field-values.ts';

/** Rows of a document with this number, in the order of their items. */
export function itemsOf(database: Database, table: string, number: string): readonly TableRow[] {
  const rows = database.table(table).where(['VBELN'], [number]);
  return rows.toSorted((one, other) => ((one.POSNR ?? '') < (other.POSNR ?? '') ? -1 : 1));
}

/** The business data of a document (VBKD): of the item, else of the header. */
export function businessData(database: Database, number: string, item = '000000'): TableRow {
  const table = database.table('VBKD');
  return table.get({ VBELN: number, POSNR: item }) ?? table.get({ VBELN: number, POSNR: '000000' }) ?? {};
}

/** One partner with name and address, as the customer master has them. */
export function partner(database: Database, role: string, number: string): Segment {
  const row = database.table('KNA1').get({ KUNNR: number }) ?? {};
  return segment('E1EDKA1', {
    PARVW: role,
    PARTN: number,
    NAME1: row.NAME1,
    NAME2: row.NAME2,
    STRAS: row.STRAS,
    ORT01: row.ORT01,
    PSTLZ: row.PSTLZ,
    LAND1: row.LAND1,
    TELF1: row.TELF1,
    SPRAS: row.SPRAS,
    REGIO: row.REGIO,
    SPRAS_ISO: isoLanguage(row.SPRAS),
  });
}

/** Partners of a sales document's header, each role once. */
export function partnersOf(database: Database, number: string, roles: readonly string[]): ReadonlyMap<string, string> {
  const rows = database.table('VBPA').where(['VBELN'], [number]);
  const header = rows.filter(({ POSNR }) => POSNR === undefined || POSNR === '000000');
  const found = new Map<string, string>();
  for (const role of roles) {
    const customer = header.find(({ PARVW }) => PARVW === role)?.KUNNR;
    if (customer !== undefined) found.set(role, customer);
  }
  return found;
}

/** Segments of one type that differ by a qualifier; those without a value are left out. */
export function qualified(
  type: string,
  qualifier: string,
  field: string,
  values: readonly (readonly [string, string | undefined])[],
): readonly Segment[] {
  return values
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => segment(type, { [qualifier]: name, [field]: value }));
}

/** Dates (E1EDK03): qualifier and day. */
export function dates(values: readonly (readonly [string, string | undefined])[]): readonly Segment[] {
  return qualified(
    'E1EDK03',
    'IDDAT',
    'DATUM',
    values.map(([name, value]) => [name, dateOf(value)]),
  );
}

/** Terms of payment (E1EDK18): the days until the net amount is due, where the terms say so. */
export function paymentTerms(database: Database, terms: string | undefined): readonly Segment[] {
  const [row] = database.table('T052').where(['ZTERM'], [terms ?? '']);
  const days = [row?.ZTAG3, row?.ZTAG2, row?.ZTAG1].find((it) => it !== undefined && Number(it) > 0);
  return days === undefined ? [] : [segment('E1EDK18', { QUALF: '001', TAGE: String(Number(days)) })];
}
