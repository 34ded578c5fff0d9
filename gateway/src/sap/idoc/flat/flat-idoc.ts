/** One IDoc of a flat file: its data records in their order, each below the parent it names. */
import { GatewayError } from '../../../errors/index.ts';
import { controlRecordName } from '../control-record.ts';
import type { IdocControl } from '../control-record.ts';
import type { IdocDraft } from '../idoc-draft.ts';
import { broken, definitionOf, readHead } from './data-record.ts';
import type { DataRecordHead } from './data-record.ts';
import type { SegmentNames } from './segment-names.ts';
import { sliceSegment } from './slice-segment.ts';

interface OpenSegment {
  readonly number: number;
  readonly level: number;
  readonly place: number;
}

export class FlatIdoc {
  readonly draft: IdocDraft;
  readonly #names: SegmentNames;
  /** The way from the top to the segment that came last. */
  readonly #open: OpenSegment[] = [];
  #lastNumber = 0;

  constructor(draft: IdocDraft, names: SegmentNames, control: IdocControl) {
    this.draft = draft;
    this.#names = names;
    draft.setControl(control);
    if (control.TABNAM !== controlRecordName) {
      throw new GatewayError('IDOC_VERSION_NOT_SUPPORTED', { found: control.TABNAM });
    }
  }

  /** The data record between `start` and `end`. */
  addRecord(text: string, start: number, end: number): void {
    const { type, layout } = this.#names.find(definitionOf(text, start));
    const head = readHead(text, start);
    const parent = this.#enter(head);
    this.#open.push({ number: head.number, level: head.level, place: this.draft.size });
    const segment = this.draft.addSegment(type, parent?.place ?? null, this.#open.length);
    sliceSegment({ text, start, end }, layout, segment, this.draft);
  }

  /** Leaves the segments that are complete and returns the parent; undefined at the top. */
  #enter({ number, parent, level }: DataRecordHead): OpenSegment | undefined {
    // SAP counts from 1 without gaps, so a gap is a record that was lost.
    if (number !== this.#lastNumber + 1)
      throw broken({ segment: number, reason: `number ${this.#lastNumber + 1} is missing` });
    this.#lastNumber = number;
    // A parent that is complete cannot get another child: SAP writes children right after it.
    while (this.#open.length > 0 && this.#open.at(-1)?.number !== parent) this.#open.pop();
    const found = this.#open.at(-1);
    if (found === undefined && parent !== 0)
      throw broken({ segment: number, reason: `its parent ${parent} is not before it` });
    if (found !== undefined && level <= found.level)
      throw broken({ segment: number, reason: 'its level is not below that of its parent' });
    return found;
  }
}
