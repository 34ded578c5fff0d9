/** The objects of the org: the standard ones, plus what the package's metadata adds. */
import { basename, dirname } from 'node:path';
import { childrenOf, readMetadata, textOf } from './metadata-xml.ts';
import type { MetadataElement } from './metadata-xml.ts';
import { eventFields, field, fieldsByName, metadataFields, systemFields } from './object-definition.ts';
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';
import { standardObjects } from './standard-objects.ts';

/** Turns a package name into the name a subscriber org knows it by. */
export type Namespacing = (name: string) => string;

/** `SAP_Request__c` becomes `acmx__SAP_Request__c`; standard names stay. */
export function namespacing(namespace: string | undefined): Namespacing {
  if (namespace === undefined) return (name) => name;
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const isPackaged = /^[A-Za-z0-9_]+__(c|mdt|e|r)$/.test(name) && !/^\w+?__\w+?__/.test(name);
    const inOrg = isPackaged ? `${namespace}__${name}` : name;
    // Names come from the package's source and from data files: a few hundred, whatever callers send.
    if (known.size < maxKnownNames) known.set(name, inOrg);
    return inOrg;
  };
}

const maxKnownNames = 1_000;

const numberOf = (element: MetadataElement, name: string): number | null => {
  const text = textOf(element, name);
  return text === null ? null : Number(text);
};
const isTrue = (element: MetadataElement, name: string): boolean => textOf(element, name) === 'true';

const picklistValues = (element: MetadataElement): MetadataElement[] =>
  childrenOf(element, 'valueSet')
    .flatMap((valueSet) => childrenOf(valueSet, 'valueSetDefinition'))
    .flatMap((set) => childrenOf(set, 'value'));

/** Values of a picklist that takes no others; Salesforce restricts only where the metadata says so. */
function restrictedValues(element: MetadataElement): string[] | null {
  const valueSet = childrenOf(element, 'valueSet')[0];
  if (valueSet === undefined || !isTrue(valueSet, 'restricted')) return null;
  return picklistValues(element)
    .filter((value) => textOf(value, 'isActive') !== 'false')
    .flatMap((value) => textOf(value, 'fullName') ?? []);
}

const picklistLabels = (element: MetadataElement): Map<string, string> =>
  new Map(
    picklistValues(element).flatMap((value) => {
      const [name, label] = [textOf(value, 'fullName'), textOf(value, 'label')];
      return name === null || label === null ? [] : [[name, label] as const];
    }),
  );

/** Text fields without a length have the platform's own. */
const impliedLength: Readonly<Record<string, number>> = {
  Picklist: 255,
  TextArea: 255,
  Email: 80,
  Phone: 40,
  Url: 255,
};

function readField(element: MetadataElement, name: string, inNamespace: Namespacing): FieldDefinition {
  const type = textOf(element, 'type') ?? 'Text';
  const referenceTo = textOf(element, 'referenceTo');
  const isFormula = textOf(element, 'formula') !== null;
  return field(inNamespace(name), textOf(element, 'label') ?? name, type, {
    length: numberOf(element, 'length') ?? impliedLength[type] ?? null,
    precision: numberOf(element, 'precision'),
    scale: numberOf(element, 'scale'),
    isRequired: isTrue(element, 'required') || type === 'MasterDetail',
    isUnique: isTrue(element, 'unique'),
    isCaseSensitive: isTrue(element, 'caseSensitive'),
    isExternalId: isTrue(element, 'externalId'),
    picklist: restrictedValues(element),
    picklistLabels: picklistLabels(element),
    referenceTo: referenceTo === null ? null : inNamespace(referenceTo),
    defaultValue: textOf(element, 'defaultValue')?.replace(/^["']|["']$/g, '') ?? null,
    isReadOnly: isFormula || type === 'AutoNumber' || type === 'Summary',
    isFixed: type === 'MasterDetail' && !isTrue(element, 'reparentableMasterDetail'),
    displayFormat: textOf(element, 'displayFormat'),
  });
}

function nameField(object: MetadataElement | undefined): FieldDefinition {
  const element = object === undefined ? undefined : childrenOf(object, 'nameField')[0];
  const label = (element === undefined ? null : textOf(element, 'label')) ?? 'Name';
  const isAutoNumber = element !== undefined && textOf(element, 'type') === 'AutoNumber';
  // A record without a name is called by its id.
  if (!isAutoNumber) return field('Name', label, 'Text', { length: 80 });
  return field('Name', label, 'AutoNumber', { isReadOnly: true, displayFormat: textOf(element, 'displayFormat') });
}

interface Source {
  readonly name: string;
  readonly object: MetadataElement | undefined;
  readonly fields: readonly FieldDefinition[];
}

/** Objects are decomposed: `objects/X/X.object-meta.xml` and `objects/X/fields/*.field-meta.xml`, in any area. */
function readSources(packageFolder: string, inNamespace: Namespacing): Source[] {
  const objects = readMetadata(packageFolder, '**/objects/*/*.object-meta.xml');
  const fields = readMetadata(packageFolder, '**/objects/*/fields/*.field-meta.xml');
  const objectOf = (path: string): string => basename(dirname(dirname(path)));
  const names = new Set([
    ...objects.map((file) => basename(dirname(file.path))),
    ...fields.map((file) => objectOf(file.path)),
  ]);
  return [...names].sort().map((name) => ({
    name,
    object: objects.find((file) => basename(dirname(file.path)) === name)?.root,
    fields: fields
      .filter((file) => objectOf(file.path) === name)
      .map((file) => readField(file.root, textOf(file.root, 'fullName') ?? '', inNamespace)),
  }));
}

/** Reads the package's folder (force-app); `namespace` is set where the package is installed with one. */
export function readObjectDefinitions(packageFolder: string, namespace: string | undefined): ObjectDefinition[] {
  const inNamespace = namespacing(namespace);
  const sources = readSources(packageFolder, inNamespace);
  const standard = standardObjects.map((object) => {
    const added = sources.find((source) => source.name === object.name)?.fields ?? [];
    return { ...object, fields: new Map([...object.fields, ...fieldsByName(added)]) };
  });
  const custom = sources.filter(({ name }) => /__(c|e)$/.test(name));
  const metadataTypes = sources.filter(({ name }) => name.endsWith('__mdt'));
  const define = (keyPrefix: string, { name, object, fields }: Source): ObjectDefinition => ({
    name: inNamespace(name),
    label: (object === undefined ? null : textOf(object, 'label')) ?? name,
    pluralLabel: (object === undefined ? null : textOf(object, 'pluralLabel')) ?? name,
    keyPrefix,
    fields: fieldsByName([...platformFields(name, object), ...fields]),
  });
  return [
    ...standard,
    ...custom.map((source, index) => define(`a${twoDigits(index)}`, source)),
    ...metadataTypes.map((source, index) => define(`m${twoDigits(index)}`, source)),
  ];
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const twoDigits = (index: number): string =>
  digits.charAt(Math.floor(index / digits.length)) + digits.charAt(index % digits.length);

/** What the platform gives every object of that sort. */
function platformFields(name: string, object: MetadataElement | undefined): readonly FieldDefinition[] {
  if (name.endsWith('__e')) return eventFields;
  return name.endsWith('__mdt') ? metadataFields : [...systemFields, nameField(object)];
}
