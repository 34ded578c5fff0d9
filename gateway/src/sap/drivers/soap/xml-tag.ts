/** Start tags of XML; a tag that was seen and found well-formed once is not taken apart again. */
import { GatewayError } from '../../../errors/index.ts';
import { decodeReferences } from './xml-text.ts';

export interface StartTag {
  /** With prefix, as the end tag must repeat it. */
  readonly name: string;
  readonly localName: string;
  /** As written, empty for most. */
  readonly attributes: string;
  /** `<X/>`. */
  readonly isEmpty: boolean;
  /** Characters from `<` to `>`, both included. */
  readonly length: number;
}

const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const namePattern = `[${nameStart}][${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;
const tagPattern = new RegExp(
  `^(${namePattern})((?:[ \\t\\r\\n]+${namePattern}[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"[^"<]*"|'[^'<]*'))*)[ \\t\\r\\n]*(/?)$`,
  'u',
);
const attributePattern = new RegExp(`(${namePattern})[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"([^"]*)"|'([^']*)')`, 'gu');

/** All tags of all functions and IDocs we read are some 2,000; the limits keep a hostile document from filling memory. */
const maxKnownTags = 4096;
const maxKnownLength = 128;
const knownTags = new Map<string, StartTag>();

/** Undefined when the end of the tag has not arrived yet. */
export function readTag(buffer: string, mark: number): StartTag | undefined {
  const end = buffer.indexOf('>', mark);
  if (end === -1) return undefined;
  const raw = buffer.slice(mark + 1, end);
  const known = knownTags.get(raw);
  if (known !== undefined) return known;
  return hasOpenQuote(raw) ? readQuotedTag(buffer, mark, end) : learnTag(raw);
}

/** A `>` may stand inside of an attribute value. */
function readQuotedTag(buffer: string, mark: number, firstEnd: number): StartTag | undefined {
  for (let end = buffer.indexOf('>', firstEnd + 1); end !== -1; end = buffer.indexOf('>', end + 1)) {
    const raw = buffer.slice(mark + 1, end);
    if (!hasOpenQuote(raw)) return parseTag(raw);
    // A tag of SAP has one short attribute at most; this bounds the work on a hostile one.
    if (raw.length > 8192) throw unreadable('a tag without end');
  }
  return undefined;
}

function hasOpenQuote(raw: string): boolean {
  let quote = '';
  for (const character of raw) {
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

function learnTag(raw: string): StartTag {
  const tag = parseTag(raw);
  if (raw.length <= maxKnownLength) {
    // Begun anew rather than full for good: one hostile document must not slow down all that come after it.
    if (knownTags.size >= maxKnownTags) knownTags.clear();
    // A copy: a slice would keep the whole answer in memory.
    knownTags.set(Buffer.from(raw).toString(), tag);
  }
  return tag;
}

function parseTag(raw: string): StartTag {
  const match = tagPattern.exec(raw);
  if (match === null) throw unreadable('a broken tag');
  const [, name = '', attributes = '', slash = ''] = match;
  checkAttributes(attributes);
  const copy = Buffer.from(name).toString();
  return {
    name: copy,
    localName: copy.slice(copy.indexOf(':') + 1),
    attributes: Buffer.from(attributes).toString(),
    isEmpty: slash !== '',
    length: raw.length + 2,
  };
}

function checkAttributes(attributes: string): void {
  if (attributes === '') return;
  const names = new Set<string>();
  for (const [, name = '', double, single] of attributes.matchAll(attributePattern)) {
    if (names.has(name)) throw unreadable('an attribute given twice');
    names.add(name);
    decodeReferences((double ?? single ?? '').replaceAll(']]>', ''));
  }
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `not well-formed XML, ${reason}` });
}
