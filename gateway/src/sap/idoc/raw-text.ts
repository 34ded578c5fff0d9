/** Raw text of fields: without SAP's padding, and free of the document it was cut from. */

/** Without trailing blanks; SAP pads with U+0020 only, so no other white space is touched. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

const filled = /[^ ]/g;

/** Where the first character at or after `from` stands that is not a blank; -1 where there is none. Most of a record is blank. */
export function nextFilled(text: string, from: number): number {
  filled.lastIndex = from;
  return filled.test(text) ? filled.lastIndex - 1 : -1;
}

/** For each character of a record, the place of its field among fields of these lengths. */
export function placesOf(lengths: readonly number[]): Uint16Array {
  return Uint16Array.from(lengths.flatMap((length, place) => Array<number>(length).fill(place)));
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
