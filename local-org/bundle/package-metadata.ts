/** What the page takes from the package's metadata: labels, quick actions, and which component stands where on a page. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { elements, parseXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One component on a record page. */
interface PlacedComponent {
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
  /** The facet a container (tab set, tab) shows. */
  readonly visibleWith: string | null;
}

/** One record page or, where it has no object, app page: regions and facets by name. */
interface LightningPage {
  readonly name: string;
  readonly label: string;
  readonly isAppPage: boolean;
  readonly object: string;
  readonly template: string;
  readonly regions: Readonly<Record<string, readonly PlacedComponent[]>>;
}

/** One quick action that opens a component. */
interface QuickAction {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly component: string;
}

const readAll = (root: string, pattern: string): { path: string; root: XmlElement }[] =>
  globSync(pattern, { cwd: root })
    .sort()
    .map((path) => ({ path, root: parseXml(readFileSync(join(root, path), 'utf8')) }));

function readLabels(root: string): Map<string, string> {
  const files = readAll(root, 'force-app/main/**/labels/*.labels-meta.xml');
  return new Map(
    files.flatMap((file) =>
      elements(file.root, 'labels').map((label) => [textOf(label, 'fullName'), textOf(label, 'value')] as const),
    ),
  );
}

function placedComponent(instance: XmlElement): PlacedComponent {
  const properties = elements(instance, 'componentInstanceProperties').map(
    (property) => [textOf(property, 'name'), textOf(property, 'value')] as const,
  );
  const rule = elements(instance, 'visibilityRule').flatMap((r) => elements(r, 'criteria'))[0];
  const permission = /^\{!\$Permission\.CustomPermission\.(\w+)\}$/.exec(
    rule === undefined ? '' : textOf(rule, 'leftValue'),
  );
  return {
    component: textOf(instance, 'componentName'),
    properties: Object.fromEntries(properties),
    visibleWith: permission?.[1] ?? null,
  };
}

function readPage(path: string, page: XmlElement): LightningPage {
  const regions = elements(page, 'flexiPageRegions').map((region) => {
    const placed = elements(region, 'itemInstances').flatMap((item) => elements(item, 'componentInstance'));
    return [textOf(region, 'name'), placed.map(placedComponent)] as const;
  });
  const template = elements(page, 'template')[0];
  return {
    name: basename(path, '.flexipage-meta.xml'),
    label: textOf(page, 'masterLabel'),
    isAppPage: textOf(page, 'type') === 'AppPage',
    object: textOf(page, 'sobjectType'),
    template: template === undefined ? '' : textOf(template, 'name'),
    regions: Object.fromEntries(regions),
  };
}

function readQuickActions(root: string): QuickAction[] {
  return readAll(root, 'force-app/main/**/quickActions/*.quickAction-meta.xml').map((file) => {
    const [object = '', name = ''] = basename(file.path).split('.');
    return { object, name, label: textOf(file.root, 'label'), component: textOf(file.root, 'lightningWebComponent') };
  });
}

/** `c:creditPanel` and `creditPanel` are the same component; standard ones keep their prefix. */
const productName = (component: string): string => component.replace(/^c[:/]/, '');

/** Reads the metadata below `root`; `product` are the components that exist. */
export function packageMetadata(root: string, product: ReadonlyMap<string, string>) {
  const pages = readAll(root, 'force-app/main/**/flexipages/*.flexipage-meta.xml').map((file) =>
    readPage(file.path, file.root),
  );
  const actions = readQuickActions(root);
  const used = [
    ...pages.flatMap((page) =>
      Object.values(page.regions)
        .flat()
        .map((placed) => productName(placed.component)),
    ),
    ...actions.map((action) => productName(action.component)),
  ];
  const components = [...new Set(used)].filter((name) => product.has(name));
  return {
    labels: readLabels(root),
    /** `generated/pages`: the record and app pages, the quick actions, and the classes of the components they name. */
    pageModule: (): string =>
      [
        ...components.map((name, index) => `import c${index} from 'c/${name}';`),
        `export const components = { ${components.map((name, index) => `${JSON.stringify(name)}: c${index}`).join(', ')} };`,
        `export const pages = ${JSON.stringify(pages.filter((page) => page.object !== ''))};`,
        `export const appPages = ${JSON.stringify(pages.filter((page) => page.isAppPage))};`,
        `export const quickActions = ${JSON.stringify(actions.map((a) => ({ ...a, component: productName(a.component) })))};`,
      ].join('\n'),
  };
}
