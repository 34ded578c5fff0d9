/** From the characters of a data record to the fields of its segment. */
import { forbiddenCharacters } from '../../drivers/soap/xml-text.ts';
import { wrongEncoding } from '../decoding.ts';
import type { DraftSegment, IdocDraft } from '../idoc-draft.ts';
import { detached, nextFilled, withoutTrailingBlanks } from '../raw-text.ts';
import type { SegmentLayout } from './segment-layouts.ts';

/** A segment has at most 1,000 characters, so these are at most 500 KB. */
const blanks: string[] = [];

/**
 * Fills `segment` from the characters of `record` after `start`. Blank fields are left out, as SAP does in XML. Characters that
 * no layout explains are kept as they are and never guessed at.
 */
export function sliceSegment(
  record: string,
  start: number,
  layout: SegmentLayout | undefined,
  segment: DraftSegment,
  draft: IdocDraft,
): void {
  const known = start + (layout?.length ?? 0);
  const isExplained = isBlank(record, known);
  const used = record.slice(start, known);
  checkCharacters(isExplained ? used : record);
  if (layout !== undefined) sliceFields(used, layout, segment, draft);
  if (isExplained) return;
  const raw = withoutTrailingBlanks(record.slice(start));
  draft.charge(raw.length);
  segment.raw = detached(raw);
}

/** From one field that is filled to the next, because most are blank. */
function sliceFields(used: string, { fields, places }: SegmentLayout, segment: DraftSegment, draft: IdocDraft): void {
  for (let at = nextFilled(used, 0); at !== -1;) {
    const field = fields[places[at] ?? fields.length];
    if (field === undefined) return;
    const value = withoutTrailingBlanks(used.slice(field.start, field.end));
    draft.chargeField(value.length);
    segment.fields[field.name] = detached(value);
    at = nextFilled(used, field.end);
  }
}

/** Compared as a whole, which is many times faster than looking at each character, and most of most records is blank. */
function isBlank(text: string, from: number): boolean {
  return from >= text.length || text.slice(from) === blanksOf(text.length - from);
}

/** One text of blanks for each length there is. */
function blanksOf(length: number): string {
  return (blanks[length] ??= ' '.repeat(length));
}

/** XML cannot carry control characters; in a flat file they mean that its bytes were read in the wrong encoding. */
export function checkCharacters(text: string): void {
  if (forbiddenCharacters.test(text)) throw wrongEncoding('as set', 'it has control characters');
}
