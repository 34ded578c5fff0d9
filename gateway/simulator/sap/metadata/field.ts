/** What the ABAP dictionary says of one field, read from the short notation of the metadata files. */

/** Thrown with what is wrong with a line of the notation. */
export class NotationError extends Error {}

/** ABAP type letters as RFC_FUNINT and DFIES give them: b, s, 8 are integers of 1, 2 and 8 bytes, g and y strings. */
export type AbapType = 'C' | 'N' | 'D' | 'T' | 'P' | 'I' | 'F' | 'X' | 'b' | 's' | '8' | 'g' | 'y';

export interface Field {
  readonly name: string;
  readonly ddicType: string;
  readonly abapType: AbapType;
  /** Characters or digits; 0 for strings, which have no limit. */
  readonly length: number;
  readonly decimals: number;
  /** Bytes in a Unicode system. */
  readonly internalLength: number;
  readonly isKey: boolean;
  readonly dataElement: string;
  /** Numeric values are kept with leading zeros (conversion exit ALPHA). */
  readonly isAlpha: boolean;
  readonly initial: string;
}

const abapTypes: Readonly<Record<string, AbapType>> = {
  CHAR: 'C',
  CLNT: 'C',
  LANG: 'C',
  CUKY: 'C',
  UNIT: 'C',
  NUMC: 'N',
  DATS: 'D',
  TIMS: 'T',
  CURR: 'P',
  QUAN: 'P',
  DEC: 'P',
  INT1: 'b',
  INT2: 's',
  INT4: 'I',
  INT8: '8',
  FLTP: 'F',
  RAW: 'X',
  STRG: 'g',
  RSTR: 'y',
};
const fixedLengths: Readonly<Record<string, number>> = {
  ...{ CLNT: 3, LANG: 1, DATS: 8, TIMS: 6, FLTP: 16 },
  ...{ INT1: 3, INT2: 5, INT4: 10, INT8: 19, STRG: 0, RSTR: 0 },
};
/** Bytes of the types whose length does not follow from their digits; a string is a reference of eight. */
const fixedBytes: Partial<Record<AbapType, number>> = { b: 1, s: 2, I: 4, '8': 8, F: 8, g: 8, y: 8 };

/** Fields of the customer, credit account and document keys; SAP keeps them padded wherever they occur. */
const alphaNames = new Set(
  (
    'KUNNR KNKLI KUNN2 KUNRG KUNAG KNRZE KNRZB VBELN VBELV VGBEL AUBEL BELNR AUGBL SFAKN AKONT ADRNR ADDRNUMBER ' +
    'LIFNR REBZG CUSTOMER CUSTOMERNO SOLD_TO'
  ).split(' '),
);

function initialValue(abapType: AbapType, length: number, decimals: number): string {
  if (abapType === 'P') return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
  if (abapType === 'N' || abapType === 'D' || abapType === 'T') return '0'.repeat(length);
  if (abapType === 'X') return '00'.repeat(length);
  return 'IFbs8'.includes(abapType) ? '0' : '';
}

function bytes(abapType: AbapType, length: number): number {
  if (abapType === 'P') return Math.floor(length / 2) + 1;
  return fixedBytes[abapType] ?? (abapType === 'X' ? length : length * 2);
}

/** Names of the notation that are not the dictionary's own. */
const longNames: Readonly<Record<string, string>> = { STRING: 'STRG', XSTRING: 'RSTR' };

/** Whether a type is an elementary one, such as `CHAR10`. */
export function isElementary(type: string): boolean {
  return /^(?:(?:CHAR|NUMC|CUKY|UNIT|CURR|QUAN|DEC|RAW)\d+(?:\.\d+)?|CLNT|LANG|DATS|TIMS|INT[1248]|FLTP|X?STRING)$/.test(
    type,
  );
}

/** Reads a type such as `CHAR10`, `DEC23.4` or `DATS` for a field of this name. */
export function readType(name: string, type: string, dataElement = '', isKey = false): Field {
  const parts = /^(INT\d|[A-Z]+?)(\d+)?(?:\.(\d+))?$/.exec(type);
  const ddicType = longNames[parts?.[1] ?? ''] ?? parts?.[1] ?? '';
  const abapType = abapTypes[ddicType];
  if (abapType === undefined) throw new NotationError(`${name} has the unknown type ${type}`);
  const length = fixedLengths[ddicType] ?? Number(parts?.[2] ?? 0);
  const decimals = Number(parts?.[3] ?? 0);
  return {
    name,
    ddicType,
    abapType,
    length,
    decimals,
    isKey,
    dataElement,
    internalLength: bytes(abapType, length),
    isAlpha: abapType === 'C' && ((length === 10 && alphaNames.has(name)) || (length === 18 && name === 'MATNR')),
    initial: initialValue(abapType, length, decimals),
  };
}

/** Reads a line such as `*KUNNR CHAR10` (key) or `CRED_LIMIT DEC23.4 KLIMK` (with its data element). */
export function readField(line: string): Field {
  const [name = '', type = '', dataElement = ''] = line.split(' ');
  const isKey = name.startsWith('*');
  return readType(isKey ? name.slice(1) : name, type, dataElement, isKey);
}

/** Adds leading zeros where SAP's conversion exits ALPHA and MATN1 would. */
export function alphaInput(value: string, length: number): string {
  return /^\d+$/.test(value) ? value.padStart(length, '0') : value;
}
