/** Follows what permission sets grant and what credentials and records refer to. */
import type { Finding } from '../finding.ts';
import type { FieldShape, MetadataFile, PackageIndex } from './package-index.ts';
import { baseName } from './package-index.ts';
import { childrenOf, textOf } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';

/** Every grant or reference that leads nowhere, or that Salesforce refuses. */
export function findAccessProblems(index: PackageIndex): readonly Finding[] {
  return index.files.flatMap((file) => {
    if (file.root.name === 'PermissionSet') return permissionSetProblems(file, index);
    if (file.root.name === 'NamedCredential') return namedCredentialProblems(file, index);
    if (file.root.name === 'CustomMetadata') return recordProblems(file, index);
    return file.root.name === 'CustomField' ? lookupProblems(file, index) : [];
  });
}

/** Per kind of grant: the element that names the target, and what is wrong with a target. */
function grants(index: PackageIndex): Readonly<Record<string, [string, (name: string) => string | undefined]>> {
  const missing = (known: ReadonlySet<string> | ReadonlyMap<string, unknown>, what: string) => (name: string) =>
    known.has(name) ? undefined : `there is no ${what} ${name}`;
  return {
    classAccesses: ['apexClass', missing(index.classes, 'class')],
    customMetadataTypeAccesses: ['name', missing(index.objects, 'custom metadata type')],
    customPermissions: ['name', missing(index.customPermissions, 'custom permission')],
    externalCredentialPrincipalAccesses: ['externalCredentialPrincipal', missing(index.principals, 'principal')],
    fieldPermissions: ['field', (name) => fieldGrantProblem(name, index)],
    objectPermissions: ['object', (name) => (isCustom(name) ? missing(index.objects, 'object')(name) : undefined)],
  };
}

function permissionSetProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  return [...grantProblems(file, index), ...masterProblems(file, index), ...blindEditProblems(file)];
}

/** Salesforce refuses to let anybody edit what they may not read. */
function blindEditProblems(file: MetadataFile): readonly Finding[] {
  return childrenOf(file.root, 'fieldPermissions')
    .filter((entry) => textOf(entry, 'editable') === 'true' && textOf(entry, 'readable') !== 'true')
    .map((entry) => ({
      path: file.path,
      line: entry.line,
      message: `editing ${textOf(entry, 'field')} depends on reading it`,
    }));
}

/** Who may read a detail must be allowed to read its master, in the same permission set. */
function masterProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  const entries = childrenOf(file.root, 'objectPermissions');
  const readable = new Set(
    entries.filter((entry) => textOf(entry, 'allowRead') === 'true').map((entry) => textOf(entry, 'object')),
  );
  return entries.flatMap((entry) => {
    const fields = [...(index.objects.get(textOf(entry, 'object'))?.values() ?? [])];
    const masters = fields.filter((field) => field.type === 'MasterDetail').map((field) => field.referenceTo);
    return masters
      .filter((master) => !readable.has(master))
      .map((master) => ({
        path: file.path,
        line: entry.line,
        message: `reading ${textOf(entry, 'object')} depends on reading ${master}`,
      }));
  });
}

function grantProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  return Object.entries(grants(index)).flatMap(([kind, [key, problemOf]]) => {
    const entries = childrenOf(file.root, kind);
    const names = entries.map((entry) => textOf(entry, key));
    return entries.flatMap((entry, at) => {
      const name = names[at] ?? '';
      const problem = names.indexOf(name) === at ? problemOf(name) : `${name} is granted twice`;
      return problem === undefined ? [] : [{ path: file.path, line: entry.line, message: problem }];
    });
  });
}

function fieldGrantProblem(name: string, index: PackageIndex): string | undefined {
  const [object = '', field = ''] = name.split('.');
  if (!isCustom(field)) return undefined;
  const shape = index.objects.get(object)?.get(field);
  if (shape === undefined) return `there is no field ${name}`;
  return isAlwaysVisible(shape) ? `${name} is required, so no access to it can be granted` : undefined;
}

function isAlwaysVisible(shape: FieldShape): boolean {
  return shape.isRequired || shape.type === 'MasterDetail';
}

function namedCredentialProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  return childrenOf(file.root, 'namedCredentialParameters').flatMap((parameter) => {
    const at = (message: string): readonly Finding[] => [{ path: file.path, line: parameter.line, message }];
    const external = textOf(parameter, 'externalCredential');
    if (textOf(parameter, 'parameterType') === 'Authentication' && !index.externalCredentials.has(external)) {
      return at(`there is no external credential ${external}`);
    }
    const isOpen =
      textOf(parameter, 'parameterType') === 'Url' && !textOf(parameter, 'parameterValue').startsWith('https://');
    return isOpen ? at('the address must start with https://') : [];
  });
}

/** Types of values by type of field; of all others the value is a string. */
const valueTypes: Readonly<Record<string, readonly string[]>> = {
  Checkbox: ['boolean'],
  Number: ['double', 'int'],
  Percent: ['double', 'int'],
  Date: ['date'],
  DateTime: ['dateTime'],
};
/** Of custom metadata records. */
const maxRecordLabel = 40;

function recordProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  const type = `${baseName(file.path).split('.')[0] ?? ''}__mdt`;
  const fields = index.objects.get(type);
  if (fields === undefined) return [{ path: file.path, message: `there is no custom metadata type ${type}` }];
  const values = childrenOf(file.root, 'values');
  const given = new Set(values.filter((value) => textOf(value, 'value') !== '').map((value) => textOf(value, 'field')));
  const lacking = [...fields].filter(([name, shape]) => shape.isRequired && !given.has(name)).map(([name]) => name);
  return [
    ...values.flatMap((value) => valueProblems(file, value, type, fields)),
    ...(textOf(file.root, 'label').length > maxRecordLabel
      ? [{ path: file.path, message: `the label takes at most ${maxRecordLabel} characters` }]
      : []),
    ...lacking.map((name) => ({ path: file.path, message: `the record lacks ${name}` })),
  ];
}

function valueProblems(
  file: MetadataFile,
  value: XmlElement,
  typeName: string,
  fields: ReadonlyMap<string, FieldShape>,
): readonly Finding[] {
  const name = textOf(value, 'field');
  const shape = fields.get(name);
  const at = (message: string): readonly Finding[] => [{ path: file.path, line: value.line, message }];
  if (shape === undefined) return at(`${typeName} has no field ${name}`);
  const [type, allowed] = [valueType(value), valueTypes[shape.type] ?? ['string']];
  if (type !== undefined && !allowed.includes(type)) return at(`${name} is a ${shape.type}, its value a ${type}`);
  const isTooLong = shape.length !== undefined && textOf(value, 'value').length > shape.length;
  return isTooLong ? at(`${name} takes at most ${shape.length} characters`) : [];
}

/** `xsd:string` as `string`; undefined for an empty value, which bears none. */
function valueType(value: XmlElement): string | undefined {
  return childrenOf(value, 'value')[0]?.attributes.get('xsi:type')?.replace(/^xsd:/, '');
}

function lookupProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  const target = textOf(file.root, 'referenceTo');
  if (!isCustom(target) || index.objects.has(target)) return [];
  return [{ path: file.path, message: `there is no object ${target}` }];
}

function isCustom(name: string): boolean {
  return /__[a-z]+$/.test(name);
}
