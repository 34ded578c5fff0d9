/** The modules the platform would generate for `@salesforce/...`: labels, schema tokens, Apex methods, permissions. */
import type { packageMetadata } from './package-metadata.ts';

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;

/** Who is logged on is known only when the page is opened, so these two ask the page instead of being fixed here. */
const permission = (kind: string, name: string): string =>
  `import { session } from 'platform/session';\nexport default session.${kind}.includes(${JSON.stringify(name)}) ? true : undefined;`;

/** `Account.SAP_Customer_Number__c` or `Account`, as the token an org hands out. */
function schemaToken(name: string): string {
  const [objectApiName, ...field] = name.split('.');
  return constant(field.length === 0 ? { objectApiName } : { fieldApiName: field.join('.'), objectApiName });
}

function apexMethod(name: string): string {
  if (name === '') return `export { refreshApex, getSObjectValue, notifyRecordUpdateAvailable } from 'platform/apex';`;
  const dot = name.lastIndexOf('.');
  const [apexClass, method] = [name.slice(0, dot), name.slice(dot + 1)];
  return `import { apexMethod } from 'platform/apex';\nexport default apexMethod(${JSON.stringify(apexClass)}, ${JSON.stringify(method)});`;
}

function customLabel(name: string, labels: ReadonlyMap<string, string>): string {
  const label = labels.get(name.replace(/^c\./, ''));
  // An org refuses to deploy such a component, so the bundle fails as well.
  if (label === undefined) throw new Error(`There is no custom label ${name}`);
  return constant(label);
}

/** Source of one generated module; an unknown one fails the bundle. */
export function platformModule(name: string, metadata: ReturnType<typeof packageMetadata>): string {
  if (name === 'empty-template') return 'export default void 0;';
  if (name === 'empty-style') return 'export default [];';
  if (name === 'generated/pages') return metadata.pageModule();
  const [, scope = '', ...rest] = name.split('/');
  const item = rest.join('/');
  switch (scope) {
    case 'apex':
      return apexMethod(item);
    case 'label':
      return customLabel(item, metadata.labels);
    case 'schema':
      return schemaToken(item);
    case 'customPermission':
      return permission('customPermissions', item.replace(/^c__/, ''));
    case 'userPermission':
      return permission('userPermissions', item);
    case 'user':
      return item === 'Id'
        ? `import { session } from 'platform/session';\nexport default session.user.id;`
        : constant(false);
    case 'resourceUrl':
      return constant(`/resource/${item}`);
    case 'messageChannel':
      return constant({ name: item });
    default:
      throw new Error(`The local org has no module ${name}`);
  }
}
