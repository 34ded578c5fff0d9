/** A material, from segments or from table rows, as the change of one record. */
import type { RecordChange, RecordFields } from '../../model/index.ts';
import { languageIso } from '../conversion/languages.ts';
import { requiredNumber } from './customer-changes.ts';
import { readRecord } from './field-table.ts';
import { code, flag, material, quantity, text, unit } from './readers.ts';
import type { SapRecord } from './record.ts';
import { changeOf, keyOf } from './translation.ts';
import type { Translation } from './translation.ts';

/** E1MARAM, MARA. */
export const materialFields = [
  ['MATNR', 'number', material],
  ['MTART', 'type', code],
  ['MATKL', 'group', code],
  ['MEINS', 'unit', unit],
  ['EAN11', 'ean', text],
  ['BRGEW', 'grossWeight', quantity],
  ['NTGEW', 'netWeight', quantity],
  ['GEWEI', 'weightUnit', unit],
  ['SPART', 'division', code],
  ['PRDHA', 'hierarchy', code],
  ['MSTAV', 'salesStatus', code],
  ['LVORM', 'isRemoved', flag],
] as const;

/** Records of one material: segments of MATMAS, or rows of the tables with the same fields. */
export interface MaterialRecords {
  /** E1MARAM, MARA. */
  readonly general: SapRecord;
  /** E1MAKTM, MAKT. */
  readonly texts: readonly SapRecord[];
}

/** Longer material numbers are S/4HANA's. */
const longestMaterial = 40;
/** A description in it is understood in most companies. */
const commonLanguage = 'EN';

/** The material itself; texts in the configured language. */
export function materialChanges({ general, texts }: MaterialRecords, translation: Translation): RecordChange[] {
  const number = requiredNumber(general, 'MATNR', 18, longestMaterial);
  const key = keyOf(translation, 'product', number);
  if (general.said('MSGFN') === '003') return [changeOf(translation, key, { number, isRemoved: true })];
  const fields = readRecord(general, materialFields, translation);
  return [changeOf(translation, key, Object.assign(fields, nameOf(texts, translation.rules.language)))];
}

function nameOf(texts: readonly SapRecord[], language: string): RecordFields {
  const there = texts.filter((it) => it.said('MSGFN') !== '003' && it.said('MAKTX') !== undefined);
  const inLanguage = (wanted: string): SapRecord | undefined => there.find((it) => languageOf(it) === wanted);
  const chosen = inLanguage(language.toUpperCase()) ?? inLanguage(commonLanguage) ?? there[0];
  return chosen === undefined ? {} : { name: chosen.said('MAKTX') || null };
}

function languageOf(record: SapRecord): string {
  return record.said('SPRAS_ISO') || languageIso(record.said('SPRAS') ?? '') || '';
}
