/** From the characters of a data record to the fields of its segment. */
import { checkCharacters } from '../decoding.ts';
import { sliceFilled } from '../filled-fields.ts';
import type { DraftSegment, IdocDraft } from '../idoc-draft.ts';
import { detached, isBlank, withoutTrailingBlanks } from '../raw-text.ts';
import { dataRecordHead } from './data-record.ts';
import type { SegmentLayout } from './segment-layouts.ts';

/** A record where it stands in a text. */
export interface RecordPlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Fills `segment` from the characters of a data record. Blank fields are left out, as SAP does in XML. Characters that no
 * layout explains are kept as they are and never guessed at.
 */
export function sliceSegment(
  { text, start, end }: RecordPlace,
  layout: SegmentLayout | undefined,
  segment: DraftSegment,
  draft: IdocDraft,
): void {
  const data = start + dataRecordHead;
  const known = Math.min(end, data + (layout?.length ?? 0));
  const isExplained = isBlank(text, known, end);
  if (!isExplained) checkCharacters(text.slice(start, end));
  if (layout !== undefined) sliceFilled(layout, { text, start: data, end: known }, segment.fields, draft);
  if (isExplained) return;
  const raw = withoutTrailingBlanks(text.slice(data, end));
  draft.charge(raw.length);
  segment.raw = detached(raw);
}
