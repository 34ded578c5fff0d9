/** What the package's permission sets grant; read from their metadata files. */
import { basename } from 'node:path';
import { childrenOf, readMetadata, textOf } from './metadata-xml.ts';
import type { MetadataElement } from './metadata-xml.ts';
import { namespacing } from './read-object-definitions.ts';

/** One permission set. */
export interface PermissionSet {
  readonly name: string;
  readonly label: string;
  readonly customPermissions: ReadonlySet<string>;
  readonly userPermissions: ReadonlySet<string>;
  readonly apexClasses: ReadonlySet<string>;
  /** `Object.Field` of readable and of editable fields. */
  readonly readableFields: ReadonlySet<string>;
  readonly editableFields: ReadonlySet<string>;
  readonly readableObjects: ReadonlySet<string>;
  readonly creatableObjects: ReadonlySet<string>;
  readonly editableObjects: ReadonlySet<string>;
  readonly metadataTypes: ReadonlySet<string>;
  /** Principals of external credentials: without one there is no callout. */
  readonly principals: ReadonlySet<string>;
}

/** Names granted by the elements of one kind. */
function granted(root: MetadataElement, element: string, name: string, flag: string): Set<string> {
  const rows = childrenOf(root, element).filter((row) => textOf(row, flag) === 'true');
  return new Set(rows.flatMap((row) => textOf(row, name) ?? []));
}

/** Reads every permission set below the package's folder. */
export function readPermissionSets(packageFolder: string, namespace: string | undefined): PermissionSet[] {
  const inNamespace = namespacing(namespace);
  const qualified = (names: Set<string>): Set<string> =>
    new Set([...names].map((name) => name.split('.').map(inNamespace).join('.')));
  return readMetadata(packageFolder, '**/permissionsets/*.permissionset-meta.xml').map(({ path, root }) => ({
    name: basename(path).replace(/\.permissionset-meta\.xml$/, ''),
    label: textOf(root, 'label') ?? '',
    customPermissions: granted(root, 'customPermissions', 'name', 'enabled'),
    userPermissions: granted(root, 'userPermissions', 'name', 'enabled'),
    apexClasses: granted(root, 'classAccesses', 'apexClass', 'enabled'),
    readableFields: qualified(granted(root, 'fieldPermissions', 'field', 'readable')),
    editableFields: qualified(granted(root, 'fieldPermissions', 'field', 'editable')),
    readableObjects: qualified(granted(root, 'objectPermissions', 'object', 'allowRead')),
    creatableObjects: qualified(granted(root, 'objectPermissions', 'object', 'allowCreate')),
    editableObjects: qualified(granted(root, 'objectPermissions', 'object', 'allowEdit')),
    metadataTypes: qualified(granted(root, 'customMetadataTypeAccesses', 'name', 'enabled')),
    principals: granted(root, 'externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', 'enabled'),
  }));
}
