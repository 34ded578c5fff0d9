/** Raw text of fields: without SAP's padding, and free of the document it was cut from. */

/** SAP pads with U+0020 only, so no other white space is touched. */
export const blank = 32;

/** Without trailing blanks. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === blank) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** One text of blanks for each length there is: a record has at most 1,063 characters, so these are at most 600 KB. */
const blanks: string[] = [];

/** Compared as a whole, which is many times faster than looking at each character. */
export function isBlank(text: string, from: number, end: number): boolean {
  return from >= end || text.slice(from, end) === (blanks[end - from] ??= ' '.repeat(end - from));
}

/** Below this length V8 copies by itself. */
const shortestSlice = 13;

/**
 * The same text in memory of its own. A slice keeps all of the text it was cut from alive: one name in a queue would hold a
 * whole block of the document.
 */
export function detached(text: string): string {
  return text.length < shortestSlice ? text : ` ${text}`.slice(1);
}
