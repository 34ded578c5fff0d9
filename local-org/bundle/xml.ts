/** Metadata files as a small tree of elements. */
import { SaxesParser } from 'saxes';

/** One element: its name, its text, its children in order. */
export interface XmlElement {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** Parses a document and returns its root element; throws where it is not well-formed. */
export function parseXml(source: string): XmlElement {
  const document: XmlElement = { name: '', children: [], text: '' };
  const open: XmlElement[] = [document];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: XmlElement = { name: tag.name, children: [], text: '' };
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
  if (root === undefined) throw new Error('The metadata file is empty');
  return root;
}

/** The children of one name. */
export const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** The text of the first child of one name, or an empty string. */
export const textOf = (parent: XmlElement, name: string): string => elements(parent, name)[0]?.text.trim() ?? '';
