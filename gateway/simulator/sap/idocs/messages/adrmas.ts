/** ADRMAS: the full address of a customer, which DEBMAS has no room for. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { isoLanguage } from './field-values.ts';
import type { BuildContext, MasterMessage } from './message.ts';

const numbersOf = (database: Database, table: string, address: string): readonly TableRow[] =>
  database
    .table(table)
    .where(['ADDRNUMBER'], [address])
    // Numbers with a person belong to contact persons, whose addresses are another message type.
    .filter(({ PERSNUMBER }) => PERSNUMBER === undefined);

function isoCountry(database: Database, country: string | undefined): string {
  return database.table('T005').get({ LAND1: country })?.INTCA ?? country ?? '';
}

function address(database: Database, row: TableRow): Segment {
  const continued = segment('E1BPAD1VL1', {
    LANGU_CR: row.LANGU,
    LANGUCRISO: isoLanguage(row.LANGU),
    ADDR_GROUP: 'BP',
  });
  const names = { NAME: row.NAME1, NAME_2: row.NAME2, NAME_3: row.NAME3, NAME_4: row.NAME4 };
  const place = {
    CITY: row.CITY1,
    DISTRICT: row.CITY2,
    POSTL_COD1: row.POST_CODE1,
    POSTL_COD2: row.POST_CODE2,
    PO_BOX: row.PO_BOX,
    TRANSPZONE: row.TRANSPZONE,
    STREET: row.STREET,
    HOUSE_NO: row.HOUSE_NUM1,
    STR_SUPPL1: row.STR_SUPPL1,
    STR_SUPPL2: row.STR_SUPPL2,
    COUNTRY: row.COUNTRY,
    COUNTRYISO: isoCountry(database, row.COUNTRY),
    REGION: row.REGION,
    TIME_ZONE: row.TIME_ZONE,
  };
  const words = { LANGU: row.LANGU, LANGU_ISO: isoLanguage(row.LANGU), SORT1: row.SORT1, SORT2: row.SORT2 };
  const validity = { FROM_DATE: row.DATE_FROM ?? '00010101', TO_DATE: '99991231' };
  return segment('E1BPAD1VL', { ...validity, ...names, ...place, ...words }, [continued]);
}

function phones(
  database: Database,
  { ADDRNUMBER = '', COUNTRY, TEL_NUMBER, TEL_EXTENS }: TableRow,
): readonly Segment[] {
  const rows = numbersOf(database, 'ADR2', ADDRNUMBER);
  const own: readonly TableRow[] =
    rows.length > 0 || TEL_NUMBER === undefined ? rows : [{ COUNTRY, TEL_NUMBER, TEL_EXTENS, FLGDEFAULT: 'X' }];
  return own.map((row) =>
    segment('E1BPADTEL', {
      COUNTRY: row.COUNTRY ?? COUNTRY,
      COUNTRYISO: isoCountry(database, row.COUNTRY ?? COUNTRY),
      STD_NO: row.FLGDEFAULT,
      TELEPHONE: row.TEL_NUMBER,
      EXTENSION: row.TEL_EXTENS,
      CONSNUMBER: row.CONSNUMBER ?? '001',
      HOME_FLAG: 'X',
    }),
  );
}

function fax(database: Database, { COUNTRY, FAX_NUMBER }: TableRow): readonly Segment[] {
  if (FAX_NUMBER === undefined) return [];
  const values = {
    COUNTRY,
    COUNTRYISO: isoCountry(database, COUNTRY),
    STD_NO: 'X',
    FAX: FAX_NUMBER,
    CONSNUMBER: '001',
  };
  return [segment('E1BPADFAX', values)];
}

function mails(database: Database, { ADDRNUMBER = '' }: TableRow): readonly Segment[] {
  return numbersOf(database, 'ADR6', ADDRNUMBER).map((row) =>
    segment('E1BPADSMTP', {
      STD_NO: row.FLGDEFAULT,
      E_MAIL: row.SMTP_ADDR,
      EMAIL_SRCH: row.SMTP_SRCH,
      CONSNUMBER: row.CONSNUMBER ?? '001',
      HOME_FLAG: 'X',
    }),
  );
}

function build({ database }: BuildContext, customer: string): readonly Segment[] | undefined {
  const number = database.table('KNA1').get({ KUNNR: customer })?.ADRNR;
  const [row] = number === undefined ? [] : database.table('ADRC').where(['ADDRNUMBER'], [number]);
  if (row === undefined) return undefined;
  const children = [address(database, row), ...phones(database, row), ...fax(database, row), ...mails(database, row)];
  const checks = { IV_CHECK_ADDRESS: 'X', IV_TIME_DEPENDENT_COMM_DATA: 'X' };
  return [segment('E1ADRMAS', { OBJ_TYPE: 'KNA1', OBJ_ID: customer, CONTEXT: '0001', ...checks }, children)];
}

function keysOf(database: Database, _table: string, { ADDRNUMBER = '', PERSNUMBER }: TableRow): readonly string[] {
  if (PERSNUMBER !== undefined) return [];
  return database
    .table('KNA1')
    .where(['ADRNR'], [ADDRNUMBER])
    .flatMap(({ KUNNR }) => (KUNNR === undefined ? [] : [KUNNR]));
}

function* allKeys(database: Database): Iterable<string> {
  for (const { KUNNR, ADRNR } of database.table('KNA1').rows())
    if (KUNNR !== undefined && ADRNR !== undefined) yield KUNNR;
}

export const adrmas: MasterMessage = {
  kind: 'master',
  basicType: 'ADRMAS03',
  relevant: { ADRC: '*', ADR2: '*', ADR6: '*' },
  keysOf,
  allKeys,
  build,
};
