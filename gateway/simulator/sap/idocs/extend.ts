/** Extensions: a segment of the customer's own below segments that SAP delivers. */
import { createLayout } from './segment-layouts.ts';
import { createSegment } from './segment.ts';
import type { Segment } from './segment.ts';
import type { Extension } from './settings.ts';

/** Adds the extension's segment below every segment it belongs to. */
export function extend(segments: Iterable<Segment>, extension: Extension): readonly Segment[] {
  const layout = createLayout(
    extension.segment,
    Object.entries(extension.fields)
      .map(([name, value]) => `${name}:${Math.max(value.length, 1)}`)
      .join(' '),
    '000',
  );
  const own = createSegment(layout, extension.fields);
  const visit = (segment: Segment): Segment => {
    const children = [...segment.children].map(visit);
    return { ...segment, children: segment.layout.type === extension.under ? [...children, own] : children };
  };
  return [...segments].map(visit);
}
