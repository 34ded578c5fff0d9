/** Which fields a segment has in a flat file: as data, those that come with Gangway and those a customer adds. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GatewayError } from '../../../errors/index.ts';
import { placesOf } from '../filled-fields.ts';
import type { FieldPlaces } from '../filled-fields.ts';

/** The fields of a segment; a later release may have appended more. */
export type SegmentLayout = FieldPlaces;

/** Layouts by segment type (`E1KNA1M`), or by definition (`E2KNA1M006`) where releases must be told apart. */
export type SegmentLayouts = ReadonlyMap<string, SegmentLayout>;

/** SDATA of a data record. */
const segmentCharacters = 1000;
/** A SAP system has some 10,000 segments; who describes more has taken the wrong file. */
const maxLayouts = 10_000;
const namePattern = /^[A-Z0-9_/]{1,30}$/;
const layoutFile = z.record(z.string(), z.string());

let shipped: SegmentLayouts | undefined;

/** The layouts that come with Gangway: the classic ECC segments; later releases only append fields. */
export function shippedLayouts(): SegmentLayouts {
  shipped ??= readLayouts(JSON.parse(readFileSync(new URL('segment-layouts.json', import.meta.url), 'utf8')));
  return shipped;
}

/**
 * The layouts with those of a customer's file in front: `{"Z1KNA1M": "ZZREGION 4, ZZCLASS 2"}`, fields in their order with
 * their lengths, as WE60 shows them.
 */
export function withCustomerLayouts(layouts: SegmentLayouts, file: unknown): SegmentLayouts {
  return new Map([...layouts, ...readLayouts(file)]);
}

function readLayouts(file: unknown): SegmentLayouts {
  const parsed = layoutFile.safeParse(file);
  if (!parsed.success)
    throw invalid('of the file', 'each segment name stands with one text: FIELD LENGTH, FIELD LENGTH');
  const entries = Object.entries(parsed.data);
  if (entries.length > maxLayouts) throw invalid('of the file', `there are more than ${maxLayouts} segments in it`);
  return new Map(entries.map(([name, text]) => [name, readLayout(name, text)]));
}

function readLayout(segment: string, text: string): SegmentLayout {
  if (!namePattern.test(segment)) throw invalid(segment.slice(0, 40), 'this is not a segment name of SAP');
  const lengths: [name: string, length: number][] = [];
  const names = new Set<string>();
  for (const part of text.split(',')) {
    const [, name = '', length = ''] = /^\s*([A-Z0-9_/]{1,30})\s+([1-9]\d{0,3})\s*$/.exec(part) ?? [];
    if (name === '') throw invalid(segment, `"${part.trim().slice(0, 40)}" is not a field name with its length`);
    if (names.has(name)) throw invalid(segment, `field ${name} is there twice`);
    names.add(name);
    lengths.push([name, Number(length)]);
  }
  const layout = placesOf(lengths);
  const { length } = layout;
  if (length > segmentCharacters)
    throw invalid(segment, `its fields take ${length} of ${segmentCharacters} characters`);
  return layout;
}

function invalid(segment: string, reason: string): GatewayError {
  return new GatewayError('IDOC_LAYOUT_INVALID', { segment, reason });
}
