/** Flat records of IDocs, as the port type file writes them: 524 characters of control, then 1063 for each segment. */
import { controlFields } from './control-record.ts';
import type { ControlRecord } from './control-record.ts';
import type { OutgoingIdoc } from './idoc.ts';
import { maxSegmentLength } from './segment-layouts.ts';
import type { Segment } from './segment.ts';

export interface FlatStyle {
  readonly lineEnd: 'LF' | 'CRLF';
  /** Some transfer programs cut the blanks at the end of each line. */
  readonly trimBlanks: boolean;
  /** Definition names other than the delivered ones, by segment type. */
  readonly definitions: Readonly<Record<string, string>>;
}

/** Level of the first segment: EDI types begin at 1, the trees below one root segment at 2. */
const flatTypes = /^(?:E1EDK|E1EDP|E1EDS)/;

function controlLine(control: ControlRecord): string {
  return controlFields.map(({ name, length }) => (control[name] ?? '').slice(0, length).padEnd(length)).join('');
}

function dataOf({ layout, values }: Segment): string {
  const fields = layout.fields.map(({ name, length }) => (values[name] ?? '').padEnd(length));
  return fields.join('').padEnd(maxSegmentLength);
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0').slice(-length);

class IdocWriter {
  readonly #control: ControlRecord;
  readonly #definitions: FlatStyle['definitions'];
  #last = 0;

  constructor(control: ControlRecord, definitions: FlatStyle['definitions']) {
    this.#control = control;
    this.#definitions = definitions;
  }

  *lines(segments: Iterable<Segment>, parent: number, level: number): Generator<string> {
    for (const segment of segments) {
      this.#last += 1;
      const own = this.#last;
      yield this.#head(segment, own, parent, level) + dataOf(segment);
      yield* this.lines(segment.children, own, level + 1);
    }
  }

  #head({ layout }: Segment, own: number, parent: number, level: number): string {
    const { MANDT = '', DOCNUM = '' } = this.#control;
    const name = (this.#definitions[layout.type] ?? layout.definition).padEnd(30);
    return name + MANDT.padEnd(3) + DOCNUM.padEnd(16) + digits(own, 6) + digits(parent, 6) + digits(level, 2);
  }
}

/** One record after the other, each with its line end. */
export function* renderFlat(idocs: readonly OutgoingIdoc[], style: FlatStyle): Generator<string> {
  const end = style.lineEnd === 'LF' ? '\n' : '\r\n';
  const finish = (line: string): string => (style.trimBlanks ? line.trimEnd() : line) + end;
  for (const { control, segments } of idocs) {
    yield finish(controlLine(control));
    const writer = new IdocWriter(control, style.definitions);
    const [first] = segments;
    const level = first !== undefined && flatTypes.test(first.layout.type) ? 1 : 2;
    for (const line of writer.lines(segments, 0, level)) yield finish(line);
  }
}
