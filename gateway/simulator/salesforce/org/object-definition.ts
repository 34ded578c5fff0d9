/** What an org knows about one object: its fields, with the limits every write is checked against. */

/** One field, as its metadata file says. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  /** The metadata type: Text, Number, Checkbox, Lookup, ... */
  readonly type: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isCaseSensitive: boolean;
  readonly isExternalId: boolean;
  /** Allowed values; null where any text is taken. */
  readonly picklist: readonly string[] | null;
  /** What people read in place of a value, where the metadata says so. */
  readonly picklistLabels: ReadonlyMap<string, string>;
  readonly referenceTo: string | null;
  readonly defaultValue: string | null;
  /** Set by the org itself: audit fields, auto numbers, formulas. */
  readonly isReadOnly: boolean;
  /** Set once and never changed: the parent of a detail that may not get another one. */
  readonly isFixed: boolean;
  /** The format of an auto number, e.g. `R-{00000}`. */
  readonly displayFormat: string | null;
}

/** One object. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  /** The first three characters of its record ids. */
  readonly keyPrefix: string;
  /** By lower-case name, because Salesforce's names ignore case. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
}

/** A field with everything left out at its usual value. */
export function field(name: string, label: string, type: string, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return {
    name,
    label,
    type,
    length: null,
    precision: null,
    scale: null,
    isRequired: false,
    isUnique: false,
    isCaseSensitive: false,
    isExternalId: false,
    picklist: null,
    picklistLabels: new Map(),
    referenceTo: null,
    defaultValue: null,
    isReadOnly: false,
    isFixed: false,
    displayFormat: null,
    ...more,
  };
}

/** Fields by lower-case name. */
export const fieldsByName = (fields: readonly FieldDefinition[]): Map<string, FieldDefinition> =>
  new Map(fields.map((one) => [one.name.toLowerCase(), one]));

/** The fields every record has. */
export const systemFields: readonly FieldDefinition[] = [
  field('Id', 'Record ID', 'Id', { isReadOnly: true }),
  field('OwnerId', 'Owner', 'Lookup', { referenceTo: 'User' }),
  field('CreatedDate', 'Created Date', 'DateTime', { isReadOnly: true }),
  field('CreatedById', 'Created By', 'Lookup', { isReadOnly: true, referenceTo: 'User' }),
  field('LastModifiedDate', 'Last Modified Date', 'DateTime', { isReadOnly: true }),
  field('LastModifiedById', 'Last Modified By', 'Lookup', { isReadOnly: true, referenceTo: 'User' }),
  field('SystemModstamp', 'System Modstamp', 'DateTime', { isReadOnly: true }),
  field('IsDeleted', 'Deleted', 'Checkbox', { isReadOnly: true }),
];

/** The fields every platform event has. */
export const eventFields: readonly FieldDefinition[] = [
  field('CreatedDate', 'Created Date', 'DateTime', { isReadOnly: true }),
  field('CreatedById', 'Created By', 'Lookup', { isReadOnly: true, referenceTo: 'User' }),
  field('ReplayId', 'Replay ID', 'Text', { length: 1000, isReadOnly: true }),
  field('EventUuid', 'Event UUID', 'Text', { length: 36, isReadOnly: true }),
];

/** The fields every record of custom metadata has; the API only reads them. */
export const metadataFields: readonly FieldDefinition[] = [
  field('Id', 'Custom Metadata Record ID', 'Id', { isReadOnly: true }),
  field('DeveloperName', 'Custom Metadata Record Name', 'Text', { length: 40, isReadOnly: true }),
  field('MasterLabel', 'Label', 'Text', { length: 40, isReadOnly: true }),
  field('Label', 'Label', 'Text', { length: 40, isReadOnly: true }),
  field('Language', 'Language', 'Text', { length: 40, isReadOnly: true }),
  field('NamespacePrefix', 'Namespace Prefix', 'Text', { length: 15, isReadOnly: true }),
  field('QualifiedApiName', 'Qualified API Name', 'Text', { length: 70, isReadOnly: true }),
  field('SystemModstamp', 'System Modstamp', 'DateTime', { isReadOnly: true }),
];
