/** The IDocs of a flat file: each begins with a control record and ends where the next begins, or with the file. */
import { GatewayError } from '../../../errors/index.ts';
import type { Admission } from '../admission.ts';
import { controlRecordLength, ControlRecords } from '../control-record.ts';
import { wrongEncoding } from '../decoding.ts';
import { blank } from '../raw-text.ts';
import { belongsTo, controlOwnerOf, dataRecordHead, dataRecordLength, ownerOf } from './data-record.ts';
import { FlatIdoc } from './flat-idoc.ts';
import { wrongLength } from './flat-records.ts';
import type { RecordHandler } from './flat-records.ts';
import type { SegmentLayouts } from './segment-layouts.ts';
import { SegmentNames } from './segment-names.ts';

export class FlatIdocs implements RecordHandler {
  readonly #admission: Admission;
  readonly #names: SegmentNames;
  readonly #controls = new ControlRecords();
  #idoc: FlatIdoc | undefined;
  /** The IDoc at hand keeps its trailing blanks, so a record that is shorter has lost something. */
  #isPadded = false;
  /** Whose records belong to the IDoc that began last. */
  #owner = '';
  /** Whose records belong to IDocs that were begun or refused since the last control record. */
  readonly #owners = new Set<string>();

  constructor(admission: Admission, layouts: SegmentLayouts) {
    this.#admission = admission;
    this.#names = new SegmentNames(layouts);
  }

  record(text: string, start: number, end: number, isLine: boolean): void {
    if (text.startsWith('EDI_DC', start)) return this.#begin(text.slice(start, end), isLine);
    if (this.#admission.count === 0) throw notAFile(text.slice(start, end));
    const idoc = this.#idoc;
    try {
      if (idoc !== undefined)
        this.#checkLength(end - start, text.charCodeAt(end - 1), dataRecordHead, dataRecordLength);
      if (!belongsTo(this.#owner, text, start) && !this.#owners.has(ownerOf(text, start, end)))
        return this.#refuseOrphan(ownerOf(text, start, end));
      idoc?.addRecord(text, start, end);
    } catch (error) {
      this.#idoc = undefined;
      this.#admission.refuse(error, idoc?.draft.control);
    }
  }

  /** Where another IDoc begins, the one before it is whole; the one that was cut is not. */
  cutOff(beginning: string): never {
    if (beginning.startsWith('EDI_DC')) this.#finish();
    throw new GatewayError('IDOC_TRUNCATED', { reason: 'its last record is not complete' });
  }

  /** The file is complete, so its last IDoc is. */
  end(): void {
    if (this.#admission.count === 0) throw new GatewayError('IDOC_TRUNCATED', { reason: 'it is empty' });
    this.#finish();
  }

  #begin(text: string, isLine: boolean): void {
    this.#finish();
    const draft = this.#admission.begin();
    this.#owner = controlOwnerOf(text);
    this.#owners.clear();
    this.#owners.add(this.#owner);
    const last = text.charCodeAt(text.length - 1);
    this.#isPadded = !isLine || last === blank;
    try {
      this.#checkLength(text.length, last, 1, controlRecordLength);
      this.#idoc = new FlatIdoc(draft, this.#names, this.#controls.read(text));
    } catch (error) {
      this.#admission.refuse(error, draft.control);
    }
  }

  /**
   * A record of an IDoc whose control record is missing: the IDoc at hand is not to be trusted, and the other one must not
   * vanish unseen among the records that are passed over.
   */
  #refuseOrphan(owner: string): void {
    const number = owner.slice(3).trim();
    if (this.#idoc !== undefined) {
      const control = this.#idoc.draft.control;
      this.#idoc = undefined;
      this.#admission.refuse(
        new GatewayError('IDOC_SEQUENCE_BROKEN', { reason: 'a record of another IDoc is in it' }),
        control,
      );
    }
    this.#admission.begin();
    this.#owners.add(owner);
    const missing = new GatewayError('IDOC_SEQUENCE_BROKEN', { reason: 'its control record is missing' });
    this.#admission.refuse(missing, /^\d{16}$/.test(number) ? { DOCNUM: number } : {});
  }

  #finish(): void {
    const idoc = this.#idoc;
    this.#idoc = undefined;
    if (idoc !== undefined) this.#admission.finish(idoc.draft);
  }

  /** Trailing blanks may have been cut from all records of an IDoc or from none; a blank at a short end says neither. */
  #checkLength(length: number, last: number, least: number, whole: number): void {
    if (length === whole) return;
    if (length > whole || length < least || this.#isPadded || last === blank) throw wrongLength(length, whole);
  }
}

function notAFile(text: string): GatewayError {
  // Every second byte of UTF-16.
  if (text.includes('\u0000')) return wrongEncoding('as set', 'it looks like UTF-16');
  const reason = text.trimStart().startsWith('<') ? 'it is XML, not a flat file' : 'it does not begin with EDI_DC40';
  return new GatewayError('IDOC_MALFORMED', { reason });
}
