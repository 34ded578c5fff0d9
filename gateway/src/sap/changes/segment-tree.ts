/** The segments of an IDoc as a tree, and the rule of what a blank field means. */
import { GatewayError } from '../../errors/index.ts';
import type { Idoc, IdocSegment } from '../idoc/index.ts';
import type { SapRecord } from './record.ts';

/** SAP's "not sent" in a field of a reduced message. */
const noData = '/';
/** One might be somebody's text; a reduced segment is full of them. */
const enoughSigns = 2;

/**
 * What is blank or missing in a segment that came:
 * - in a whole message it is empty in SAP: XML ports leave blank fields out, flat files cannot but show blanks;
 * - in a reduced one it was not sent, unless the segment marks what it does not send with `/`: then blank is empty;
 * - an empty XML element is empty, `/` was not sent, always.
 */
export class SegmentNode implements SapRecord {
  readonly name: string;
  readonly children: SegmentNode[] = [];
  readonly #fields: IdocSegment['fields'];
  readonly #isBlankEmpty: boolean;

  constructor({ name, fields }: IdocSegment, isWhole: boolean) {
    this.name = name;
    this.#fields = fields;
    this.#isBlankEmpty = isWhole || marksUnsent(fields);
  }

  said(field: string): string | undefined {
    const text = this.#fields[field]?.trim();
    if (text === undefined) return this.#isBlankEmpty ? '' : undefined;
    return text === noData ? undefined : text;
  }

  /** Its text, or empty where there is none or it was not sent: for what identifies and qualifies. */
  text(field: string): string {
    return this.said(field) ?? '';
  }

  all(name: string): readonly SegmentNode[] {
    return this.children.filter((child) => child.name === name);
  }
}

function marksUnsent(fields: IdocSegment['fields']): boolean {
  let signs = 0;
  for (const field in fields) if (fields[field] === noData) signs += 1;
  return signs >= enoughSigns;
}

/** The segments at the top, with all others below them. */
export function treeOf({ segments }: Idoc, isWhole: boolean): readonly SegmentNode[] {
  const nodes = segments.map((segment) => new SegmentNode(segment, isWhole));
  const roots: SegmentNode[] = [];
  segments.forEach(({ parent }, place) => {
    const node = nodes[place];
    const above = parent === null ? undefined : nodes[parent];
    if (node !== undefined) (above?.children ?? roots).push(node);
  });
  return roots;
}

/** The segments of this name at the top; throws where there is none, because then there is nothing to understand. */
export function rootsOf(tree: readonly SegmentNode[], name: string): readonly SegmentNode[] {
  const roots = tree.filter((node) => node.name === name);
  if (roots.length === 0) throw new GatewayError('IDOC_MALFORMED', { reason: `it has no segment ${name}` });
  return roots;
}
