/** Follows what record pages, layouts and quick actions refer to. */
import type { Finding } from '../finding.ts';
import type { FieldShape, MetadataFile, PackageIndex } from './package-index.ts';
import { baseName } from './package-index.ts';
import { deepOf, textOf } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';

/** Every reference of pages, layouts and actions that leads nowhere. */
export function findPageProblems(index: PackageIndex): readonly Finding[] {
  return index.files.flatMap((file) => {
    if (file.root.name === 'FlexiPage') return flexiPageProblems(file, index);
    if (file.root.name === 'QuickAction') return quickActionProblems(file, index);
    return file.root.name === 'Layout' ? layoutProblems(file, index) : [];
  });
}

function flexiPageProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  const object = textOf(file.root, 'sobjectType');
  const instances = deepOf(file.root, 'componentInstance');
  const regions = new Set(
    file.root.children.filter((each) => each.name === 'flexiPageRegions').map((each) => textOf(each, 'name')),
  );
  const identifiers = instances.map((instance) => textOf(instance, 'identifier'));
  const repeated = identifiers.filter((name, at) => identifiers.indexOf(name) !== at);
  const lost = deepOf(file.root, 'componentInstanceProperties').filter(
    (property) => ['body', 'tabs'].includes(textOf(property, 'name')) && !regions.has(textOf(property, 'value')),
  );
  return [
    ...instances.flatMap((instance) => instanceProblems(file, instance, object, index)),
    ...repeated.map((name) => ({ path: file.path, message: `the identifier ${name} stands twice` })),
    ...lost.map((property) => ({
      path: file.path,
      line: property.line,
      message: `there is no region ${textOf(property, 'value')}`,
    })),
  ];
}

function instanceProblems(
  file: MetadataFile,
  instance: XmlElement,
  object: string,
  index: PackageIndex,
): readonly Finding[] {
  const name = textOf(instance, 'componentName');
  // Salesforce's own components carry a namespace: force:detailPanel, flexipage:tabset.
  if (name.includes(':')) return [];
  const component = index.components.get(name);
  const at = (message: string): readonly Finding[] => [{ path: file.path, line: instance.line, message }];
  if (component === undefined) return at(`there is no component ${name}`);
  if (!component.isExposed) return at(`the component ${name} is not exposed`);
  const target = `lightning__${textOf(file.root, 'type')}`;
  if (!component.targets.has(target)) return at(`the component ${name} has no target ${target}`);
  // Only record pages have an object.
  if (target !== 'lightning__RecordPage') return [];
  const fits = component.objects.size === 0 || component.objects.has(object);
  return fits ? [] : at(`the component ${name} is not for ${object}`);
}

function quickActionProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  if (textOf(file.root, 'type') !== 'LightningWebComponent') return [];
  const name = textOf(file.root, 'lightningWebComponent');
  const component = index.components.get(name);
  const subtype = textOf(file.root, 'actionSubtype');
  const at = (message: string): readonly Finding[] => [{ path: file.path, message }];
  if (component === undefined) return at(`there is no component ${name}`);
  if (!component.isExposed) return at(`the component ${name} is not exposed`);
  if (!component.targets.has('lightning__RecordAction'))
    return at(`the component ${name} has no target lightning__RecordAction`);
  return component.actionType === subtype ? [] : at(`${name} is a ${component.actionType}, the action a ${subtype}`);
}

function layoutProblems(file: MetadataFile, index: PackageIndex): readonly Finding[] {
  const object = baseName(file.path).split('-')[0] ?? '';
  const fields = index.objects.get(object);
  if (fields === undefined) return [{ path: file.path, message: `there is no object ${object}` }];
  const items = deepOf(file.root, 'layoutItems');
  const unknown = items.filter((item) => textOf(item, 'field').endsWith('__c') && !fields.has(textOf(item, 'field')));
  // Salesforce refuses a layout that leaves a required field out, or lets it be empty.
  const demanded = new Set(
    items.filter((item) => textOf(item, 'behavior') === 'Required').map((item) => textOf(item, 'field')),
  );
  const lacking = [...fields].filter(([name, shape]) => isDemanded(shape) && !demanded.has(name));
  return [
    ...unknown.map((item) => ({
      path: file.path,
      line: item.line,
      message: `${object} has no field ${textOf(item, 'field')}`,
    })),
    ...lacking.map(([name]) => ({ path: file.path, message: `the layout must hold ${name} as required` })),
  ];
}

function isDemanded(shape: FieldShape): boolean {
  return shape.isRequired || shape.type === 'MasterDetail';
}
