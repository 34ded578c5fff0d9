/** ABAP types as SAP's dictionary gives them, in one form for parameters (RFC_FUNINT) and fields (DFIES). */
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import type { ScalarType } from '../functions/signature.ts';

/** One elementary type; `letter` is SAP's own (`C`, `P`, `g`, `s` ...), lengths are characters or digits. */
export interface FoundType {
  readonly letter: string;
  readonly length: number;
  readonly decimals: number;
}

/** Letters of structures and tables; a structure parameter may have none at all. */
const composite: ReadonlySet<string> = new Set(['', 'u', 'v', 'h']);

/** The type of a parameter; undefined for a structure or table. */
export function typeOfParameter(row: AbapStructure): FoundType | undefined {
  const letter = text(row, 'EXID');
  if (composite.has(letter)) return undefined;
  const bytes = Number(text(row, 'INTLENGTH'));
  // A packed number has two digits a byte, one of them the sign.
  return { letter, length: letter === 'P' ? bytes * 2 - 1 : bytes, decimals: Number(text(row, 'DECIMALS')) };
}

/** The type of a field; undefined for a nested structure or table. */
export function typeOfField(row: AbapStructure): FoundType | undefined {
  const letter = text(row, 'INTTYPE');
  if (composite.has(letter)) return undefined;
  return { letter, length: Number(text(row, 'LENG')), decimals: Number(text(row, 'DECIMALS')) };
}

/** Types of any length, which take and give every value of the expected one in the same form. */
const unlimited: Readonly<Record<string, string>> = { C: 'g', S: 'g', X: 'y' };
/** Bytes of SAP's integers by their letters. */
const integerBytes: Readonly<Record<string, number>> = { b: 1, s: 2, I: 4, 8: 8 };
/** Kinds that come in several lengths; the others have one. */
const sized: ReadonlySet<string> = new Set(['C', 'N', 'P', 'X']);

/** True when values of the expected type fit and mean the same; longer is fine. */
export function fits({ abap, length, decimals }: ScalarType, found: FoundType): boolean {
  if (unlimited[abap] === found.letter) return true;
  if (abap === 'I') return (integerBytes[found.letter] ?? 0) >= length;
  if (found.letter !== abap) return false;
  if (abap === 'P' && found.decimals !== decimals) return false;
  return !sized.has(abap) || found.length >= length;
}

const names: Readonly<Record<string, (length: number, decimals: number) => string>> = {
  C: (length) => counted(length, 'character'),
  N: (length) => counted(length, 'digit'),
  X: (length) => counted(length, 'byte'),
  P: (length, decimals) => `a packed number of ${counted(length, 'digit')}, ${decimals} of them decimals`,
  D: () => 'a date',
  T: () => 'a time',
  I: () => 'an integer',
  b: () => 'an integer of one byte',
  s: () => 'an integer of two bytes',
  8: () => 'an integer of eight bytes',
  F: () => 'a floating point number',
  a: () => 'a decimal floating point number',
  e: () => 'a decimal floating point number',
  g: () => 'a text of any length',
  S: () => 'a text of any length',
  y: () => 'bytes of any length',
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** In words, for a sentence. */
export function inWords({ letter, length, decimals }: FoundType): string {
  return names[letter]?.(length, decimals) ?? `type ${letter}`;
}

/** What the code expects, in the same words. */
export function expectedInWords({ abap, length, decimals }: ScalarType): string {
  const integer = Object.entries(integerBytes).find(([, bytes]) => bytes === length)?.[0];
  return inWords({ letter: abap === 'I' ? (integer ?? abap) : abap, length, decimals });
}
