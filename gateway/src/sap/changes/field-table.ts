/** Which field of which segment becomes which path: tables, read by one function, and shown in the documentation. */
import type { FieldValue } from '../../model/index.ts';
import type { SapRecord } from './record.ts';
import type { Reader, Scope } from './readers.ts';

export interface FieldRule {
  /** Segment or table it stands in. */
  readonly segment: string;
  /** Only in a segment whose field has this value: `['QUALF', '002']`. */
  readonly where?: readonly [field: string, value: string];
  readonly field: string;
  readonly path: string;
  readonly reader: Reader;
}

/** Fields of one record by what becomes of them. */
export type FieldTable = readonly (readonly [field: string, path: string, reader: Reader])[];

/** Rules of fields that stand in one segment without a qualifier. */
export function rulesOf(segment: string, table: FieldTable): readonly FieldRule[] {
  return table.map(([field, path, reader]) => ({ segment, field, path, reader }));
}

/** Rules of segments that a qualifier tells apart. */
export function qualifiedRules(
  segment: string,
  qualifier: string,
  rules: readonly (readonly [value: string, field: string, path: string, reader: Reader])[],
): readonly FieldRule[] {
  return rules.map(([value, field, path, reader]) => ({ segment, where: [qualifier, value], field, path, reader }));
}

/**
 * Where several rules fill a path, the first that finds something wins; null where one finds that there is nothing. What is read
 * is added to `fields`, whose values win.
 */
export function readFields(
  records: readonly SapRecord[],
  rules: readonly FieldRule[],
  scope: Scope,
  fields: Record<string, FieldValue> = {},
): Record<string, FieldValue> {
  for (const rule of rules) {
    if ((fields[rule.path] ?? null) !== null) continue;
    const record = firstMeant(records, rule);
    const value = record === undefined ? undefined : rule.reader.read(record, rule.field, scope);
    if (value !== undefined) fields[rule.path] = value;
  }
  return fields;
}

/** The same for one record that is known to be meant: most of what a customer has is read by this. */
export function readRecord(
  record: SapRecord,
  table: FieldTable,
  scope: Scope,
  fields: Record<string, FieldValue> = {},
): Record<string, FieldValue> {
  for (const [field, path, reader] of table) {
    if ((fields[path] ?? null) !== null) continue;
    const value = reader.read(record, field, scope);
    if (value !== undefined) fields[path] = value;
  }
  return fields;
}

/** A loop of its own: this is what translating spends most of its time with. */
function firstMeant(records: readonly SapRecord[], rule: FieldRule): SapRecord | undefined {
  for (const record of records) if (isMeant(record, rule)) return record;
  return undefined;
}

function isMeant(record: SapRecord, { segment, where }: FieldRule): boolean {
  return record.name === segment && (where === undefined || record.said(where[0]) === where[1]);
}
