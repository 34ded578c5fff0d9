/** What orders, deliveries and invoices share: partners, references to other records, sums. */
import type { FieldValue, RecordKey } from '../../model/index.ts';
import { add, formatDecimal } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import { customer, readFigure, readNumber } from './readers.ts';
import { invalidValue } from './record.ts';
import type { SegmentNode } from './segment-tree.ts';
import { keyOf } from './translation.ts';
import type { Translation } from './translation.ts';

/** Fields of a record and what they refer to, while it is put together. */
export class DocumentRecord {
  readonly fields: Record<string, FieldValue>;
  readonly parents: RecordKey[] = [];

  constructor(fields: Record<string, FieldValue>) {
    this.fields = fields;
  }

  /** A path that refers to another record; nothing where there is none, not said where it is not known. */
  refer(path: string, key: RecordKey | null | undefined): this {
    if (key === undefined) return this;
    this.fields[path] = key?.id ?? null;
    if (key !== null) this.parents.push(key);
    return this;
  }

  /** A path that is not read from one field; undefined: not said. */
  set(path: string, value: FieldValue | undefined): this {
    if (value !== undefined) this.fields[path] = value;
    return this;
  }
}

/** The segment with this qualifier. */
export function qualified(
  nodes: readonly SegmentNode[],
  name: string,
  qualifier: string,
  value: string,
): SegmentNode | undefined {
  return nodes.find((it) => it.name === name && it.text(qualifier) === value);
}

/** The number of the document; throws where it is missing: without it nothing can be kept. */
export function documentNumber(node: SegmentNode | undefined, field: string, root: SegmentNode): string {
  const number = node === undefined ? null : readNumber(node.text(field), 10, node, field);
  if (number === null || number === '') throw invalidValue(node ?? root, field, 'document number');
  return number;
}

/** The item number, six digits. */
export function itemNumber(node: SegmentNode, field: string): string {
  const number = readNumber(node.text(field), 6, node, field);
  if (number === null || number === '') throw invalidValue(node, field, 'item number');
  return number;
}

/** The customer in one of these roles, the first that is there. */
export function partnerIn(
  nodes: readonly SegmentNode[],
  { segment, role, number }: { readonly segment: string; readonly role: string; readonly number: string },
  roles: readonly string[],
  translation: Translation,
): RecordKey | undefined {
  for (const wanted of roles) {
    const node = qualified(nodes, segment, role, wanted);
    const found = node === undefined ? undefined : customer.read(node, number, translation);
    if (typeof found === 'string') return keyOf(translation, 'customer', found);
  }
  return undefined;
}

/** The material of an item: as a text, and as the product it refers to. */
export function referToMaterial(
  record: DocumentRecord,
  node: SegmentNode | undefined,
  field: string,
  translation: Translation,
): void {
  const said = node?.said(field);
  if (node === undefined || said === undefined) return;
  const number = said === '' ? null : readNumber(said, 18, node, field, 40);
  record.set('material', number).refer('product', number === null ? null : keyOf(translation, 'product', number));
}

/** The document and item that an item refers to, where both are there. */
export function referenceOf(
  node: SegmentNode | undefined,
  [document, item]: readonly [string, string],
): readonly [document: string, item: string] | undefined {
  if (node === undefined) return undefined;
  const number = readNumber(node.text(document), 10, node, document);
  const place = readNumber(node.text(item), 6, node, item);
  return number === null || number === '' || place === null || place === '' ? undefined : [number, place];
}

/** The one order of all items: null where they are of several, or of none. */
export function commonOrder(
  references: readonly (readonly [string, string] | undefined)[],
  translation: Translation,
): RecordKey | null {
  const orders = new Set(references.map((it) => it?.[0]));
  const [only] = orders;
  return orders.size === 1 && only !== undefined ? keyOf(translation, 'order', only) : null;
}

/** The sum of a field over segments; null where none has it. */
export function sumOf(nodes: readonly SegmentNode[], field: string): string | null {
  const figures = nodes.map((it) => readFigure(it, field)).filter((it) => it !== null && it !== undefined);
  const [first, ...others] = figures;
  return first === undefined ? null : formatDecimal(others.reduce<Decimal>(add, first));
}
