/** The layouts of segments: which fields, how long, in which order, as transaction WE60 would show them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface SegmentField {
  readonly name: string;
  readonly length: number;
}

export interface SegmentLayout {
  /** Segment type, as XML and RFC name it: E1KNA1M. */
  readonly type: string;
  /** Segment definition with its version, as files name it: E2KNA1M005. */
  readonly definition: string;
  readonly fields: readonly SegmentField[];
  readonly byName: ReadonlyMap<string, SegmentField>;
}

/** SDATA of a data record; SAP allows no segment beyond it. */
export const maxSegmentLength = 1000;

const file = z.record(z.string(), z.strictObject({ version: z.string().optional(), fields: z.string() }));

function toDefinition(type: string, version: string): string {
  // Extensions of the customer are named alike in both: Z1KNA1M, Z2KNA1M000.
  return `${type.slice(0, 1)}2${type.slice(2)}${version}`;
}

/** Builds a layout of fields such as `MSGFN:3 KUNNR:10`. */
export function createLayout(type: string, notation: string, version = ''): SegmentLayout {
  const fields = notation.split(' ').map((part) => {
    const [name = '', length = ''] = part.split(':');
    return { name, length: Number(length) };
  });
  const total = fields.reduce((sum, it) => sum + it.length, 0);
  if (!Number.isInteger(total) || total > maxSegmentLength) throw new Error(`segment ${type} cannot be ${total} long`);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return { type, definition: toDefinition(type, version), fields, byName };
}

const delivered = new Map(
  Object.entries(file.parse(JSON.parse(readFileSync(new URL('./segments.json', import.meta.url), 'utf8')))).map(
    ([type, { fields, version }]) => [type, createLayout(type, fields, version)],
  ),
);

/** The layout of a segment that SAP delivers; asking for another is a mistake in the simulator. */
export function layoutOf(type: string): SegmentLayout {
  const layout = delivered.get(type);
  if (layout === undefined) throw new Error(`segment ${type} has no layout`);
  return layout;
}
