/** Follows what Apex and components refer to: labels, methods, components, fields, permissions, credentials. */
import type { Finding } from '../finding.ts';
import { lineAt } from '../finding.ts';
import type { SourceFile } from '../project.ts';
import type { PackageIndex } from './package-index.ts';

/** Every reference in code that leads nowhere, and every label nobody uses. */
export function findCodeReferenceProblems(index: PackageIndex): readonly Finding[] {
  const methods = auraMethods(index.sources);
  const names = customNames(index);
  return [
    ...labelProblems(index),
    ...index.sources.flatMap((file) => [
      ...lost(file, /@salesforce\/apex\/([\w.]+)/g, (name) => methods.has(name), 'controller method'),
      ...lost(
        file,
        /@salesforce\/customPermission\/(\w+)/g,
        (name) => index.customPermissions.has(name),
        'custom permission',
      ),
      ...lost(file, /checkPermission\(\s*'(\w+)'/g, (name) => index.customPermissions.has(name), 'custom permission'),
      ...lost(file, /'callout:(\w+)/g, (name) => index.namedCredentials.has(name), 'named credential'),
      ...lost(file, /@salesforce\/schema\/([\w.]+)/g, (name) => isField(name, index), 'object or field'),
      ...componentProblems(file, index),
      ...apexNameProblems(file, names),
    ]),
  ];
}

/** Label.X in Apex, @salesforce/label/c.X in components. */
const labelUse = /(?:\bLabel\.|@salesforce\/label\/c\.)(\w+)/g;

function labelProblems(index: PackageIndex): readonly Finding[] {
  const used = new Set(index.sources.flatMap((file) => [...file.text.matchAll(labelUse)].map((use) => use[1] ?? '')));
  const defined = [...index.labels];
  return [
    ...index.sources.flatMap((file) => lost(file, labelUse, (name) => index.labels.has(name), 'label')),
    ...defined.flatMap(([name, paths]) =>
      paths.slice(1).map((path) => ({ path, message: `the label ${name} is defined in ${paths[0] ?? ''} already` })),
    ),
    ...defined
      .filter(([name]) => !used.has(name))
      .map(([name, paths]) => ({ path: paths[0] ?? '', message: `nobody uses the label ${name}` })),
  ];
}

function lost(file: SourceFile, pattern: RegExp, isKnown: (name: string) => boolean, what: string): readonly Finding[] {
  return [...file.text.matchAll(pattern)]
    .filter((use) => !isKnown(use[1] ?? ''))
    .map((use) => ({
      path: file.path,
      line: lineAt(file.text, use.index),
      message: `there is no ${what} ${use[1] ?? ''}`,
    }));
}

/** `c/x` in a module, `<c-x>` in a template. */
function componentProblems(file: SourceFile, index: PackageIndex): readonly Finding[] {
  const isKnown = (name: string): boolean => index.components.has(camelCase(name));
  const pattern = file.path.endsWith('.html') ? /<c-([a-z0-9-]+)/g : /from 'c\/(\w+)'/g;
  return /\/lwc\//.test(file.path) ? lost(file, pattern, isKnown, 'component') : [];
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** A custom object or field that Apex names must be one of the package's; which object has it is the compiler's affair. */
function apexNameProblems(file: SourceFile, names: ReadonlySet<string>): readonly Finding[] {
  if (!/\.(cls|trigger)$/.test(file.path)) return [];
  return lost(file, /\b(\w+__(?:c|mdt|e))\b/gi, (name) => names.has(name.toLowerCase()), 'custom object or field');
}

function customNames(index: PackageIndex): ReadonlySet<string> {
  const names = [...index.objects].flatMap(([object, fields]) => [object, ...fields.keys()]);
  return new Set(names.map((name) => name.toLowerCase()));
}

/** `Class.method` of every method that components may call. */
function auraMethods(sources: readonly SourceFile[]): ReadonlySet<string> {
  const method = /@AuraEnabled(?:\([^)]*\))?\s+public\s+static\s+[\w<>., ]+?\s+(\w+)\s*\(/g;
  return new Set(
    sources
      .filter((file) => file.path.endsWith('.cls'))
      .flatMap((file) => {
        const name = /([^/]+)\.cls$/.exec(file.path)?.[1] ?? '';
        return [...file.text.matchAll(method)].map((found) => `${name}.${found[1] ?? ''}`);
      }),
  );
}

function isField(name: string, index: PackageIndex): boolean {
  const [object = '', field] = name.split('.');
  const fields = index.objects.get(object);
  const isStandard = !/__[a-z]+$/.test(field ?? object);
  return isStandard || (field === undefined ? fields !== undefined : fields?.has(field) === true);
}
