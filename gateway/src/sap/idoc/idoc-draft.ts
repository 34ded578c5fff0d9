/** An IDoc while it is being read: takes segments and fields, within limits, until it is whole. */
import { GatewayError } from '../../errors/index.ts';
import type { IdocControl } from './control-record.ts';
import type { Idoc, IdocSegment } from './idoc.ts';
import { fieldCharge, segmentCharge } from './limits.ts';
import type { IdocLimits } from './limits.ts';

export interface DraftSegment extends IdocSegment {
  readonly fields: Record<string, string>;
  raw?: string;
}

export class IdocDraft {
  readonly #limits: IdocLimits;
  readonly #segments: DraftSegment[] = [];
  #control: IdocControl | undefined;
  #characters = 0;

  constructor(limits: IdocLimits) {
    this.#limits = limits;
  }

  get control(): IdocControl | undefined {
    return this.#control;
  }

  /** The number of segments so far. */
  get size(): number {
    return this.#segments.length;
  }

  setControl(control: IdocControl): void {
    this.#control = control;
  }

  /** Adds an empty segment below `parent`, `depth` segments deep, and returns it. */
  addSegment(name: string, parent: number | null, depth: number): DraftSegment {
    if (depth > this.#limits.depth) throw tooLarge('segments inside of segments', this.#limits.depth);
    if (this.#segments.length >= this.#limits.segments) throw tooLarge('segments', this.#limits.segments);
    this.charge(segmentCharge);
    const segment: DraftSegment = { name, parent, fields: {} };
    this.#segments.push(segment);
    return segment;
  }

  /** Counts a field of this many characters. */
  chargeField(characters: number): void {
    this.checkField(characters);
    this.charge(characters + fieldCharge);
  }

  /** Refuses a field that is already longer than fields may be, before it is complete. */
  checkField(characters: number): void {
    if (characters > this.#limits.fieldCharacters) {
      throw tooLarge('characters in a field', this.#limits.fieldCharacters);
    }
  }

  /** Counts what is kept beside fields. */
  charge(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.#limits.idocCharacters) throw tooLarge('characters', this.#limits.idocCharacters);
  }

  /** The whole IDoc; refuses one without data, because SAP sends none. */
  finish(): Idoc {
    if (this.#control === undefined) throw new GatewayError('IDOC_MALFORMED', { reason: 'it has no control record' });
    if (this.#segments.length === 0) throw new GatewayError('IDOC_TRUNCATED', { reason: 'it has no segments' });
    return { control: this.#control, segments: this.#segments };
  }
}

/** The error for whatever is more than a limit allows. */
export function tooLarge(what: string, limit: number): GatewayError {
  return new GatewayError('IDOC_TOO_LARGE', { what, limit });
}
