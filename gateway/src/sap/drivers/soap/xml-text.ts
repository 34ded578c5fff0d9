/** Character data of XML: what may stand in it, and what references in it mean. */
import { GatewayError } from '../../../errors/index.ts';

/** Control characters and the two non-characters: XML 1.0 has no way to carry them. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
export const forbiddenCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its references resolved and its line ends made `\n`; refuses any entity that XML itself does not have. */
export function decodeReferences(raw: string): string {
  if (raw.includes(']]>')) throw unreadable('"]]>" in text');
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12};)?/g, (_match, name: string | undefined) => decodeReference(name ?? ''));
}

function decodeReference(reference: string): string {
  const name = reference.slice(0, -1);
  const character = Object.hasOwn(named, name) ? named[name] : undefined;
  if (character !== undefined) return character;
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (match === null) throw unreadable('an unknown entity');
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw unreadable('a character that does not exist');
  const decoded = String.fromCodePoint(code);
  if (forbiddenCharacters.test(decoded)) throw unreadable('a control character');
  return decoded;
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `not well-formed XML, ${reason}` });
}
