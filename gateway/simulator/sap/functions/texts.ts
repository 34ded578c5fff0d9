/** Texts of customizing tables in the logon language. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** The row of a text table in the logon language; English, then German, then any where it is not translated. */
function pickLanguage(rows: readonly TableRow[], language: string): TableRow | undefined {
  for (const wanted of [language, 'E', 'D']) {
    const row = rows.find((it) => it.SPRAS === wanted);
    if (row !== undefined) return row;
  }
  return rows[0];
}

/** Reads `field` of a text table by its key without the language; empty where there is no text. */
export function readText(
  call: FunctionCall,
  table: string,
  key: Readonly<Record<string, string>>,
  field: string,
): string {
  const rows = call.where(table, Object.keys(key), Object.values(key));
  return pickLanguage(rows, call.language)?.[field] ?? '';
}

/** The terms of T052 that hold for a base date: those with the first day limit it does not pass; 00 is no limit. */
export function paymentTermsRow(call: FunctionCall, terms: string, baseDate: string): TableRow | undefined {
  const day = baseDate.slice(6, 8);
  const limit = (row: TableRow): string => (row.ZTAGG === undefined || row.ZTAGG === '00' ? '32' : row.ZTAGG);
  const rows = [...call.where('T052', ['ZTERM'], [terms])].sort((a, b) => (limit(a) < limit(b) ? -1 : 1));
  return rows.find((row) => day <= limit(row)) ?? rows.at(-1);
}

/** Text of payment terms: FI text, sales text, else the days of T052. */
export function paymentTermsText(call: FunctionCall, terms: string): string {
  if (terms === '') return '';
  const text = readText(call, 'T052U', { ZTERM: terms }, 'TEXT1') || readText(call, 'TVZBT', { ZTERM: terms }, 'VTEXT');
  if (text !== '') return text;
  const [row] = call.where('T052', ['ZTERM'], [terms]);
  const days = row?.ZTAG3 ?? row?.ZTAG2 ?? row?.ZTAG1;
  if (row === undefined) return '';
  return call.language === 'D' ? `${days ?? 0} Tage netto` : `${days ?? 0} days net`;
}

/** Text of a risk category in a credit control area. */
export function riskClassText(call: FunctionCall, category: string, creditControlArea: string): string {
  if (category === '') return '';
  for (const table of ['T691B', 'T691T']) {
    const text =
      readText(call, table, { CTLPC: category, KKBER: creditControlArea }, 'RTEXT') ||
      readText(call, table, { CTLPC: category, KKBER: '' }, 'RTEXT');
    if (text !== '') return text;
  }
  return '';
}
