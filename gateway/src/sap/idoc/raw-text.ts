/** Raw text of fields: without SAP's padding, and free of the document it was cut from. */

/** Without trailing blanks; SAP pads with U+0020 only, so no other white space is touched. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
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
