/** Which types of fields can take which types of paths without a guess. */
import type { PathType } from '../../model/index.ts';
import type { FieldDescribe } from './object-describe.ts';

const texts = ['string', 'textarea', 'phone', 'email', 'url', 'picklist', 'combobox', 'encryptedstring'];

const takers: Readonly<Record<PathType, ReadonlySet<string>>> = {
  text: new Set(texts),
  code: new Set(texts),
  decimal: new Set(['double', 'currency', 'percent', 'int', 'long', 'string']),
  date: new Set(['date', 'string']),
  instant: new Set(['datetime', 'string']),
  boolean: new Set(['boolean']),
  // A text takes the record's id, without its system.
  reference: new Set(['reference', 'string']),
};

/** Why a field cannot take a path; undefined where it can. */
export function misfit(type: PathType, field: FieldDescribe): string | undefined {
  if (takers[type].has(field.type)) return undefined;
  return `a field of type ${field.type} cannot take a ${type}`;
}

const numbers = new Set(['double', 'currency', 'percent', 'int', 'long']);

/** Its value is a number in JSON. */
export const isNumeric = ({ type }: FieldDescribe): boolean => numbers.has(type);
