/**
 * An address on its way into Salesforce's block and back. Street and house number are one line there, as the country writes it.
 * States are codes of ISO 3166-2 where the org has picklists of states; in an org without, the field keeps SAP's own region,
 * because that is what goes back to SAP when a person changes the Account.
 */
import { joinStreet, sapRegionOf, splitStreet, stateCodeOf } from '../../postal-address/index.ts';
import type { FieldValue, RecordFields } from '../../model/index.ts';
import type { Column, Target } from './targets.ts';

const streetPath = 'address.street';
const houseNumberPath = 'address.houseNumber';
const regionPath = 'address.region';
const countryPath = 'address.country';

/** The street's field takes the house number too, unless the mapping has another field for it. */
function isJoined({ columns }: Target, street: Column): boolean {
  if (street.path.path !== streetPath) return false;
  const numbers = columns.filter(({ path }) => path.path === houseNumberPath);
  return numbers.length === 0 || numbers.some(({ field }) => field.name === street.field.name);
}

/** The field beside `BillingState` in orgs with picklists of states. */
export const isStateCode = ({ path, field }: Column): boolean => path.path === regionPath && /code$/i.test(field.name);

/** What goes into the column's field; undefined where nothing was said, or another column says it. */
export function toOrgValue(fields: RecordFields, column: Column, target: Target): FieldValue | undefined {
  if (isJoined(target, column)) return lineOf(fields);
  const value = fields[column.path.path];
  if (column.path.path === houseNumberPath && isPartOfLine(column, target)) return undefined;
  return isStateCode(column) && typeof value === 'string' ? stateCodeOf(value, textOf(fields[countryPath])) : value;
}

const isPartOfLine = (column: Column, target: Target): boolean =>
  target.columns.some((other) => other.field.name === column.field.name && isJoined(target, other));

function lineOf(fields: RecordFields): FieldValue | undefined {
  if (fields[streetPath] === undefined) return undefined;
  const parts = { street: textOf(fields[streetPath]), houseNumber: textOf(fields[houseNumberPath]) };
  const line = joinStreet(parts, textOf(fields[countryPath]));
  return line === '' ? null : line;
}

/** Without the country neither a line nor a state can be taken apart. */
export function countryColumn({ columns }: Target): Column | undefined {
  const needsIt = columns.some(({ path, owner }) => owner === 'SAP' && [streetPath, regionPath].includes(path.path));
  return needsIt ? columns.find(({ path }) => path.path === countryPath) : undefined;
}

/** The same values in SAP's parts. */
export function fromOrgValues(fields: RecordFields, columns: readonly Column[], target: Target): RecordFields {
  const country = textOf(fields[countryPath]);
  const region = fields[regionPath];
  const hasCode = columns.some(isStateCode) && typeof region === 'string';
  const withRegion = hasCode ? { ...fields, [regionPath]: sapRegionOf(region, country) } : fields;
  const street = columns.find(({ path }) => path.path === streetPath);
  if (street === undefined || !isJoined(target, street)) return withRegion;
  const parts = splitStreet(textOf(fields[streetPath]), country);
  return { ...withRegion, [streetPath]: orNull(parts.street), [houseNumberPath]: orNull(parts.houseNumber) };
}

const textOf = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '');
const orNull = (text: string): string | null => (text === '' ? null : text);
