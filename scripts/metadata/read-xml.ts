/** Reads the XML of metadata files strictly: what Salesforce would refuse as malformed is refused here too. */

/** An element with where it stands; comments are gone. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its text, without blanks at the ends; empty where it has children. */
  readonly text: string;
  readonly line: number;
}

/** Malformed XML, and where. */
export class XmlProblem extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'XmlProblem';
    this.line = line;
  }
}

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

const namePattern = String.raw`[A-Za-z_][\w.:-]*`;
/** One token at a time: comment, processing instruction, CDATA, tag, or text. */
const token = new RegExp(
  String.raw`<!--(?<comment>[\s\S]*?)-->|<\?[\s\S]*?\?>|<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>` +
    String.raw`|<(?<closing>/)?(?<name>${namePattern})(?<attributes>(?:\s+${namePattern}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>/)?>` +
    String.raw`|(?<text>[^<]+)`,
  'y',
);
const attribute = new RegExp(String.raw`(${namePattern})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root element; throws XmlProblem. */
export function readXml(source: string): XmlElement {
  const open: OpenElement[] = [{ name: '', attributes: new Map(), children: [], line: 1, text: '' }];
  const pattern = new RegExp(token);
  const reader = { position: 0, line: 1 };
  while (reader.position < source.length) {
    pattern.lastIndex = reader.position;
    const found = pattern.exec(source);
    if (found === null) throw new XmlProblem('this is not well-formed XML', reader.line);
    take(open, found.groups ?? {}, reader.line);
    reader.position = pattern.lastIndex;
    reader.line += found[0].split('\n').length - 1;
  }
  const [document, unclosed] = open;
  if (unclosed !== undefined) throw new XmlProblem(`<${unclosed.name}> is not closed`, unclosed.line);
  const [root, second] = document?.children ?? [];
  if (root === undefined || second !== undefined) throw new XmlProblem('a file has exactly one root element', 1);
  return root;
}

function take(open: OpenElement[], part: Readonly<Record<string, string | undefined>>, line: number): void {
  const current = open.at(-1);
  if (current === undefined) throw new XmlProblem('nothing is open here', line);
  if (part['cdata'] !== undefined) current.text += part['cdata'];
  if (part['text'] !== undefined) takeText(current, decode(part['text'], line), open.length === 1, line);
  const name = part['name'];
  if (name === undefined) return;
  if (part['closing'] !== undefined) {
    if (current.name !== name) throw new XmlProblem(`</${name}> closes <${current.name}>`, line);
    close(open);
    return;
  }
  open.push({ name, attributes: readAttributes(part['attributes'] ?? '', line), children: [], line, text: '' });
  if (part['empty'] !== undefined) close(open);
}

function takeText(current: OpenElement, text: string, isOutside: boolean, line: number): void {
  if (isOutside && text.trim() !== '' && text.trim() !== '\uFEFF') throw new XmlProblem('text outside the root', line);
  current.text += text;
}

function close(open: OpenElement[]): void {
  const done = open.pop();
  if (done === undefined) return;
  const text = done.text.trim();
  if (done.children.length > 0 && text !== '')
    throw new XmlProblem(`text between the elements of <${done.name}>`, done.line);
  open.at(-1)?.children.push({ ...done, text });
}

function readAttributes(source: string, line: number): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of source.matchAll(attribute)) {
    if (attributes.has(name)) throw new XmlProblem(`the attribute ${name} stands twice`, line);
    attributes.set(name, decode(double ?? single ?? '', line));
  }
  return attributes;
}

function decode(text: string, line: number): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+)?;?/g, (whole, name: string | undefined) => {
    const known = name === undefined || !whole.endsWith(';') ? undefined : (entities[name] ?? numbered(name));
    if (known === undefined) throw new XmlProblem(`${whole} is no entity; write &amp; for &`, line);
    return known;
  });
}

function numbered(name: string): string | undefined {
  if (!name.startsWith('#')) return undefined;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The children of this name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of this name; empty when there is none. */
export function textOf(element: XmlElement, name: string): string {
  return childrenOf(element, name)[0]?.text ?? '';
}

/** Every element of this name, however deep. */
export function deepOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...deepOf(child, name)]);
}
