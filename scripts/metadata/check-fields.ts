/** Checks what the WSDL does not say: API versions, and the properties a field of each type needs. */
import type { Finding } from '../finding.ts';
import type { MetadataFile } from './package-index.ts';
import { baseName } from './package-index.ts';
import { textOf } from './read-xml.ts';

/** What Salesforce asks of a field of each type. */
const needed: Readonly<Record<string, readonly string[]>> = {
  Text: ['length'],
  LongTextArea: ['length', 'visibleLines'],
  Number: ['precision', 'scale'],
  Currency: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Lookup: ['referenceTo', 'relationshipName'],
  MasterDetail: ['referenceTo', 'relationshipName'],
};
/** Types that can be an external ID. */
const identifying = new Set(['Text', 'Number', 'Email', 'AutoNumber']);

/** Every field that cannot be deployed as it is, and every other API version. */
export function findFieldProblems(files: readonly MetadataFile[], apiVersion: string): readonly Finding[] {
  return files.flatMap((file) => {
    const messages = [...versionProblems(file, apiVersion), ...(file.root.name === 'CustomField' ? ofField(file) : [])];
    return messages.map((message) => ({ path: file.path, message }));
  });
}

function versionProblems(file: MetadataFile, apiVersion: string): readonly string[] {
  const found = textOf(file.root, 'apiVersion');
  const isVersioned = ['ApexClass', 'ApexTrigger', 'LightningComponentBundle'].includes(file.root.name);
  if (!isVersioned || found === apiVersion) return [];
  return [`the API version is ${found === '' ? 'missing' : found}, the project's is ${apiVersion}`];
}

function ofField({ path, root }: MetadataFile): readonly string[] {
  const type = textOf(root, 'type');
  const has = (name: string): boolean => root.children.some((child) => child.name === name);
  const problems = (needed[type] ?? [])
    .filter((name) => !has(name))
    .map((name) => `a field of type ${type} needs ${name}`);
  if (textOf(root, 'fullName') !== baseName(path))
    problems.push(`the file is not named after ${textOf(root, 'fullName')}`);
  if (textOf(root, 'externalId') === 'true' && !identifying.has(type)) problems.push(`a ${type} is no external ID`);
  if (textOf(root, 'description') === '') problems.push('the field lacks a description');
  if (type === 'Text' && Number(textOf(root, 'length')) > 255) problems.push('at most 255 characters');
  if (type === 'LongTextArea' && Number(textOf(root, 'length')) > 131072) problems.push('at most 131072 characters');
  return problems;
}
