/** The character sets behind SAP's code page numbers, as far as they are certain. */

export interface CharacterSet {
  readonly name: string;
  /** Whether SAP keeps this character as it is. */
  has(character: string): boolean;
}

/**
 * SAP's numbers of the ISO sets of one byte (table TCP00). Not here: what SAP blended itself (6100 and the like), sets of two
 * bytes, of which SAP's own differ from what others call by that name, and EBCDIC.
 */
const isoPages: Readonly<Record<string, string>> = {
  '1100': 'iso-8859-1',
  '1401': 'iso-8859-2',
  '1500': 'iso-8859-5',
  '1610': 'iso-8859-9',
  '1700': 'iso-8859-7',
  '1800': 'iso-8859-8',
};

/** Undefined for Unicode, which has every character, and for what is not certain: then nothing is refused. */
export function characterSetOf(codePage: string): CharacterSet | undefined {
  const label = Object.hasOwn(isoPages, codePage) ? isoPages[codePage] : undefined;
  if (label === undefined) return undefined;
  const printable = new Set(upperHalf(label));
  return {
    name: label.replace('iso-', 'ISO '),
    has: (character) => character <= '\u007f' || printable.has(character),
  };
}

/** Bytes from A0: below them ISO has only control characters, where decoders of the web put letters of Windows. */
function upperHalf(label: string): string {
  const bytes = Uint8Array.from({ length: 0x60 }, (_, index) => 0xa0 + index);
  return new TextDecoder(label).decode(bytes).replaceAll('\ufffd', '');
}
