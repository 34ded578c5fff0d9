/** Text in and out of XML. */

const needsEscape = /[&<>\r]|[^\t\n\x20-\uffff]|[\ud800-\udfff\ufffe\uffff]/;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Escapes for element content; what XML cannot carry becomes `#`, as SAP does. */
export function escapeXml(text: string): string {
  if (!needsEscape.test(text)) return text;
  return text
    .replace(/[&<>\r]/g, (character) => escapes[character] ?? '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '#')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '#'); // eslint-disable-line no-control-regex
}

/** Blanks only: a tab or a no-break space at the end is a character like any other. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** `/BIO/X` cannot be an XML name; SAP writes `_-BIO_-X`. */
export function toXmlName(name: string): string {
  return name.includes('/') ? name.replaceAll('/', '_-') : name;
}

/** The other way round. */
export function fromXmlName(name: string): string {
  return name.includes('_-') ? name.replaceAll('_-', '/') : name;
}
