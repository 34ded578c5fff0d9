/**
 * One line of a street, and the same in parts. It is split only where it is certain: joining the parts always gives exactly the same
 * line again, and a line that could be read in two ways is street as a whole.
 */
import { beginsOtherwise, endsOtherwise, numberPlaceOf } from './countries.ts';

export interface StreetParts {
  readonly street: string;
  /** Empty where there is none, or where it is not certain which part of the line it is. */
  readonly houseNumber: string;
}

/** SAP's field for it. */
const longestNumber = 10;
/** `12`, `12a`, `12-14`, `12/3`, `5/3/12`. */
const number = String.raw`\d{1,5}[A-Za-z]?(?:[-/]\d{1,5}[A-Za-z]?){0,3}`;
/** Some letters stand apart from their number: `12 a`, `45 bis`. */
const apart: ReadonlyMap<string, string> = new Map([
  ['DE', '[a-z]'],
  ['AT', '[a-z]'],
  ['DK', '[A-Z]'],
  ['FR', 'bis|ter|quater'],
  ['BE', '[a-z]'],
]);

/** `Hafenstraße 12` (DE), `12 Harbour Street` (GB), `Calle del Puerto, 12` (ES). */
export function splitStreet(line: string, country: string): StreetParts {
  const parts = candidate(line, country);
  const isCertain =
    parts !== undefined && parts.houseNumber.length <= longestNumber && joinStreet(parts, country) === line;
  return isCertain ? parts : { street: line, houseNumber: '' };
}

/** The line as the country writes it; where nothing is known of the country, the number stands behind the street. */
export function joinStreet({ street, houseNumber }: StreetParts, country: string): string {
  if (street === '' || houseNumber === '') return street + houseNumber;
  const place = numberPlaceOf(country);
  if (place === 'before') return `${houseNumber} ${street}`;
  return place === 'comma' ? `${street}, ${houseNumber}` : `${street} ${houseNumber}`;
}

function candidate(line: string, country: string): StreetParts | undefined {
  const place = numberPlaceOf(country);
  // What is told in two lines has more than a street in it.
  if (place === undefined || !/^\S(?:.*\S)?$/.test(line) || /\s{2}|[\t]/.test(line)) return undefined;
  return place === 'before' ? numberFirst(line, country) : numberLast(line, country, place === 'comma' ? ', ' : ' ');
}

function numberLast(line: string, country: string, border: string): StreetParts | undefined {
  const [, street = '', houseNumber = ''] = patternOf('last', country, border).exec(line) ?? [];
  // Another number in it (`Straße des 17. Juni`, `C 4`) may be the one that is meant.
  if (!/\p{L}{2}/u.test(street) || /[\d,;]/.test(street) || endsOtherwise(street)) return undefined;
  return { street, houseNumber };
}

function numberFirst(line: string, country: string): StreetParts | undefined {
  const [, houseNumber = '', street = ''] = patternOf('first', country, ' ').exec(line) ?? [];
  // `12 1/2 Main Street`, `3 - 5 Quay`, `1 er étage`: the number goes on.
  if (!/^(?:\p{L}{3}|\d{1,3}(?:st|nd|rd|th) \p{L}|\p{L}{1,2}\.? \p{L}{3})/u.test(street)) return undefined;
  if (beginsOtherwise(street)) return undefined;
  return { street, houseNumber };
}

const patterns = new Map<string, RegExp>();

/** Compiled once per place and letters, which are few; what SAP names as a country may be anything. */
function patternOf(end: 'first' | 'last', country: string, border: string): RegExp {
  const letters = apart.get(country);
  const key = [end, border, letters].join('\t');
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const whole = letters === undefined ? number : `${number}(?: (?:${letters}))?`;
  const pattern = end === 'last' ? new RegExp(`^(.+?)${border}(${whole})$`) : new RegExp(`^(${whole})${border}(.+)$`);
  patterns.set(key, pattern);
  return pattern;
}
