/** What the ABAP dictionary says of one field, read from the short notation of the metadata files. */

/** ABAP type letters as RFC_FUNINT and DFIES give them. */
export type AbapType = 'C' | 'N' | 'D' | 'T' | 'P' | 'I' | 'F' | 'X';

export interface Field {
  readonly name: string;
  readonly ddicType: string;
  readonly abapType: AbapType;
  /** Characters or digits. */
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
  INT4: 'I',
  FLTP: 'F',
  RAW: 'X',
};
const fixedLengths: Readonly<Record<string, number>> = { CLNT: 3, LANG: 1, DATS: 8, TIMS: 6, INT4: 10, FLTP: 16 };

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
  return abapType === 'I' || abapType === 'F' ? '0' : '';
}

function bytes(abapType: AbapType, length: number): number {
  if (abapType === 'P') return Math.floor(length / 2) + 1;
  if (abapType === 'I') return 4;
  if (abapType === 'F') return 8;
  return abapType === 'X' ? length : length * 2;
}

/** Reads a type such as `CHAR10`, `DEC23.4` or `DATS` for a field of this name. */
export function readType(name: string, type: string, dataElement = '', isKey = false): Field {
  const parts = /^([A-Z]+?)(\d+)?(?:\.(\d+))?$/.exec(type === 'INT4' ? 'INT' : type);
  const ddicType = type === 'INT4' ? 'INT4' : (parts?.[1] ?? '');
  const abapType = abapTypes[ddicType];
  if (abapType === undefined) throw new Error(`metadata: ${name} has the unknown type ${type}`);
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
