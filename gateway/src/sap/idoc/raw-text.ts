/** Raw text of fields: without SAP's padding, and free of the document it was cut from. */

/** SAP pads with U+0020 only, so no other white space is touched. */
export const blank = 32;

/** Where the blanks begin that end the characters from `from` to `end`; `from` where all of them are blank. */
export function filledEnd(text: string, from: number, end: number): number {
  let last = end;
  while (last > from && text.charCodeAt(last - 1) === blank) last -= 1;
  return last;
}

/** Without trailing blanks. */
export function withoutTrailingBlanks(text: string): string {
  const end = filledEnd(text, 0, text.length);
  return end === text.length ? text : text.slice(0, end);
}

/** One text of blanks for each length there is: a record has at most 1,063 characters, so these are at most 600 KB. */
const blanks: string[] = [];

/** Compared as a whole, which is many times faster than looking at each character. */
export function isBlank(text: string, from: number, end: number): boolean {
  return from >= end || text.slice(from, end) === (blanks[end - from] ??= ' '.repeat(end - from));
}

/** Behind the last character of the basic plane that is one: U+FFFE and U+FFFF are none. */
const firstNoCharacter = 0xfffe;

/** Whether there may be a character that no text has; a tab or a line end is one that there may be. */
export function hasControls(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < blank || code >= firstNoCharacter) return true;
  }
  return false;
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
