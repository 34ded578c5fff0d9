/** Keeps change pointers and IDocs in a file beside the committed changes, so that a killed simulator comes back with them. */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { ChangePointer, ChangePointers } from './change-pointers.ts';
import type { IdocStore } from './idoc-store.ts';
import type { Idoc, StatusRecord } from './idoc.ts';
import { createLayout, layoutOf } from './segment-layouts.ts';
import type { SegmentLayout } from './segment-layouts.ts';
import type { Segment } from './segment.ts';

/** One thing that happened. */
export type AleEntry =
  | { readonly kind: 'pointer'; readonly pointer: ChangePointer }
  | { readonly kind: 'processed'; readonly messageType: string }
  | { readonly kind: 'idoc'; readonly idoc: Idoc }
  | { readonly kind: 'status'; readonly number: string; readonly record: StatusRecord }
  | { readonly kind: 'delivery'; readonly number: string };

export type RecordEntry = (entry: AleEntry) => void;

/** Where entries go. */
export interface AleJournal {
  readonly record: RecordEntry;
  readonly close: () => void;
}

/** For a system that forgets. */
export const noJournal: AleJournal = { record: () => undefined, close: () => undefined };

/** A segment without its layout: those that SAP delivers have one by their name, extensions bring theirs along. */
interface WrittenSegment {
  readonly type: string;
  readonly fields?: string;
  readonly values: Segment['values'];
  readonly cleared?: readonly string[];
  readonly children: readonly WrittenSegment[];
}

function isDelivered(type: string): boolean {
  return type.startsWith('E1');
}

function toWritten({ layout, values, cleared, children }: Segment): WrittenSegment {
  const notation = layout.fields.map(({ name, length }) => `${name}:${length}`).join(' ');
  return {
    type: layout.type,
    ...(isDelivered(layout.type) ? {} : { fields: notation }),
    values,
    ...(cleared === undefined ? {} : { cleared }),
    children: [...children].map(toWritten),
  };
}

function toSegment({ type, fields, values, cleared, children }: WrittenSegment): Segment {
  const layout: SegmentLayout = fields === undefined ? layoutOf(type) : createLayout(type, fields, '000');
  return { layout, values, ...(cleared === undefined ? {} : { cleared }), children: children.map(toSegment) };
}

function toLine(entry: AleEntry): string {
  if (entry.kind !== 'idoc') return JSON.stringify(entry);
  return JSON.stringify({ ...entry, idoc: { ...entry.idoc, segments: entry.idoc.segments.map(toWritten) } });
}

function fromLine(line: string): AleEntry {
  // Our own lines, written above.
  const entry = JSON.parse(line) as AleEntry;
  if (entry.kind !== 'idoc') return entry;
  const segments = (entry.idoc.segments as unknown as readonly WrittenSegment[]).map(toSegment);
  return { ...entry, idoc: { ...entry.idoc, segments } };
}

/** What the file holds; a line without its end was cut by a crash. */
function readEntries(path: string): readonly AleEntry[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  return whole.split('\n').slice(0, -1).map(fromLine);
}

/** Brings back what the file holds; before the journal is opened, so that nothing is written twice. */
export function restore(path: string, pointers: ChangePointers, store: IdocStore): void {
  for (const entry of readEntries(path)) {
    if (entry.kind === 'pointer') pointers.add(entry.pointer);
    else if (entry.kind === 'processed') pointers.process(entry.messageType);
    else store.restore(entry);
  }
}

/** Writes what happens from now on. The system may be killed, not the machine: nothing waits for the disk. */
export function openAleJournal(path: string): AleJournal {
  const file = openSync(path, 'a');
  return { record: (entry) => void writeSync(file, `${toLine(entry)}\n`), close: () => closeSync(file) };
}
