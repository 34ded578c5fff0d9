/** Metadata files of a package as trees of elements. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';

/** One element. */
export interface MetadataElement {
  readonly name: string;
  readonly children: MetadataElement[];
  /** `xsi:type`, for the values of custom metadata. */
  readonly type: string;
  text: string;
}

function parse(source: string, path: string): MetadataElement {
  const document: MetadataElement = { name: '', children: [], text: '', type: '' };
  const open = [document];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  parser.on('opentag', (tag) => {
    const element: MetadataElement = { name: tag.name, children: [], text: '', type: tag.attributes['xsi:type'] ?? '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(source).close();
  const root = document.children[0];
  if (root === undefined) throw new Error(`${path}: the file is empty`);
  return root;
}

/** One metadata file. */
export interface MetadataFile {
  /** Relative to the package's folder. */
  readonly path: string;
  readonly root: MetadataElement;
}

/** Every file below `folder` that fits the pattern, in order of path. */
export const readMetadata = (folder: string, pattern: string): MetadataFile[] =>
  globSync(pattern, { cwd: folder })
    .sort()
    .map((path) => ({ path, root: parse(readFileSync(join(folder, path), 'utf8'), path) }));

/** The children of one name. */
export const childrenOf = (parent: MetadataElement, name: string): MetadataElement[] =>
  parent.children.filter((child) => child.name === name);

/** The text of the first child of one name; null where there is none. */
export const textOf = (parent: MetadataElement, name: string): string | null =>
  childrenOf(parent, name)[0]?.text.trim() ?? null;
