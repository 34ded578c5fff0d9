/** From a segment's definition, which flat files name, to its type, which XML and everybody else name, and to its layout. */
import { detached, withoutTrailingBlanks } from '../raw-text.ts';
import { broken } from './data-record.ts';
import type { SegmentLayout, SegmentLayouts } from './segment-layouts.ts';

/** SAP's `E2KNA1M005`, a customer's `Z2KNA1M000`, a partner's `/ACME/2KNA1M000`. */
const definitionPattern = /^(E|Z|Y|\/[A-Z0-9_]+\/)2([A-Z0-9_]+)$/;
const namePattern = /^[A-Z/][A-Z0-9_/]*$/;
const versionPattern = /\d{3}$/;
/** One file has some hundred; the limit keeps hostile names from filling memory. */
const maxKnown = 4096;

export interface NamedSegment {
  readonly type: string;
  /** Undefined where nobody described the segment. */
  readonly layout: SegmentLayout | undefined;
}

/**
 * `E2KNA1M005` is version 005 of `E1KNA1M`; the first version may have no number. Where a name itself ends in three digits, the
 * types that are known decide; a name of another form stays as it is.
 */
export function segmentType(definition: string, layouts: SegmentLayouts): string {
  const match = definitionPattern.exec(definition);
  if (match === null) return definition;
  const [, prefix = '', rest = ''] = match;
  const whole = `${prefix}1${rest}`;
  return layouts.has(whole) ? whole : whole.replace(versionPattern, '');
}

/** Types and layouts of one file's segments, each worked out once. */
export class SegmentNames {
  readonly #layouts: SegmentLayouts;
  readonly #known = new Map<string, NamedSegment>();

  constructor(layouts: SegmentLayouts) {
    this.#layouts = layouts;
  }

  /** By the definition as it stands in a record, with its blanks; its own layout goes before that of its type. */
  find(padded: string): NamedSegment {
    return this.#known.get(padded) ?? this.#learn(padded);
  }

  #learn(padded: string): NamedSegment {
    const definition = withoutTrailingBlanks(padded);
    if (!namePattern.test(definition)) throw broken({ reason: 'a record does not begin with the name of a segment' });
    const type = segmentType(definition, this.#layouts);
    const found = { type: detached(type), layout: this.#layouts.get(definition) ?? this.#layouts.get(type) };
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.set(detached(padded), found);
    return found;
  }
}
