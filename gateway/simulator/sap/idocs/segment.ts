/** One segment of an IDoc with its fields and the segments below it. */
import { layoutOf } from './segment-layouts.ts';
import type { SegmentLayout } from './segment-layouts.ts';

export type FieldValues = Readonly<Record<string, string | undefined>>;

export interface Segment {
  readonly layout: SegmentLayout;
  /** Only what is not blank. */
  readonly values: FieldValues;
  /** Read more than once, and may be made up while it is read: a huge document is never in memory. */
  readonly children: Iterable<Segment>;
  /** Fields that a reduced message type does send although they are blank: SAP means "cleared". */
  readonly cleared?: readonly string[];
}

/** What a field takes of a value, as a MOVE in ABAP does: what is too long is cut, trailing blanks do not count. */
function fit(value: string, length: number): string {
  return value.slice(0, length).trimEnd();
}

/** Builds a segment of any layout; a field the layout lacks is a mistake in the simulator. */
export function createSegment(layout: SegmentLayout, values: FieldValues, children: Iterable<Segment> = []): Segment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = layout.byName.get(name);
    if (field === undefined) throw new Error(`segment ${layout.type} has no field ${name}`);
    const text = fit(value ?? '', field.length);
    if (text !== '') kept[name] = text;
  }
  return { layout, values: kept, children };
}

/** Builds a segment that SAP delivers. */
export function segment(type: string, values: FieldValues, children: Iterable<Segment> = []): Segment {
  return createSegment(layoutOf(type), values, children);
}
