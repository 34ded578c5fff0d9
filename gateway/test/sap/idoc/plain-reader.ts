/** A reader of IDocs without checks, limits or streams, on other foundations: what the fuzzing compares with. */
import { SaxesParser } from 'saxes';
import { controlLayout, layoutOf } from './written-idocs.ts';

interface Element {
  readonly name: string;
  readonly isMarked: boolean;
  readonly children: Element[];
  text: string;
}

export interface PlainIdoc {
  readonly control: Readonly<Record<string, string>>;
  readonly segments: { name: string; parent: number | null; fields: Record<string, string>; raw?: string }[];
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const cut = (text: string): string => text.replace(/ +$/, '');

/** The IDOC elements of a document that are closed before saxes finds a mistake, and whether it found none. */
export function readXmlPlainly(document: string): { idocs: PlainIdoc[]; isWellFormed: boolean } {
  const idocs: PlainIdoc[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  const found = { isWellFormed: true };
  parser.on('error', () => (found.isWellFormed = false));
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name: local(name), isMarked: 'SEGMENT' in attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    const isBelowRoot = open.length === 1 || open.length === 3;
    if (found.isWellFormed && element?.name === 'IDOC' && isBelowRoot) idocs.push(toIdoc(element));
  });
  // Character by character would be slow; in one piece, a mistake would hide what was whole before it.
  for (const piece of document.split(/(?<=>)/)) if (found.isWellFormed) parser.write(piece);
  if (found.isWellFormed) parser.close();
  return { idocs, ...found };
}

function toIdoc({ children: [head, ...rest] }: Element): PlainIdoc {
  const found = new Map(head?.children.map(({ name, text }) => [name, text.trim()]));
  const control = Object.fromEntries(controlLayout.map(([name]) => [name, found.get(name) ?? '']));
  control.DOCNUM = /^\d+$/.test(control.DOCNUM ?? '')
    ? (control.DOCNUM ?? '').padStart(16, '0')
    : (control.DOCNUM ?? '');
  const segments: PlainIdoc['segments'] = [];
  const add = (element: Element, parent: number | null): void => {
    const place = segments.length;
    const fields: Record<string, string> = {};
    segments.push({ name: element.name.replaceAll('_-', '/'), parent, fields });
    for (const child of element.children) {
      if (child.isMarked || child.children.length > 0) add(child, place);
      else fields[child.name.replaceAll('_-', '/')] = cut(child.text);
    }
  };
  for (const each of rest) add(each, null);
  return { control, segments };
}

/** The IDocs of a flat file with lines, taken at their word: each line a record, each record sliced by its layout. */
export function readFlatPlainly(text: string): PlainIdoc[] {
  const idocs: PlainIdoc[] = [];
  const numbers = new Map<string, number>();
  for (const line of text.split('\n').map((each) => each.replace(/\r$/, ''))) {
    const current = idocs.at(-1);
    if (line.startsWith('EDI_DC')) {
      idocs.push({ control: slice(line, controlLayout, true), segments: [] });
      numbers.clear();
    } else if (current !== undefined && line.length >= 63) {
      const parent = numbers.get(line.slice(55, 61)) ?? null;
      numbers.set(line.slice(49, 55), current.segments.length);
      current.segments.push({ parent, ...plainSegment(cut(line.slice(0, 30)), line.slice(63)) });
    }
  }
  return idocs;
}

function plainSegment(definition: string, data: string): Omit<PlainIdoc['segments'][number], 'parent'> {
  const candidates = [definition, definition.replace(/2/, '1'), definition.replace(/2/, '1').replace(/\d{3}$/, '')];
  const known = candidates.find((each) => layoutOf(each).length > 0);
  const isDefinition = /^(?:[EZY]|\/[A-Z0-9_]+\/)2[A-Z0-9_]/.test(definition);
  const name =
    known ?? (isDefinition ? definition.replace(/^([EZY]|\/[A-Z0-9_]+\/)2/, '$11').replace(/\d{3}$/, '') : definition);
  const layout = known === undefined ? [] : layoutOf(known);
  const length = layout.reduce((sum, [, each]) => sum + each, 0);
  const fields = Object.fromEntries(Object.entries(slice(data, layout, false)).filter(([, value]) => value !== ''));
  return cut(data.slice(length)) === '' ? { name, fields } : { name, fields, raw: cut(data) };
}

function slice(
  text: string,
  layout: readonly (readonly [string, number])[],
  isTrimmed: boolean,
): Record<string, string> {
  let start = 0;
  return Object.fromEntries(
    layout.map(([name, length]) => {
      const value = text.slice(start, start + length);
      start += length;
      return [name, isTrimmed ? value.trim() : cut(value)];
    }),
  );
}
