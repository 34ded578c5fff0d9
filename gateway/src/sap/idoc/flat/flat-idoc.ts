/** One IDoc of a flat file: its data records in their order, each below the parent it names. */
import { GatewayError } from '../../../errors/index.ts';
import { controlRecordName, sliceControl } from '../control-record.ts';
import type { IdocDraft } from '../idoc-draft.ts';
import { dataRecordHead, readHead } from './data-record.ts';
import type { DataRecordHead } from './data-record.ts';
import { segmentType } from './segment-name.ts';
import type { SegmentLayout, SegmentLayouts } from './segment-layouts.ts';
import { sliceSegment } from './slice-segment.ts';

interface OpenSegment {
  readonly number: number;
  readonly level: number;
  readonly place: number;
}

export class FlatIdoc {
  readonly draft: IdocDraft;
  readonly #layouts: SegmentLayouts;
  /** The way from the top to the segment that came last. */
  readonly #open: OpenSegment[] = [];
  #lastNumber = 0;

  constructor(draft: IdocDraft, layouts: SegmentLayouts, controlRecord: string) {
    this.draft = draft;
    this.#layouts = layouts;
    const fields = sliceControl(controlRecord);
    draft.setControl(fields);
    if (fields.TABNAM !== controlRecordName) {
      throw new GatewayError('IDOC_VERSION_NOT_SUPPORTED', { found: fields.TABNAM });
    }
  }

  addRecord(record: string): void {
    const head = readHead(record);
    this.#checkOwner(head);
    const parent = this.#enter(head);
    const { type, layout } = this.#find(head.definition);
    this.#open.push({ number: head.number, level: head.level, place: this.draft.size });
    const segment = this.draft.addSegment(type, parent?.place ?? null, this.#open.length);
    sliceSegment(record, dataRecordHead, layout, segment, this.draft);
  }

  /** Each record repeats whose it is: a line that was mixed in shows here. */
  #checkOwner({ client, docnum, number }: DataRecordHead): void {
    if (client !== this.draft.control?.MANDT || docnum !== this.draft.control.DOCNUM) {
      throw broken(number, 'it belongs to another IDoc');
    }
  }

  /** Leaves the segments that are complete and returns the parent; undefined at the top. */
  #enter({ number, parent, level }: DataRecordHead): OpenSegment | undefined {
    // SAP counts from 1 without gaps, so a gap is a record that was lost.
    if (number !== this.#lastNumber + 1) throw broken(number, `number ${this.#lastNumber + 1} is missing`);
    this.#lastNumber = number;
    // A parent that is complete cannot get another child: SAP writes children right after it.
    while (this.#open.length > 0 && this.#open.at(-1)?.number !== parent) this.#open.pop();
    const found = this.#open.at(-1);
    if (found === undefined && parent !== 0) throw broken(number, `its parent ${parent} is not before it`);
    if (found !== undefined && level <= found.level) throw broken(number, 'its level is not below that of its parent');
    return found;
  }

  #find(definition: string): { readonly type: string; readonly layout: SegmentLayout | undefined } {
    const type = segmentType(definition, (name) => this.#layouts.has(name));
    return { type, layout: this.#layouts.get(definition) ?? this.#layouts.get(type) };
  }
}

function broken(segment: number, reason: string): GatewayError {
  return new GatewayError('IDOC_SEQUENCE_BROKEN', { segment, reason });
}
