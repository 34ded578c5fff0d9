/** Which fields belong to what in SAP, and who owns them (FieldMappings): records of SAP Field Mapping. */
import type { Row } from '../../org/check-record.ts';
import type { FieldDefinition, ObjectDefinition } from '../../org/object-definition.ts';
import type { Org } from '../../org/org.ts';
import { localName, packageField } from '../package-names.ts';
import type { Issue, Labels } from '../problem.ts';

/** One field on its way to SAP. */
export interface FieldMapping {
  readonly field: string;
  readonly path: string;
  readonly label: string;
  /** Field with the ISO code, in orgs with picklists of states and countries; else null. */
  readonly codeField: string | null;
  readonly valueIn: (row: Row) => string;
}

/** The mappings of one object. */
export interface FieldMappings {
  readonly sent: readonly FieldMapping[];
  readonly ownedBySap: readonly FieldMapping[];
  /** Owned by Salesforce, and nothing that SAP takes: SAP gives them their first value. */
  readonly onlyArriving: readonly FieldMapping[];
  /** Mapped to nothing SAP takes, or twice: what they carry is held. */
  readonly leadingNowhere: readonly FieldMapping[];
  readonly issues: readonly Issue[];
}

const paths: Readonly<Record<string, ReadonlySet<string>>> = {
  Account: new Set(
    (
      'name name2 address.street address.houseNumber address.postalCode address.city address.region address.country ' +
      'language phone email vatNumber'
    ).split(' '),
  ),
  Contact: new Set('firstName lastName language phone email role department'.split(' ')),
};

/** What SAP tells and does not take from here. */
const onlyTold: Readonly<Record<string, ReadonlySet<string>>> = {
  Account: new Set(
    (
      'number accountGroup fax industry blocks.order blocks.delivery blocks.billing blocks.posting blocks.any ' +
      'address.district address.poBox credit.controlArea credit.limit credit.currency credit.riskClass credit.isBlocked ' +
      'credit.nextReview credit.exposure credit.available credit.overdue isRemoved'
    ).split(' '),
  ),
  Contact: new Set('customer number isRemoved'.split(' ')),
};

/** Whether SAP takes something under this path. */
export const isPath = (object: string, path: string): boolean => paths[object]?.has(path) === true;

const regionLength = 3;
const maxValue = 300;
const textOf = (value: unknown): string =>
  String(value ?? '')
    .replace(/\s*[\r\n]+\s*/g, ', ')
    .trim()
    .slice(0, maxValue);

function toMapping(object: ObjectDefinition, { name, label }: FieldDefinition, path: string): FieldMapping {
  const code = object.fields.get(`${name}Code`.toLowerCase())?.name;
  const valueIn = (row: Row): string => {
    if (path !== 'address.country' && path !== 'address.region') return textOf(row[name]);
    const value = (textOf(code === undefined ? '' : row[code]) || textOf(row[name])).toUpperCase();
    return path === 'address.region' && value.length > regionLength ? '' : value;
  };
  return { field: name, path, label, codeField: code ?? null, valueIn };
}

const known = new WeakMap<Org['customMetadata'], Map<string, FieldMappings>>();

/** The mappings of an object, until an admin changes custom metadata. */
export function fieldMappings(org: Org, labels: Labels, object: string): FieldMappings {
  const ofOrg = known.get(org.customMetadata) ?? new Map<string, FieldMappings>();
  known.set(org.customMetadata, ofOrg);
  const found = ofOrg.get(object) ?? readMappings(org, labels, object);
  ofOrg.set(object, found);
  return found;
}

/** Fields that an arrival gives their first value, and that it leaves alone afterwards. */
export const ownedBySalesforce = ({ sent, leadingNowhere, onlyArriving }: FieldMappings): readonly FieldMapping[] => [
  ...sent,
  ...leadingNowhere,
  ...onlyArriving,
];

function readMappings(org: Org, labels: Labels, objectInOrg: string): FieldMappings {
  const object = org.store.object(objectInOrg);
  const objectName = localName(org, objectInOrg);
  const records = [...org.metadataRecords('SAP_Field_Mapping__mdt')]
    .filter(({ values }) => values['Active__c'] === true && localName(org, values['Object__c']) === objectName)
    .sort((a, b) => (a.developerName < b.developerName ? -1 : 1));
  const result = { sent: [], ownedBySap: [], onlyArriving: [], leadingNowhere: [], issues: [] } as {
    [Part in keyof FieldMappings]: FieldMappings[Part][number][];
  };
  const taken = new Set<string>();
  const issue = (path: string, label: string, value: string): void => {
    result.issues.push({ path, message: labels(label).replace('{0}', value) });
  };
  for (const { values } of records) {
    const name = String(values['Field__c'] ?? '').trim();
    const path = String(values['Path__c'] ?? '').trim();
    const field = packageField(org, object, name);
    if (field === undefined) {
      // What SAP owns is written by the agent, which says so itself; no request waits for it.
      if (values['Owner__c'] !== 'SAP') issue(name, 'Issue_Mapping_Field', name);
      continue;
    }
    const mapping = toMapping(object, field, path);
    const isSendable = isPath(objectName, path);
    if (values['Owner__c'] === 'SAP') result.ownedBySap.push(mapping);
    else if (paths[objectName] === undefined || onlyTold[objectName]?.has(path) === true)
      result.onlyArriving.push(mapping);
    else if (isSendable && !taken.has(path)) {
      taken.add(path);
      result.sent.push(mapping);
    } else {
      result.leadingNowhere.push(mapping);
      issue(mapping.field, isSendable ? 'Issue_Mapping_Twice' : 'Issue_Mapping_Path', path);
    }
  }
  return result;
}

/** Fields of a saved record that SAP has to hear of. */
export const changedFields = (mappings: FieldMappings, now: Row, before: Row): FieldMapping[] =>
  [...mappings.sent, ...mappings.leadingNowhere].filter((one) => one.valueIn(now) !== one.valueIn(before));
