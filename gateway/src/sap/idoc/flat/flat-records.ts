/** The records of a flat file: lines that end with LF or CRLF, or records of fixed length one after the other. */
import { GatewayError } from '../../../errors/index.ts';
import { controlRecordLength } from '../control-record.ts';
import { dataRecordLength } from './data-record.ts';

export interface RecordHandler {
  /**
   * The record between `start` and `end` of a text, and whether it may be shorter than its length because trailing blanks were
   * cut. It is not cut out: looking at each character of a slice takes several times as long.
   */
  record(text: string, start: number, end: number, isLine: boolean): void;
  /** The file ends with this beginning of a record. */
  cutOff(beginning: string): never;
}

/** Enough to see the end of the first line, if there are lines: a control record and the record after it. */
const lookAhead = controlRecordLength + dataRecordLength + 4;
/** A line longer than this is not a record with something appended, it is no IDoc file. */
const maxLine = 65_536;
const controlStart = 'EDI_DC';
const lineFeed = '\n';

export class FlatRecords {
  readonly #handler: RecordHandler;
  #pending = '';
  #hasLines: boolean | undefined;

  constructor(handler: RecordHandler) {
    this.#handler = handler;
  }

  /** Takes the next characters; they may be cut anywhere. */
  write(piece: string): void {
    const from = this.#completeLine(piece);
    const buffer = from === 0 ? joined(this.#pending, piece) : piece;
    this.#hasLines ??= findLines(buffer);
    if (this.#hasLines === undefined) {
      this.#pending = buffer;
      return;
    }
    const end = this.#hasLines ? this.#lines(buffer, from) : this.#fixed(buffer);
    this.#pending = buffer.slice(end);
    if (this.#pending.length > maxLine) throw wrongLength(this.#pending.length, dataRecordLength);
  }

  /** There are no more characters. */
  end(): void {
    const rest = this.#pending;
    const hasLines = this.#hasLines ?? rest.includes(lineFeed);
    if (this.#hasLines === undefined) this.#pending = rest.slice(hasLines ? this.#lines(rest, 0) : this.#fixed(rest));
    this.#endRecord(this.#pending);
  }

  /**
   * The last line may lack its end only if it is complete by its length: a shorter one may have been cut anywhere. A
   * line end behind records of fixed length, or an old end-of-file mark, is nothing.
   */
  #endRecord(rest: string): void {
    // eslint-disable-next-line no-control-regex -- the mark is a control character
    if (/^[\r\n\u001a]*$/.test(rest)) return;
    if (rest.length !== lengthOf(rest)) this.#handler.cutOff(rest);
    this.#handler.record(rest, 0, rest.length, true);
  }

  /** The line that was cut, with its end: only that is copied. Returns where the next line begins; 0 where there is none. */
  #completeLine(piece: string): number {
    const end = this.#hasLines === true && this.#pending !== '' ? piece.indexOf(lineFeed) : -1;
    return end === -1 ? 0 : this.#lines(joined(this.#pending, piece.slice(0, end + 1)), 0) - this.#pending.length;
  }

  /** Every line from `position` on; returns where the one without an end begins. */
  #lines(buffer: string, position: number): number {
    for (let start = position; ;) {
      const end = buffer.indexOf(lineFeed, start);
      if (end === -1) return start;
      const hasReturn = end > start && buffer.charCodeAt(end - 1) === 13;
      this.#handler.record(buffer, start, hasReturn ? end - 1 : end, true);
      start = end + 1;
    }
  }

  #fixed(buffer: string): number {
    let position = 0;
    for (;;) {
      if (buffer.length - position < controlRecordLength) return position;
      const length = buffer.startsWith(controlStart, position) ? controlRecordLength : dataRecordLength;
      if (buffer.length - position < length) return position;
      this.#handler.record(buffer, position, position + length, false);
      position += length;
    }
  }
}

/** `join` makes one flat string; every access to the two-part string of `+` would cost more. */
function joined(pending: string, piece: string): string {
  return pending === '' ? piece : [pending, piece].join('');
}

/** Whether the file has lines; undefined while that cannot be seen. */
function findLines(buffer: string): boolean | undefined {
  if (buffer.slice(0, lookAhead).includes(lineFeed)) return true;
  return buffer.length < lookAhead ? undefined : false;
}

/** How long a whole record is. */
function lengthOf(record: string): number {
  return record.startsWith(controlStart) ? controlRecordLength : dataRecordLength;
}

/** The error for a record of another length than it should have. */
export function wrongLength(length: number, expected: number): GatewayError {
  return new GatewayError('IDOC_RECORD_LENGTH_WRONG', { length, expected });
}
