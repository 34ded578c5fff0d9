/** One value as SAP keeps it, from the rows with which SAP describes parameters and fields. */
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';

/** The kinds of values that can be passed; others are left out with a reason. */
export type SapKind = 'C' | 'N' | 'X' | 'D' | 'T' | 'P' | 'I' | 'F' | 'S';

export interface SapField {
  readonly name: string;
  readonly abap: SapKind;
  /** Characters, digits, or bytes of a raw field; 0 is unlimited. */
  readonly length: number;
  readonly decimals: number;
  /** Type of the dictionary, e.g. `CURR`; the letter of the ABAP type where there is no other. */
  readonly dataType: string;
  readonly conversionExit: string;
  readonly text: string;
}

const inWords: Readonly<Record<string, string>> = {
  u: 'a structure inside',
  v: 'a structure inside',
  h: 'a table inside',
  r: 'a reference',
  l: 'a reference',
  a: 'a decimal float',
  e: 'a decimal float',
};

/** Why something cannot be passed. */
export const reasonFor = (letter: string): string => {
  const words = inWords[letter];
  return words === undefined ? `the ABAP type ${letter}` : `${words} (ABAP type ${letter})`;
};

/** A row of the dictionary; undefined for what cannot be passed. */
export function dictionaryField(row: AbapStructure): SapField | undefined {
  const length = Number(text(row, 'LENG'));
  const sizes = { length, digits: length, decimals: Number(text(row, 'DECIMALS')) };
  const dataType = text(row, 'DATATYPE');
  // The dictionary's own tables call whole numbers bytes; the data type is the same everywhere.
  const letter = integerLetters[dataType] ?? text(row, 'INTTYPE');
  const field = fieldOf(text(row, 'FIELDNAME'), letter, sizes);
  if (field === undefined) return undefined;
  return {
    ...field,
    dataType: dataType || field.dataType,
    conversionExit: text(row, 'CONVEXIT'),
    text: text(row, 'FIELDTEXT'),
  };
}

const integerLetters: Readonly<Record<string, string>> = { INT1: 'b', INT2: 's', INT4: 'I', INT8: '8' };

/** As SAP counts them. */
export interface Sizes {
  readonly length: number;
  readonly digits: number;
  readonly decimals: number;
}

/** INT1 and INT2 are whole numbers as well, of fewer digits. */
const digitsOf: Readonly<Record<string, number>> = { b: 3, s: 5, I: 10, '8': 19 };

/** Undefined for nested types, references and types that the drivers do not carry. */
export function fieldOf(name: string, letter: string, sizes: Sizes): SapField | undefined {
  const base = { name, dataType: letter, conversionExit: '', text: '', decimals: 0 };
  switch (letter) {
    case 'C':
    case 'N':
    case 'X':
      return { ...base, abap: letter, length: sizes.length };
    case 'D':
      return { ...base, abap: 'D', length: 8 };
    case 'T':
      return { ...base, abap: 'T', length: 6 };
    case 'P':
      return { ...base, abap: 'P', length: sizes.digits, decimals: sizes.decimals };
    case 'F':
      return { ...base, abap: 'F', length: 0 };
    case 'g':
      return { ...base, abap: 'S', length: 0 };
    case 'y':
      return { ...base, abap: 'X', length: 0 };
    case 'I':
    case 'b':
    case 's':
    case '8':
      return { ...base, abap: 'I', length: digitsOf[letter] ?? 10 };
    default:
      return undefined;
  }
}
