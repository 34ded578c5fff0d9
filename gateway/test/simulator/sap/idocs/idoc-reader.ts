/** Reads documents of IDocs by the format alone, so that a test sees what any receiver sees. */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: Element[];
}

/** The root element. */
export function readXml(xml: string): Element {
  const parser = new SaxesParser();
  const top: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [top];
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  const [root] = top.children;
  if (root === undefined) throw new Error('no root element');
  return root;
}

/** The IDocs of a document. */
export function idocsOf(xml: string): readonly Element[] {
  return readXml(xml).children;
}

/** Elements of this name at any depth. */
export function all(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((it) => [...(it.name === name ? [it] : []), ...all(it, name)]);
}

/** The text of a field of an element; undefined when it is not there. */
export function fieldOf(element: Element | undefined, name: string): string | undefined {
  return element?.children.find((it) => it.name === name)?.text;
}

/** Fields of the first segment of this type. */
export function fieldsOf(idoc: Element, segment: string): Readonly<Record<string, string>> {
  const [found] = all(idoc, segment);
  const fields = (found?.children ?? []).filter((it) => it.attributes['SEGMENT'] === undefined);
  return Object.fromEntries(fields.map(({ name, text }) => [name, text]));
}

/** Segments below an element, as a tree of names. */
export function shape(element: Element): readonly unknown[] {
  return element.children
    .filter((it) => it.attributes['SEGMENT'] === '1' && it.name !== 'EDI_DC40')
    .map((it) => (shape(it).length === 0 ? it.name : [it.name, shape(it)]));
}

export interface DataRecord {
  readonly segment: string;
  readonly client: string;
  readonly number: string;
  readonly own: string;
  readonly parent: string;
  readonly level: string;
  readonly data: string;
}

/** A record of 1063 characters taken apart. */
export function readRecord(line: string): DataRecord {
  return {
    segment: line.slice(0, 30).trimEnd(),
    client: line.slice(30, 33),
    number: line.slice(33, 49),
    own: line.slice(49, 55),
    parent: line.slice(55, 61),
    level: line.slice(61, 63),
    data: line.slice(63),
  };
}
