/** The fields of a record that are not blank, found fast: most of most records is blank. */
import { endianness } from 'node:os';
import { GatewayError } from '../../errors/index.ts';
import { checkCode } from './decoding.ts';
import { blank, detached } from './raw-text.ts';

/** Where a field stands in its record or segment. */
export interface FieldPlace<Name extends string = string> {
  readonly name: Name;
  readonly start: number;
  readonly end: number;
}

/** Fields one after the other. */
export interface FieldPlaces<Name extends string = string> {
  /** Characters that they take together. */
  readonly length: number;
  readonly fields: readonly FieldPlace<Name>[];
  /** For each character, the place of its field in `fields`. */
  readonly places: Uint16Array;
}

/** The places of fields with these lengths. */
export function placesOf<Name extends string>(lengths: readonly (readonly [Name, number])[]): FieldPlaces<Name> {
  let end = 0;
  const fields = lengths.map(([name, length]) => {
    const start = end;
    end += length;
    return { name, start, end };
  });
  const places = fields.flatMap((field, place) => Array<number>(field.end - field.start).fill(place));
  return { length: end, fields, places: Uint16Array.from(places) };
}

/** A data record has 1,063 characters. */
const mostCharacters = 2048;
const bytes = Buffer.alloc(mostCharacters * 2);
/** Characters as numbers: looking at each of them here takes a quarter of the time that it takes in a text. */
const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, mostCharacters);
const isBigEndian = endianness() === 'BE';

/** What counts the fields of a record, and refuses one that is too much. */
export interface FieldCount {
  chargeField(characters: number): void;
}

/**
 * Sets in `into` each field of the characters between `start` and `end` that is not blank, without the blanks behind it. The end
 * may be anywhere, because trailing blanks may have been cut. Nothing is called back: a record has too many fields for that.
 */
export function sliceFilled<Name extends string>(
  { fields, places }: FieldPlaces<Name>,
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
  into: Partial<Record<Name, string>>,
  count?: FieldCount,
): void {
  const length = fillCodes(text.slice(start, end));
  for (let at = nextFilled(0, length); at < length;) {
    const field = fields[places[at] ?? fields.length];
    if (field === undefined) return;
    const to = checkedEnd(at, Math.min(field.end, length));
    count?.chargeField(to - field.start);
    into[field.name] = detached(text.slice(start + field.start, start + to));
    at = nextFilled(field.end, length);
  }
}

function fillCodes(text: string): number {
  if (text.length > mostCharacters)
    throw new GatewayError('INTERNAL', { reason: 'a record is longer than records are' });
  const written = bytes.write(text, 'utf16le');
  if (isBigEndian) bytes.subarray(0, written).swap16();
  return text.length;
}

/** From one that is filled to the next in one go: most characters of most records are blank. */
function nextFilled(from: number, length: number): number {
  let at = from;
  while (at < length && codes[at] === blank) at += 1;
  return at;
}

/** Where the blanks begin that end a field, whose first character that is none stands at `from`. */
function checkedEnd(from: number, end: number): number {
  let last = end;
  while (codes[last - 1] === blank) last -= 1;
  for (let at = from; at < last; at += 1) checkCode(codes[at] ?? 0);
  return last;
}
