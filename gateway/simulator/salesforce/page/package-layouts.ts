/** The package's own page layouts, list views and compact layouts, so that its objects look as it says. */
import { basename } from 'node:path';
import { childrenOf, readMetadata, textOf } from '../org/metadata-xml.ts';
import type { MetadataElement } from '../org/metadata-xml.ts';
import type { Layout, RelatedLayout } from './layouts.ts';

const icon = 'standard:record';
/** Salesforce's highlights panel has seven fields, the name among them. */
const maxHighlights = 6;

const texts = (parent: MetadataElement, name: string): string[] =>
  childrenOf(parent, name).map((child) => child.text.trim());
const isField = (name: string): boolean => !/^name$/i.test(name);

function sectionsOf(layout: MetadataElement): Layout['sections'] {
  return childrenOf(layout, 'layoutSections').map((section) => ({
    label: textOf(section, 'label') ?? '',
    fields: childrenOf(section, 'layoutColumns')
      .flatMap((column) => childrenOf(column, 'layoutItems'))
      .flatMap((item) => textOf(item, 'field') ?? []),
  }));
}

function relatedOf(layout: MetadataElement): RelatedLayout[] {
  return childrenOf(layout, 'relatedLists').map((list) => {
    const [object = '', lookup = ''] = (textOf(list, 'relatedList') ?? '').split('.');
    return { object, lookup, columns: texts(list, 'fields').filter(isField), isHiddenWhenEmpty: true };
  });
}

/** Fields by object, from files of the decomposed object. */
function fieldsByObject(folder: string, pattern: string, element: string): Map<string, string[]> {
  const files = readMetadata(folder, pattern);
  return new Map(
    files.map(({ path, root }) => [path.split('/').at(-3) ?? '', texts(root, element).filter(isField)] as const),
  );
}

/** Layouts by the object's name in the package. */
export function readPackageLayouts(folder: string): ReadonlyMap<string, Layout> {
  const lists = fieldsByObject(folder, '**/objects/*/listViews/All.listView-meta.xml', 'columns');
  const compact = fieldsByObject(folder, '**/objects/*/compactLayouts/*.compactLayout-meta.xml', 'fields');
  const layouts = readMetadata(folder, '**/layouts/*.layout-meta.xml').map(({ path, root }) => {
    const object = basename(path).split('-')[0] ?? '';
    const sections = sectionsOf(root);
    const first = sections[0]?.fields.filter(isField) ?? [];
    const highlights = (compact.get(object) ?? first).slice(0, maxHighlights);
    const list = lists.get(object) ?? highlights;
    const layout: Layout = {
      icon,
      list,
      subtitle: list[0] ?? 'CreatedDate',
      nameField: 'Name',
      highlights,
      sections,
      related: relatedOf(root),
    };
    return [object, layout] as const;
  });
  return new Map(layouts);
}
