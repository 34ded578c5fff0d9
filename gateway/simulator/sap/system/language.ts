/** Logon languages: ISO code outside, SAP's one-letter code inside. */

const sapCodes: Readonly<Record<string, string>> = {
  AR: 'A',
  ZH: '1',
  CS: 'C',
  DA: 'K',
  NL: 'N',
  EN: 'E',
  FI: 'U',
  FR: 'F',
  DE: 'D',
  EL: 'G',
  HE: 'B',
  HU: 'H',
  IT: 'I',
  JA: 'J',
  KO: '3',
  NO: 'O',
  PL: 'L',
  PT: 'P',
  RO: '4',
  RU: 'R',
  ES: 'S',
  SV: 'V',
  TR: 'T',
  UK: '8',
  HR: '6',
  SK: 'Q',
  SL: '5',
  BG: 'W',
  ET: '9',
  LV: 'Y',
  LT: 'X',
};
const isoCodes = new Map(Object.entries(sapCodes).map(([iso, sap]) => [sap, iso]));

/** `DE` or `D` to `D`; undefined for what SAP does not know. */
export function toSapLanguage(code: string): string | undefined {
  const upper = code.toUpperCase();
  if (upper.length === 1) return isoCodes.has(upper) ? upper : undefined;
  return sapCodes[upper];
}

/** `D` to `DE`; empty for what SAP does not know. */
export function toIsoLanguage(code: string): string {
  return isoCodes.get(code) ?? '';
}
