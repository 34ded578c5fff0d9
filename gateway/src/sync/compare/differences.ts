/** What differs between a record of SAP and the one that Salesforce has of it: pure, field by field. */
import { recordPaths } from '../../model/index.ts';
import type { FieldValue, PathType, RecordKey, RecordKind } from '../../model/index.ts';
import { sapValues } from './both-sides.ts';
import type { Pair } from './both-sides.ts';

export interface FieldDifference {
  readonly path: string;
  readonly sap: FieldValue;
  readonly salesforce: FieldValue;
}

/**
 * Why a difference is no drift, or cannot be called one:
 * - `newer`: Salesforce has something that SAP said after the extraction.
 * - `waiting`: something of the record is in the queue.
 * - `unproven`: nothing of SAP ever arrived there; the customer may be younger than the extraction.
 * - `not-extracted`: the file is a selection, has objects that could not be read, or nothing of this kind at all.
 */
export type Apart = 'newer' | 'waiting' | 'unproven' | 'not-extracted';

export interface Difference {
  readonly key: RecordKey;
  readonly what: 'different' | 'missing-in-salesforce' | 'missing-in-sap';
  readonly fields: readonly FieldDifference[];
  readonly recordId: string | undefined;
  readonly apart: Apart | undefined;
}

export interface Extraction {
  readonly createdAt: string;
  /** Whether what is not in the file is not in SAP, by kind. */
  isComplete(kind: RecordKind): boolean;
}

/** Undefined where nothing differs. What waits in the queue is not looked at here. */
export function differenceOf({ sap, org }: Pair, extraction: Extraction): Difference | undefined {
  if (sap !== undefined && org !== undefined) return differentOf(sap, org, extraction);
  if (sap !== undefined) return missingInSalesforce(sap);
  return org === undefined ? undefined : missingInSap(org, extraction);
}

function differentOf(
  { key, changes }: NonNullable<Pair['sap']>,
  org: NonNullable<Pair['org']>,
  { createdAt }: Extraction,
): Difference | undefined {
  const { fields, isRemoved } = sapValues(changes);
  const found: FieldDifference[] = [];
  for (const { path, type } of recordPaths[key.kind]) {
    const [sap, salesforce] = [fields[path], org.fields[path]];
    // What one side says nothing about is not SAP's, not mapped, or not extracted.
    if (sap === undefined || salesforce === undefined || isSame(type, sap, salesforce)) continue;
    found.push({ path, sap, salesforce });
  }
  const removed = org.isRemoved ?? false;
  if (isRemoved !== removed && !found.some(({ path }) => path === 'isRemoved'))
    found.push({ path: 'isRemoved', sap: isRemoved, salesforce: removed });
  if (found.length === 0) return undefined;
  const apart = isNewer(org.asOf, createdAt) ? 'newer' : undefined;
  return { key, what: 'different', fields: found, recordId: org.recordId, apart };
}

/** What SAP has deleted and Salesforce never had is missed by nobody. */
function missingInSalesforce({ key, changes }: NonNullable<Pair['sap']>): Difference | undefined {
  if (sapValues(changes).isRemoved) return undefined;
  return { key, what: 'missing-in-salesforce', fields: [], recordId: undefined, apart: undefined };
}

function missingInSap(
  { key, recordId, asOf, isRemoved }: NonNullable<Pair['org']>,
  extraction: Extraction,
): Difference | undefined {
  if (isRemoved === true) return undefined;
  const apart = ((): Apart | undefined => {
    if (isNewer(asOf, extraction.createdAt)) return 'newer';
    if (!extraction.isComplete(key.kind)) return 'not-extracted';
    return asOf === undefined ? 'unproven' : undefined;
  })();
  return { key, what: 'missing-in-sap', fields: [], recordId, apart };
}

const isNewer = (asOf: string | undefined, createdAt: string): boolean =>
  asOf !== undefined && Date.parse(asOf) > Date.parse(createdAt);

/** Equal as far as Salesforce can keep it: it knows no empty text and no blanks around one. */
export function isSame(type: PathType, one: FieldValue, other: FieldValue): boolean {
  const [a, b] = [plain(one), plain(other)];
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return isNothing(a) && isNothing(b);
  if (type === 'decimal') return plainDecimal(a) === plainDecimal(b);
  return type === 'instant' && Date.parse(a) === Date.parse(b);
}

/** A checkbox has no "not known". */
const isNothing = (value: FieldValue): boolean => value === null || value === false;

function plain(value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const text = value.replaceAll('\r\n', '\n').trim();
  return text === '' ? null : text;
}

/** `007.50` as `7.5`; never through a float. */
function plainDecimal(text: string): string {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}
