/** What the package holds, by kind and name, so that references can be followed. */
import type { SourceFile } from '../project.ts';
import type { XmlElement } from './read-xml.ts';
import { childrenOf, deepOf, textOf } from './read-xml.ts';

/** A metadata file that could be read. */
export interface MetadataFile {
  readonly path: string;
  readonly root: XmlElement;
}

/** A Lightning web component, as pages and actions see it. */
export interface Component {
  readonly isExposed: boolean;
  readonly targets: ReadonlySet<string>;
  /** Objects whose record pages may hold it; empty means any. */
  readonly objects: ReadonlySet<string>;
  /** ScreenAction or Action, where it is a record action. */
  readonly actionType: string;
}

/** A custom field. */
export interface FieldShape {
  readonly type: string;
  readonly isRequired: boolean;
  readonly length: number | undefined;
  /** The object it points to; empty where it is no relationship. */
  readonly referenceTo: string;
}

/** Everything references may point to. */
export interface PackageIndex {
  readonly files: readonly MetadataFile[];
  readonly sources: readonly SourceFile[];
  /** Custom objects by API name; a standard object is there when the package adds fields to it. */
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, FieldShape>>;
  readonly classes: ReadonlySet<string>;
  readonly components: ReadonlyMap<string, Component>;
  readonly customPermissions: ReadonlySet<string>;
  readonly namedCredentials: ReadonlySet<string>;
  /** `ExternalCredential-Principal`. */
  readonly principals: ReadonlySet<string>;
  readonly externalCredentials: ReadonlySet<string>;
  /** Each label with the files that define it. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** Reads what there is; `sources` are the Apex, TypeScript and HTML files. */
export function indexPackage(files: readonly MetadataFile[], sources: readonly SourceFile[]): PackageIndex {
  const external = files.filter((file) => file.root.name === 'ExternalCredential');
  return {
    files,
    sources,
    objects: objectsOf(files),
    classes: namesOf(files, 'ApexClass'),
    components: new Map(
      files
        .filter((file) => file.root.name === 'LightningComponentBundle')
        .map((file) => [baseName(file.path), componentOf(file.root)]),
    ),
    customPermissions: namesOf(files, 'CustomPermission'),
    namedCredentials: namesOf(files, 'NamedCredential'),
    externalCredentials: new Set(external.map((file) => baseName(file.path))),
    principals: new Set(external.flatMap(principalsOf)),
    labels: labelsOf(files),
  };
}

/** `Account.Create_SAP_Customer` of `.../Account.Create_SAP_Customer.quickAction-meta.xml`. */
export function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[A-Za-z]+-meta\.xml$/, '');
}

/** `SAP_Request__c` of `.../objects/SAP_Request__c/fields/...`; empty outside an object. */
export function objectOf(path: string): string {
  return /\/objects\/([^/]+)\//.exec(path)?.[1] ?? '';
}

function namesOf(files: readonly MetadataFile[], type: string): ReadonlySet<string> {
  return new Set(files.filter((file) => file.root.name === type).map((file) => baseName(file.path)));
}

function objectsOf(files: readonly MetadataFile[]): ReadonlyMap<string, ReadonlyMap<string, FieldShape>> {
  const objects = new Map<string, Map<string, FieldShape>>();
  for (const { path, root } of files) {
    const object = objectOf(path);
    if (object === '') continue;
    const fields = objects.get(object) ?? new Map<string, FieldShape>();
    objects.set(object, fields);
    if (root.name === 'CustomField') fields.set(textOf(root, 'fullName'), fieldShape(root));
  }
  return objects;
}

function fieldShape(root: XmlElement): FieldShape {
  const length = textOf(root, 'length');
  return {
    type: textOf(root, 'type'),
    isRequired: textOf(root, 'required') === 'true',
    length: length === '' ? undefined : Number(length),
    referenceTo: textOf(root, 'referenceTo'),
  };
}

function componentOf(root: XmlElement): Component {
  return {
    isExposed: textOf(root, 'isExposed') === 'true',
    targets: new Set(deepOf(root, 'target').map((target) => target.text)),
    objects: new Set(deepOf(root, 'object').map((object) => object.text)),
    actionType: deepOf(root, 'actionType')[0]?.text ?? '',
  };
}

function principalsOf(file: MetadataFile): readonly string[] {
  return childrenOf(file.root, 'externalCredentialParameters')
    .filter((parameter) => /Principal$/.test(textOf(parameter, 'parameterType')))
    .map((parameter) => `${baseName(file.path)}-${textOf(parameter, 'parameterName')}`);
}

function labelsOf(files: readonly MetadataFile[]): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, string[]>();
  for (const { path, root } of files.filter((file) => file.root.name === 'CustomLabels')) {
    for (const label of childrenOf(root, 'labels')) {
      const name = textOf(label, 'fullName');
      labels.set(name, [...(labels.get(name) ?? []), path]);
    }
  }
  return labels;
}
