/** Where each kind of record goes: rules, mappings and the org's own description put together, and what is wrong with them. */
import { GatewayError } from '../../errors/index.ts';
import { recordPaths } from '../../model/index.ts';
import type { RecordKind, RecordPath } from '../../model/index.ts';
import { misfit } from './field-types.ts';
import { isWritable } from './object-describe.ts';
import type { FieldDescribe, ObjectDescribe } from './object-describe.ts';
import type { OrgNames } from './org-names.ts';
import type { ArrivalRule, FieldMapping } from './rule-records.ts';

/** One path that goes to one field. */
export interface Column {
  readonly path: RecordPath;
  readonly field: FieldDescribe;
  readonly owner: FieldMapping['owner'];
  /** Of a lookup: how the other record is named. */
  readonly lookup?: Lookup | undefined;
}

export interface Lookup {
  readonly kind: RecordKind;
  readonly object: string;
  readonly relationship: string;
  readonly keyField: string;
}

export interface Target {
  readonly kind: RecordKind;
  readonly object: string;
  readonly keyField: string;
  readonly columns: readonly Column[];
  /** Fields that every target has, by the package's name without namespace; absent where the object lacks one. */
  readonly own: ReadonlyMap<OwnField, FieldDescribe>;
}

const ownFields = [
  'SAP_Arrival__c',
  'SAP_As_Of__c',
  'SAP_Document__c',
  'SAP_Removed__c',
  'SAP_System__c',
  'SAP_Customer_Number__c',
  'SAP_Contact_Number__c',
] as const;
/** What says how new a record is must be nothing else. */
const reservedFields = ['SAP_Arrival__c', 'SAP_As_Of__c', 'SAP_Document__c'] as const;
export type OwnField = (typeof ownFields)[number];

export interface Targets {
  /** An error where object or key field cannot be used: then no record of the kind can. */
  readonly byKind: ReadonlyMap<RecordKind, Target | GatewayError>;
  /** Mappings that were left out. Whatever else is mapped is written. */
  readonly problems: readonly GatewayError[];
}

export interface OrgShape {
  readonly names: OrgNames;
  readonly rules: readonly ArrivalRule[];
  readonly mappings: readonly FieldMapping[];
  /** By name in lower case. */
  readonly objects: ReadonlyMap<string, ObjectDescribe>;
}

/** The kinds that are copied, with where they go. */
export function toTargets(shape: OrgShape): Targets {
  const problems: GatewayError[] = [];
  const byKind = new Map(
    shape.rules.filter(({ isCopied }) => isCopied).map((rule) => [rule.kind, toTarget(rule, shape, problems)] as const),
  );
  return { byKind, problems };
}

function toTarget(rule: ArrivalRule, shape: OrgShape, problems: GatewayError[]): Target | GatewayError {
  const described = shape.objects.get(rule.object.toLowerCase());
  if (described === undefined)
    return invalid(rule.kind, rule.object, 'the org has no such object, or the user may not see it');
  if (!described.createable || !described.updateable)
    return invalid(rule.kind, described.name, 'the integration user may not create and edit its records');
  const key = shape.names.field(described, rule.keyField);
  if (key === undefined) return invalid(rule.kind, nameOf(rule.object, rule.keyField), 'the field is missing');
  if (!key.externalId) return invalid(rule.kind, nameOf(rule.object, key.name), 'the field is no external id');
  if (!key.createable) return invalid(rule.kind, nameOf(rule.object, key.name), 'the field cannot be written');
  const own = ownFieldsOf(described, shape.names);
  // Without it the org could not tell what is older than what it has.
  if (!own.has('SAP_Arrival__c')) return invalid(rule.kind, nameOf(rule.object, 'SAP_Arrival__c'), 'it is missing');
  const reserved = [key.name, ...reservedFields.flatMap((name) => own.get(name)?.name ?? [])];
  const columns = columnsOf(rule, described, shape, { taken: new Set(reserved), problems });
  return { kind: rule.kind, object: described.name, keyField: key.name, columns, own };
}

function ownFieldsOf(described: ObjectDescribe, names: OrgNames): ReadonlyMap<OwnField, FieldDescribe> {
  return new Map(
    ownFields.flatMap((name) => {
      const field = names.field(described, name);
      return field !== undefined && isWritable(field) ? [[name, field] as const] : [];
    }),
  );
}

function columnsOf(
  rule: ArrivalRule,
  described: ObjectDescribe,
  shape: OrgShape,
  { taken, problems }: { readonly taken: Set<string>; readonly problems: GatewayError[] },
): readonly Column[] {
  const mine = shape.mappings.filter(({ object }) => object.toLowerCase() === rule.object.toLowerCase());
  return mine.flatMap((mapping) => {
    const column = toColumn(mapping, rule, described, shape);
    if (column === undefined) return [];
    const problem = column instanceof GatewayError ? column : claim(column, taken, described.name);
    if (problem !== undefined) problems.push(problem);
    return column instanceof GatewayError || problem !== undefined ? [] : [column];
  });
}

/** Two paths in one field would overwrite each other; street and house number are one line together. */
function claim({ path, field }: Column, taken: Set<string>, object: string): GatewayError | undefined {
  if (taken.has(field.name) && path.path !== 'address.houseNumber' && path.path !== 'address.street')
    return invalid(path.path, nameOf(object, field.name), 'something else goes there already');
  taken.add(field.name);
  return undefined;
}

/** Undefined: it is right, and there is nothing to be written by it. */
function toColumn(
  { path: wanted, field: name, owner }: FieldMapping,
  rule: ArrivalRule,
  described: ObjectDescribe,
  shape: OrgShape,
): Column | GatewayError | undefined {
  const wrong = (reason: string): GatewayError => invalid(wanted, nameOf(described.name, name), reason);
  const path = recordPaths[rule.kind].find((each) => each.path === wanted);
  if (path === undefined) return wrong(`${rule.kind} has no such path`);
  const found = shape.names.field(described, name);
  if (found === undefined) return wrong('the object has no such field, or the integration user may not see it');
  const field = codeField(path, found, described);
  if (!isWritable(field)) return wrong('the integration user may not write it');
  const reason = misfit(path.type, field);
  if (reason !== undefined) return wrong(reason);
  if (field.type !== 'reference') return { path, field, owner };
  const lookup = lookupOf(path, field, shape);
  return typeof lookup === 'string' ? wrong(lookup) : lookup && { path, field, owner, lookup };
}

/** Where the org has picklists of states and countries, codes go to `BillingCountryCode` beside `BillingCountry`. */
function codeField(path: RecordPath, field: FieldDescribe, { fields }: ObjectDescribe): FieldDescribe {
  if (path.path !== 'address.country' && path.path !== 'address.region') return field;
  const sibling = fields.get(`${field.name}code`.toLowerCase());
  return sibling !== undefined && isWritable(sibling) ? sibling : field;
}

/** Text: why it cannot be; undefined: records of the other kind are not in the org, so there is nothing to refer to. */
function lookupOf(path: RecordPath, field: FieldDescribe, shape: OrgShape): Lookup | string | undefined {
  const rule = shape.rules.find(({ kind }) => kind === path.to);
  // Accounts are linked to customers by hand, too.
  if (rule === undefined || (!rule.isCopied && rule.kind !== 'customer')) return undefined;
  const described = shape.objects.get(rule.object.toLowerCase());
  const key = described === undefined ? undefined : shape.names.field(described, rule.keyField);
  if (described === undefined || key === undefined) return `the key of ${rule.kind} is missing`;
  if (field.referenceTo.length !== 1 || field.referenceTo[0]?.toLowerCase() !== described.name.toLowerCase())
    return `it refers to ${field.referenceTo.join(', ')} instead of ${described.name}`;
  if (field.relationshipName === null) return 'the lookup has no relationship name';
  return { kind: rule.kind, object: described.name, relationship: field.relationshipName, keyField: key.name };
}

const nameOf = (object: string, field: string): string => `${object}.${field}`;

const invalid = (path: string, field: string, reason: string): GatewayError =>
  new GatewayError('SALESFORCE_MAPPING_INVALID', { path, field, reason });
