/** SAP code pages: which bytes a text becomes, and what the XML declaration calls it. */

export const codePages = ['4110', '4102', '4103', '1100'] as const;
/** 4110 is UTF-8, 4102 and 4103 are UTF-16 with the high or the low byte first, 1100 is Latin-1. */
export type CodePage = (typeof codePages)[number];

/** What SAP puts where a code page has no such character. */
const replacement = '#';

/** The name of the encoding in an XML declaration. */
export function encodingName(codePage: CodePage): string {
  if (codePage === '4110') return 'utf-8';
  return codePage === '1100' ? 'iso-8859-1' : 'utf-16';
}

/** Whether documents of the code page begin with a byte order mark; UTF-16 without one could not be read. */
export function byteOrderMark(codePage: CodePage): string {
  return codePage === '4102' || codePage === '4103' ? '\uFEFF' : '';
}

/** The bytes of a text in the code page. */
export function encode(text: string, codePage: CodePage): Buffer {
  if (codePage === '4110') return Buffer.from(text, 'utf8');
  if (codePage === '1100') return Buffer.from(text.replace(/[\u{100}-\u{10ffff}]/gu, replacement), 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return codePage === '4103' ? bytes : bytes.swap16();
}

/** Gathers pieces of text into blocks of bytes, because a write for each field would cost more than the field. */
export function* encodeBlocks(pieces: Iterable<string>, codePage: CodePage, blockChars = 64 * 1024): Generator<Buffer> {
  let block = byteOrderMark(codePage);
  for (const piece of pieces) {
    block += piece;
    if (block.length < blockChars) continue;
    yield encode(block, codePage);
    block = '';
  }
  if (block !== '') yield encode(block, codePage);
}
