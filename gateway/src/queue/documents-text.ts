/**
 * Documents as one text, for the way between the two threads: a line of JSON with all but the fields and parents of their changes, and
 * behind it those, one after the other. They are JSON already and most of the bytes; inside the line they would be escaped, and
 * read character by character, once more. One text travels for half of what many small ones cost.
 */
import type { OrgId, SourceDocument } from '../model/index.ts';
import type { ChangeRow, DocumentRow } from './messages.ts';

type DocumentLine = readonly [
  kind: SourceDocument['kind'],
  sender: string,
  number: string,
  type: string,
  createdAt: string,
  contentHash: string,
  changes: readonly ChangeLine[],
];
type ChangeLine = readonly [
  orgs: readonly OrgId[],
  system: string,
  kind: string,
  id: string,
  facet: string,
  order: string,
  isRemoved: boolean,
  fieldsLength: number,
  parentsLength: number,
];

export function toDocumentsText(rows: readonly DocumentRow[]): string {
  let text = `${JSON.stringify(rows.map(toLine))}\n`;
  // Strings that are added up are copied once, when they leave for the other thread.
  for (const { changes } of rows) for (const { fields, parents } of changes) text += fields + parents;
  return text;
}

/** Back. No more is checked than of every message between the two threads: the other one has just written it. */
export function fromDocumentsText(text: string): readonly DocumentRow[] {
  // JSON has no line break in it.
  let end = text.indexOf('\n');
  const lines: unknown = JSON.parse(text.slice(0, end));
  if (!areLines(lines)) throw new TypeError('Documents come as a list');
  end += 1;
  const next = (length: number): string => {
    end += length;
    return text.slice(end - length, end);
  };
  return lines.map((line) => fromLine(line, next));
}

const areLines = (value: unknown): value is readonly DocumentLine[] => Array.isArray(value);

const toLine = ({ source, contentHash, changes }: DocumentRow): DocumentLine => {
  const { kind, sender, number, type, createdAt } = source;
  return [kind, sender, number, type, createdAt, contentHash, changes.map(toChangeLine)];
};

const toChangeLine = ({ orgs, system, kind, id, facet, order, isRemoved, fields, parents }: ChangeRow): ChangeLine => [
  orgs,
  system,
  kind,
  id,
  facet,
  order,
  isRemoved,
  fields.length,
  parents.length,
];

type NextText = (length: number) => string;

function fromLine(line: DocumentLine, next: NextText): DocumentRow {
  const [kind, sender, number, type, createdAt, contentHash, changes] = line;
  const source = { kind, sender, number, type, createdAt };
  return { source, contentHash, changes: changes.map((change) => fromChangeLine(change, next)) };
}

function fromChangeLine(line: ChangeLine, next: NextText): ChangeRow {
  const [orgs, system, kind, id, facet, order, isRemoved, fieldsLength, parentsLength] = line;
  // In the order in which they were written.
  const fields = next(fieldsLength);
  const parents = next(parentsLength);
  return { orgs, system, kind, id, facet, order, fields, parents, isRemoved };
}
