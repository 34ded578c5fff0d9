/** From bytes to characters: strict, because a character that is replaced by a question mark is data that is lost. */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { GatewayError } from '../../errors/index.ts';
import { forbiddenCharacters } from '../drivers/soap/xml-text.ts';

export interface Decoding {
  /**
   * The characters of the next block; a character may be cut in two by its end. Where a block cannot be decoded to its end, what
   * stands before that may still hold whole IDocs: it is given, and `failure` says what follows it.
   */
  decode(block: Buffer): string;
  readonly failure?: GatewayError | undefined;
  /** There is no next block. */
  end(): void;
}

const latin1Names = /^(?:iso[-_]?8859-1|latin-?1|l1)$/;
/** Bytes that are control characters in ISO-8859-1: a sign that it is really another encoding. */
const latin1Controls = /[\u0080-\u009f]/;
/** What is smaller is a control character; the two code units from the other on are no characters. */
const [firstPrintable, firstNoCharacter] = [0x20, 0xfffe];
/** Smaller bytes are characters of their own in UTF-8. */
const firstBeyondAscii = 0x80;
/** Encodings of Western Europe: UTF-8 read as one of them looks like text, but never is. */
const western = /^(?:iso-8859-15|windows-1252|cp1252)$/;

/** A decoding by its name as IANA registers it (`utf-8`, `iso-8859-1`, `windows-1252`, `utf-16le` ...). */
export function openDecoding(name: string): Decoding {
  const encoding = name.trim().toLowerCase();
  if (/^(?:us-)?ascii$/.test(encoding)) return new Ascii();
  // TextDecoder takes this name for windows-1252, which has other characters in 32 places.
  if (latin1Names.test(encoding)) return new Latin1(encoding);
  return new OtherEncoding(encoding);
}

/** The encoding a byte order mark stands for. */
export function byteOrderMark(block: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (block[0] === 0xff && block[1] === 0xfe) return 'utf-16le';
  if (block[0] === 0xfe && block[1] === 0xff) return 'utf-16be';
  return block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? 'utf-8' : undefined;
}

/** The error for a document in another encoding than it says. */
export function wrongEncoding(encoding: string, reason: string, cause?: unknown): GatewayError {
  return new GatewayError('IDOC_ENCODING_WRONG', { encoding, reason }, cause);
}

/** XML cannot carry control characters; in a flat file they mean that its bytes were read in the wrong encoding. */
export function checkCharacters(text: string): void {
  if (forbiddenCharacters.test(text)) throw wrongEncoding('as set', 'it has control characters');
}

/** The same for one code unit. */
export function checkCode(code: number): void {
  // The pattern is asked only where there may be one: tabs and line ends are allowed.
  if (code < firstPrintable || code >= firstNoCharacter) checkCharacters(String.fromCharCode(code));
}

function refuseUtf8(block: Buffer, encoding: string): void {
  if (!isAscii(block) && isUtf8(block)) throw wrongEncoding(encoding, 'it is UTF-8');
}

class Ascii implements Decoding {
  decode(block: Buffer): string {
    if (!isAscii(block)) throw wrongEncoding('us-ascii', 'it has characters beyond ASCII');
    return block.toString('latin1');
  }

  end(): void {
    // Every byte is a character.
  }
}

class Latin1 implements Decoding {
  readonly #encoding: string;

  constructor(encoding: string) {
    this.#encoding = encoding;
  }

  decode(block: Buffer): string {
    refuseUtf8(block, this.#encoding);
    const text = block.toString('latin1');
    if (latin1Controls.test(text)) throw wrongEncoding(this.#encoding, 'it has bytes that are no characters in it');
    return text;
  }

  end(): void {
    // Every byte is a character.
  }
}

class OtherEncoding implements Decoding {
  failure: GatewayError | undefined;
  readonly #encoding: string;
  readonly #decoder: TextDecoder;
  /** Whether the decoder has neither a byte order mark to look for nor the beginning of a character to keep. */
  #isBetween = false;

  constructor(encoding: string) {
    this.#encoding = encoding;
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true });
    } catch (error) {
      throw wrongEncoding(encoding, 'this encoding is not known', error);
    }
  }

  decode(block: Buffer): string {
    if (western.test(this.#encoding)) refuseUtf8(block, this.#encoding);
    // Checked and decoded as a whole, which takes half the time: so it is with nearly all blocks of nearly all documents.
    if (this.#isBetween && isUtf8(block)) return block.toString();
    try {
      const text = this.#decoder.decode(block, { stream: true });
      this.#isBetween = this.#decoder.encoding === 'utf-8' && (block.at(-1) ?? 0) < firstBeyondAscii;
      return text;
    } catch (error) {
      this.failure = wrongEncoding(this.#encoding, 'it has bytes that are no characters in it', error);
      const [beginning = ''] = new TextDecoder(this.#encoding).decode(block).split('\ufffd', 1);
      return beginning;
    }
  }

  end(): void {
    try {
      this.#decoder.decode();
    } catch (error) {
      throw new GatewayError('IDOC_TRUNCATED', { reason: 'it ends in the middle of a character' }, error);
    }
  }
}
