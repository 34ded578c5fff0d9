/** Street and house number, which SAP keeps apart and Salesforce in one line, the way the country writes it. */
import type { FieldValue, RecordFields } from '../../model/index.ts';
import type { Column, Target } from './targets.ts';

export const streetPath = 'address.street';
export const houseNumberPath = 'address.houseNumber';

/** The street's field takes the house number too, unless the mapping has another field for it. */
export function isJoined({ columns }: Target, street: Column): boolean {
  if (street.path.path !== streetPath) return false;
  const numbers = columns.filter(({ path }) => path.path === houseNumberPath);
  return numbers.length === 0 || numbers.some(({ field }) => field.name === street.field.name);
}

/** The line of the street's field; undefined where the street was not said. */
export function streetLineOf(fields: RecordFields): FieldValue | undefined {
  const street = fields[streetPath];
  if (street === undefined) return undefined;
  const [name, number] = [textOf(street), textOf(fields[houseNumberPath])];
  const line = [name, number].filter((part) => part !== '').join(' ');
  return line === '' ? null : line;
}

const textOf = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '');
