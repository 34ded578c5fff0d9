/** Languages: SAP's one-character key (`D`, `E`, `1`) and the ISO 639 code. */

const isoByKey: Readonly<Record<string, string>> = {
  A: 'AR',
  B: 'HE',
  C: 'CS',
  D: 'DE',
  E: 'EN',
  F: 'FR',
  G: 'EL',
  H: 'HU',
  I: 'IT',
  J: 'JA',
  K: 'DA',
  L: 'PL',
  M: 'ZF',
  N: 'NL',
  O: 'NO',
  P: 'PT',
  Q: 'SK',
  R: 'RU',
  S: 'ES',
  T: 'TR',
  U: 'FI',
  V: 'SV',
  W: 'BG',
  X: 'LT',
  Y: 'LV',
  '0': 'SR',
  '1': 'ZH',
  '2': 'TH',
  '3': 'KO',
  '4': 'RO',
  '5': 'SL',
  '6': 'HR',
  '7': 'MS',
  '8': 'UK',
  '9': 'ET',
};
const keyByIso = new Map(Object.entries(isoByKey).map(([key, iso]) => [iso, key]));

/** Undefined for a key this table does not know. */
export function languageIso(key: string): string | undefined {
  return Object.hasOwn(isoByKey, key) ? isoByKey[key] : undefined;
}

/** Undefined for a language this table does not know; ask SAP with the ISO twin field then. */
export function languageKey(iso: string): string | undefined {
  return keyByIso.get(iso.toUpperCase());
}
