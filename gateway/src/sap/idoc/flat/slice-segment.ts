/** From the characters of a data record to the fields of its segment. */
import { forbiddenCharacters } from '../../drivers/soap/xml-text.ts';
import { wrongEncoding } from '../decoding.ts';
import type { DraftSegment, IdocDraft } from '../idoc-draft.ts';
import { detached, withoutTrailingBlanks } from '../raw-text.ts';
import type { SegmentLayout } from './segment-layouts.ts';

const blank = 32;
const beyondBlanks = /[^ ]/g;

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
  if (layout !== undefined) sliceFields(record, start, layout, segment, draft);
  if (isBlank(record, known)) return;
  const raw = withoutTrailingBlanks(record.slice(start));
  checkCharacters(raw);
  draft.charge(raw.length);
  segment.raw = detached(raw);
}

/** Goes from one character that is no blank to the field it stands in, because most fields are blank. */
function sliceFields(
  record: string,
  start: number,
  { length, fields, fieldAt }: SegmentLayout,
  segment: DraftSegment,
  draft: IdocDraft,
): void {
  const end = Math.min(record.length, start + length);
  let position = start;
  while (position < end) {
    if (record.charCodeAt(position) === blank) {
      position += 1;
      continue;
    }
    const field = fields[fieldAt[position - start] ?? 0];
    if (field === undefined) return;
    position = start + field.end;
    const value = withoutTrailingBlanks(record.slice(start + field.start, position));
    draft.chargeField(value.length);
    checkCharacters(value);
    segment.fields[field.name] = detached(value);
  }
}

/** XML cannot carry control characters; in a flat file they mean that its bytes were read in the wrong encoding. */
export function checkCharacters(text: string): void {
  if (forbiddenCharacters.test(text)) throw wrongEncoding('as set', 'it has control characters');
}

/** Four times faster than looking at each character, and most of most records is blank. */
function isBlank(record: string, from: number): boolean {
  if (from >= record.length) return true;
  beyondBlanks.lastIndex = from;
  return !beyondBlanks.test(record);
}
