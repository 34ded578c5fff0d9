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

/** By table and segment: each is made once, not with every record. */
const made = new WeakMap<object, ReadonlyMap<string, readonly FieldRule[]>>();

/** Rules of fields that stand in one segment without a qualifier. */
export function rulesOf(
  segment: string,
  rules: readonly (readonly [field: string, path: string, reader: Reader])[],
): readonly FieldRule[] {
  const known = made.get(rules)?.get(segment);
  if (known !== undefined) return known;
  const found = rules.map(([field, path, reader]) => ({ segment, field, path, reader }));
  made.set(rules, new Map(made.get(rules)).set(segment, found));
  return found;
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

/** A loop of its own: this is what translating spends most of its time with. */
function firstMeant(records: readonly SapRecord[], rule: FieldRule): SapRecord | undefined {
  for (const record of records) if (isMeant(record, rule)) return record;
  return undefined;
}

function isMeant(record: SapRecord, { segment, where }: FieldRule): boolean {
  return record.name === segment && (where === undefined || record.said(where[0]) === where[1]);
}
