/** Amounts: CURR fields keep two decimals whatever the currency, BAPIs speak in real units. */
import { parseDecimal } from './decimal.ts';
import type { Database } from './database.ts';
import type { TableRow } from './table.ts';

/** A CURR field in hundredths, as stored. */
export function stored(row: TableRow, field: string): bigint {
  return parseDecimal(row[field], 2);
}

/** Decimals of a currency by TCURX; two unless listed. */
export function decimalsOf(database: Database, currency: string): number {
  const row = database.table('TCURX').get({ CURRKEY: currency });
  return row === undefined ? 2 : Number(row.CURRDEC ?? '0');
}

/** From stored hundredths to real units in ten-thousandths: JPY 10.00 is 1000, KWD 10000.00 is 1000.000. */
export function toReal(database: Database, hundredths: bigint, currency: string): bigint {
  const decimals = decimalsOf(database, currency);
  return decimals <= 4 ? hundredths * 10n ** BigInt(4 - decimals) : hundredths / 10n ** BigInt(decimals - 4);
}

/** The largest amount a CURR field of 15 digits holds, in hundredths. */
export const maxStored = 10n ** 15n - 1n;

/** From real units in ten-thousandths to stored hundredths; undefined where the currency is not that fine. */
export function toStored(database: Database, tenThousandths: bigint, currency: string): bigint | undefined {
  const decimals = decimalsOf(database, currency);
  if (decimals > 4) return tenThousandths * 10n ** BigInt(decimals - 4);
  const divisor = 10n ** BigInt(4 - decimals);
  return tenThousandths % divisor === 0n ? tenThousandths / divisor : undefined;
}
