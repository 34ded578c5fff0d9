/** `GET /sobjects` and `/sobjects/Object/describe`: what an org tells of itself, as much of it as clients map fields by. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import { notFound } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';

/** The API's names of the metadata's types. */
const apiTypes: Readonly<Record<string, string>> = {
  Text: 'string',
  AutoNumber: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Number: 'double',
  Checkbox: 'boolean',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MultiselectPicklist: 'multipicklist',
  EncryptedText: 'encryptedstring',
};

const relationshipName = (field: FieldDefinition): string | null => {
  if (field.referenceTo === null) return null;
  return /__c$/.test(field.name) ? field.name.replace(/__c$/, '__r') : field.name.replace(/Id$/, '');
};

function described(org: Org, user: OrgUser, object: ObjectDefinition, field: FieldDefinition): object {
  const isWritable = !field.isReadOnly && (!user.isApiOnly || org.canEditField(user, object.name, field));
  const isNumber = ['Number', 'Currency', 'Percent'].includes(field.type);
  return {
    name: field.name,
    label: field.label,
    type: apiTypes[field.type] ?? field.type.toLowerCase(),
    length: field.length ?? 0,
    precision: isNumber ? (field.precision ?? 18) : 0,
    scale: isNumber ? (field.scale ?? 0) : 0,
    custom: field.name.endsWith('__c'),
    nillable: !field.isRequired && field.type !== 'Checkbox',
    defaultedOnCreate: field.type === 'Checkbox' || field.defaultValue !== null || field.name === 'OwnerId',
    unique: field.isUnique,
    caseSensitive: field.isCaseSensitive,
    externalId: field.isExternalId,
    idLookup: field.isExternalId || field.name === 'Id',
    autoNumber: field.type === 'AutoNumber',
    calculated: field.isReadOnly && !field.type.startsWith('Auto') && field.name.endsWith('__c'),
    createable: isWritable && org.canUse(user, object.name, 'create'),
    updateable: isWritable && !field.isFixed && org.canUse(user, object.name, 'edit'),
    restrictedPicklist: field.picklist !== null,
    picklistValues: (field.picklist ?? [...field.picklistLabels.keys()]).map((value) => ({
      value,
      label: field.picklistLabels.get(value) ?? value,
      active: true,
      defaultValue: value === field.defaultValue,
    })),
    referenceTo: field.referenceTo === null ? [] : [field.referenceTo],
    relationshipName: relationshipName(field),
  };
}

/** What a user may do with an object, as both answers tell it. */
function head(org: Org, user: OrgUser, { name, label, pluralLabel, keyPrefix }: ObjectDefinition): object {
  const isEvent = name.endsWith('__e');
  const isMetadata = name.endsWith('__mdt');
  return {
    name,
    label,
    labelPlural: pluralLabel,
    keyPrefix,
    custom: /__(c|e|mdt)$/.test(name),
    queryable: !isEvent,
    createable: !isMetadata && org.canUse(user, name, 'create'),
    updateable: !isEvent && !isMetadata && org.canUse(user, name, 'edit'),
    deletable: !isEvent && !isMetadata && org.canUse(user, name, 'edit'),
    urls: { sobject: `/services/data/v67.0/sobjects/${name}` },
  };
}

/** `GET /sobjects/Object/describe`: fields without rights are not there. */
export function describeObject(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = org.store.object(call.parts['object'] ?? '');
  if (!org.canUse(user, object.name, 'read')) throw notFound();
  const fields = [...object.fields.values()].filter(
    (field) => !user.isApiOnly || org.canReadField(user, object.name, field),
  );
  return {
    status: 200,
    body: { ...head(org, user, object), fields: fields.map((field) => described(org, user, object, field)) },
  };
}

/** `GET /sobjects`: every object by name; clients find the package's namespace here. */
export function describeGlobal(org: Org, user: OrgUser): HttpAnswer {
  const seen = org.store.objects.filter(({ name }) => org.canUse(user, name, 'read'));
  return {
    status: 200,
    body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects: seen.map((object) => head(org, user, object)) },
  };
}
