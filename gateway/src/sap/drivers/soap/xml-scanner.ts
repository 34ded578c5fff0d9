/**
 * A streaming XML reader for SOAP answers: strict about well-formedness, without DTDs, processing instructions or
 * custom entities (SOAP forbids them, and they are how XML attacks work), bounded in depth and token size.
 */
import { GatewayError } from '../../../errors/index.ts';
import { readTag } from './xml-tag.ts';
import { decodeReferences, forbiddenCharacters } from './xml-text.ts';

export interface XmlHandler {
  /** Local name, without prefix; attributes as written, empty for most. */
  open(name: string, attributes: string): void;
  /** May be called several times for one element. */
  text(value: string): void;
  close(): void;
}

/** SOAP nests seven deep, IDocs in SOAP some fifteen; structures inside structures add a few. More is an attack or a mistake. */
const maxDepth = 32;
/** The longest tag, comment or CDATA section kept while waiting for its end, in characters. */
const maxToken = 1_048_576;
/** What text cannot be handed on with as it is. */
const special = /[&\r]|\]\]>/;

export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #pending = '';
  #hasRoot = false;
  #isStart = true;
  /** Nothing in the piece at hand needs decoding, which is so for nearly all of SAP's answers. */
  #isPlain = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** Takes the next piece of the document; pieces may be cut anywhere. */
  write(piece: string): void {
    if (forbiddenCharacters.test(piece)) throw malformed('a control character');
    // `join` makes one flat string; every access to the two-part string of `+` would cost more.
    const buffer = this.#pending === '' ? piece : [this.#pending, piece].join('');
    this.#isPlain = !special.test(buffer);
    this.#pending = buffer.slice(this.#scan(buffer));
    if (this.#pending.length > maxToken) throw malformed('a token without end');
  }

  /** The document is complete. */
  end(): void {
    if (this.#pending.trim() !== '' || this.#open.length > 0 || !this.#hasRoot) throw malformed('cut off');
  }

  /** Handles every complete token and returns where the first incomplete one starts. */
  #scan(buffer: string): number {
    let position = 0;
    for (;;) {
      const mark = buffer.indexOf('<', position);
      if (mark === -1) return this.#partialText(buffer, position);
      if (mark > position) this.#text(buffer.slice(position, mark));
      const next = this.#markup(buffer, mark);
      if (next === -1) return mark;
      position = next;
      this.#isStart = false;
    }
  }

  /** Returns the position after the markup at `mark`, or -1 when its end has not arrived yet. */
  #markup(buffer: string, mark: number): number {
    const code = buffer.charCodeAt(mark + 1);
    if (code === 47 /* slash */) return this.#endTag(buffer, mark);
    if (code === 33 /* exclamation mark */) return this.#section(buffer, mark);
    if (code === 63 /* question mark */) return this.#declaration(buffer, mark);
    return this.#startTag(buffer, mark);
  }

  #startTag(buffer: string, mark: number): number {
    const tag = readTag(buffer, mark);
    if (tag === undefined) return -1;
    if (this.#open.length === 0 && this.#hasRoot) throw malformed('more than one root element');
    this.#hasRoot = true;
    this.#handler.open(tag.localName, tag.attributes);
    if (tag.isEmpty) this.#handler.close();
    else this.#open.push(tag.name);
    if (this.#open.length > maxDepth) throw malformed('nested too deeply');
    return mark + tag.length;
  }

  #endTag(buffer: string, mark: number): number {
    const name = this.#open.at(-1);
    if (name === undefined) throw malformed('an end tag without its start');
    let end = mark + 2 + name.length;
    if (buffer.charCodeAt(end) !== 62 || !buffer.startsWith(name, mark + 2)) {
      end = buffer.indexOf('>', mark);
      if (end === -1) return -1;
      if (buffer.slice(mark + 2, end).replace(/[ \t\r\n]+$/, '') !== name) throw malformed('tags that do not match');
    }
    this.#open.pop();
    this.#handler.close();
    return end + 1;
  }

  /** A comment or a CDATA section; anything else that starts like this belongs to a DTD. */
  #section(buffer: string, mark: number): number {
    const start = buffer.slice(mark, mark + 9);
    if (start.startsWith('<!--')) return this.#comment(buffer, mark);
    if (start === '<![CDATA[') return this.#characterData(buffer, mark);
    if ('<!--'.startsWith(start) || '<![CDATA['.startsWith(start)) return -1;
    throw malformed('a document type declaration');
  }

  #comment(buffer: string, mark: number): number {
    const dashes = buffer.indexOf('--', mark + 4);
    if (dashes === -1 || dashes + 2 >= buffer.length) return -1;
    if (buffer.charCodeAt(dashes + 2) !== 62) throw malformed('a comment with two dashes');
    return dashes + 3;
  }

  #characterData(buffer: string, mark: number): number {
    const end = buffer.indexOf(']]>', mark + 9);
    if (end === -1) return -1;
    if (this.#open.length === 0) throw malformed('text outside of the root element');
    this.#handler.text(buffer.slice(mark + 9, end).replace(/\r\n?/g, '\n'));
    return end + 3;
  }

  #declaration(buffer: string, mark: number): number {
    const end = buffer.indexOf('?>', mark);
    if (end === -1) return -1;
    const declaration =
      /^<\?xml\s+version\s*=\s*(["'])1\.[01]\1(?:\s+encoding\s*=\s*(["'])([A-Za-z0-9._-]+)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*$/.exec(
        buffer.slice(mark, end),
      );
    if (declaration === null || !this.#isStart || mark !== 0) throw malformed('a processing instruction');
    if (!/^(utf-?8|us-ascii)$/i.test(declaration[3] ?? 'utf-8')) throw malformed('an encoding other than UTF-8');
    return end + 2;
  }

  /** Text may be handed on before its end has arrived, apart from a reference or `]]>` that may be cut in two. */
  #partialText(buffer: string, position: number): number {
    // Looked for here, because the cut below would take it apart.
    if (buffer.includes(']]>', position)) throw malformed('"]]>" in text');
    let end = buffer.length - 2;
    const reference = buffer.lastIndexOf('&', end - 1);
    const semicolon = reference < position ? 0 : buffer.indexOf(';', reference);
    if (semicolon === -1 || semicolon >= end) end = reference;
    if (end <= position) return position;
    // A carriage return at the end may belong to a line feed that has not arrived.
    if (buffer.charCodeAt(end - 1) === 13) end -= 1;
    if (end <= position) return position;
    this.#text(buffer.slice(position, end));
    this.#isStart = false;
    return end;
  }

  #text(raw: string): void {
    if (this.#open.length > 0) return this.#handler.text(this.#isPlain ? raw : decodeReferences(raw));
    if (/[^ \t\r\n]/.test(raw)) throw malformed('text outside of the root element');
  }
}

function malformed(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `not well-formed XML, ${reason}` });
}
