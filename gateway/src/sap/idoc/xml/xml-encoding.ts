/** The encoding of an XML document, found as XML prescribes: byte order mark, then what HTTP said, then the declaration. */
import { GatewayError } from '../../../errors/index.ts';
import { byteOrderMark, openDecoding, wrongEncoding } from '../decoding.ts';
import type { Decoding } from '../decoding.ts';

const declarationPattern =
  /^<\?xml[ \t\r\n]+version\s*=\s*(["'])1\.[01]\1(?:\s+encoding\s*=\s*(["'])([A-Za-z0-9._-]+)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*\?>/;
/** A declaration is some 60 characters long. */
const longestDeclaration = 512;

/** The text of a document without its declaration; the encoding shows in the first block, which holds the declaration. */
export class XmlText {
  readonly #charset: string | undefined;
  #decoding: Decoding | undefined;

  /** `charset`: what the transport said, if it said something. */
  constructor(charset: string | undefined) {
    this.#charset = charset;
  }

  /** What follows the characters that `decode` gave last, if they could not be decoded. */
  get failure(): GatewayError | undefined {
    return this.#decoding?.failure;
  }

  decode(block: Buffer): string {
    if (this.#decoding !== undefined) return this.#decoding.decode(block);
    const { encoding, declaration } = findEncoding(block, this.#charset);
    this.#decoding = openDecoding(encoding);
    const text = this.#decoding.decode(block).replace(/^\ufeff/, '');
    return text.slice(declaration.length);
  }

  end(): void {
    this.#decoding?.end();
  }
}

function findEncoding(block: Buffer, charset: string | undefined): { encoding: string; declaration: string } {
  const mark = byteOrderMark(block);
  if (mark === undefined && (block[0] === 0 || block[1] === 0)) {
    throw wrongEncoding('utf-16', 'it begins without a byte order mark');
  }
  const head = beginning(block, mark);
  const match = declarationPattern.exec(head);
  if (match === null && /^<\?xml[ \t\r\n?]/.test(head)) {
    throw new GatewayError('IDOC_MALFORMED', { reason: 'its XML declaration is not valid' });
  }
  const [declaration = '', , , declared] = match ?? [];
  if (/^<\?xml/.test(head.slice(declaration.length)) && declaration !== '') {
    throw new GatewayError('IDOC_MALFORMED', { reason: 'it has two XML declarations' });
  }
  return { encoding: chooseEncoding(mark, charset, declared), declaration };
}

function beginning(block: Buffer, mark: ReturnType<typeof byteOrderMark>): string {
  if (mark === 'utf-16le' || mark === 'utf-16be') {
    // Even, so that no character is cut in two.
    const bytes = block.subarray(0, 2 * Math.min(longestDeclaration, Math.floor(block.length / 2)));
    return new TextDecoder(mark).decode(bytes);
  }
  return block.toString('latin1', mark === undefined ? 0 : 3, longestDeclaration);
}

function chooseEncoding(mark: string | undefined, charset: string | undefined, declared: string | undefined): string {
  const said = charset ?? declared;
  const family = (name: string): string =>
    name
      .toLowerCase()
      .replace(/^utf-?16(?:le|be)?$/, 'utf-16')
      .replace(/^utf8$/, 'utf-8');
  if (mark !== undefined) {
    if (said !== undefined && family(said) !== family(mark))
      throw wrongEncoding(said, `its byte order mark says ${mark}`);
    return mark;
  }
  if (said === undefined) return 'utf-8';
  if (family(said) === 'utf-16') throw wrongEncoding(said, 'it begins without a byte order mark');
  return said;
}
