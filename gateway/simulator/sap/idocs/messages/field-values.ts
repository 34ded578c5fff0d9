/** How values of tables look in segments: everything is text, and each kind has its own habit. */
import { toIsoLanguage } from '../../system/language.ts';
import { stored, toReal } from '../../tables/currency.ts';
import { decimalsOf } from '../../tables/currency.ts';
import type { Database } from '../../tables/database.ts';
import { formatDecimal } from '../../tables/decimal.ts';
import type { TableRow } from '../../tables/table.ts';
import type { Field } from '../../metadata/field.ts';
import type { FieldValues } from '../segment.ts';
import { layoutOf } from '../segment-layouts.ts';

/** SAP writes the sign behind the number. */
function signBehind(number: string): string {
  return number.startsWith('-') ? `${number.slice(1)}-` : number;
}

/** ISO code of a unit; the internal one where T006 has none. */
export function isoUnit(database: Database, unit: string | undefined): string {
  return database.table('T006').get({ MSEHI: unit })?.ISOCODE ?? unit ?? '';
}

/** ISO code of a language key. */
export function isoLanguage(language: string | undefined): string {
  return toIsoLanguage(language ?? '');
}

function masterValue(database: Database, field: Field, value: string | undefined, length: number): string {
  if (field.abapType === 'P') return signBehind(value ?? field.initial).padStart(length);
  if (field.ddicType === 'UNIT') return isoUnit(database, value);
  return value ?? field.initial;
}

/**
 * MOVE-CORRESPONDING of a row into a segment of master data. Amounts keep SAP's two stored decimals whatever the currency,
 * numbers stand on the right, dates that are none are zeros.
 */
export function moveRow(database: Database, table: string, row: TableRow, segmentType: string): FieldValues {
  const values: Record<string, string> = {};
  const { byName } = database.table(table).structure;
  for (const { name, length } of layoutOf(segmentType).fields) {
    const field = byName.get(name);
    if (field !== undefined) values[name] = masterValue(database, field, row[name], length);
  }
  return values;
}

/** An amount of a document, with the decimals of its currency: 1000 yen, 1000.000 dinars. */
export function amount(database: Database, row: TableRow, field: string, currency: string): string {
  const real = toReal(database, stored(row, field), currency);
  return signBehind(formatDecimal(real, 4, decimalsOf(database, currency)));
}

/** A quantity of a document with three decimals. */
export function quantity(value: string | undefined): string {
  return signBehind(value ?? '0.000');
}

/** A date of a document; blank when there is none. */
export function dateOf(value: string | undefined): string {
  return value === undefined || value === '00000000' ? '' : value;
}
