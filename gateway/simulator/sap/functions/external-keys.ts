/** Keys that people see in their language, and the internal ones behind them: order types and partner functions. */

/** External keys in English; in German the internal key is what people see. */
const documentTypes: Readonly<Record<string, string>> = { OR: 'TA', QT: 'AG', IN: 'AF', RE: 'RE', CR: 'G2', DR: 'L2' };
const partnerFunctions: Readonly<Record<string, string>> = {
  ...{ SP: 'AG', SH: 'WE', BP: 'RE', PY: 'RG', CP: 'AP', FA: 'SP', SE: 'VE' },
};

function toInternal(keys: Readonly<Record<string, string>>, key: string, language: string): string {
  return language === 'E' ? (keys[key] ?? key) : key;
}

/** The order type that a caller means; without CONVERT it is the internal key already. */
export function internalDocumentType(key: string, language: string, isExternal: boolean): string {
  return isExternal ? toInternal(documentTypes, key, language) : key;
}

/** The partner function that a caller means; `SP` is the forwarding agent unless it is converted. */
export function internalPartnerFunction(key: string, language: string, isExternal: boolean): string {
  return isExternal ? toInternal(partnerFunctions, key, language) : key;
}
