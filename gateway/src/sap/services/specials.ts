/** Values a file can name instead of writing them: the caller's key and what comes from it, the fence, today. */
import { createHash } from 'node:crypto';
import type { KeyedWrite } from '../../ports/index.ts';

/** Of a write only; `$today` and the row numbers are of every service. */
export const keySpecials = ['$key', '$shortKey', '$contentHash', '$fence'] as const;
export const rowSpecials = ['$row', '$item'] as const;
export const specials: readonly string[] = [...keySpecials, ...rowSpecials, '$today'];

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 bits: no two keys of a system's lifetime share them. SAP's reference fields are rarely longer than 20. */
const shortKeyLength = 20;

/** What specials stand for in one call; one that has no value is not sent. */
export type SpecialValues = Readonly<Record<string, string | undefined>>;

/** Always the same for a key, in capital letters and digits, as SAP's reference fields keep them. */
export function shortKey(key: string): string {
  const digest = createHash('sha256').update(key).digest();
  return [...digest.subarray(0, shortKeyLength)].map((byte) => crockford.charAt(byte & 31)).join('');
}

/** Those of a write, or of its look-up. */
export function writeSpecials(write: Pick<KeyedWrite, 'key' | 'contentHash' | 'fence'>, today: string): SpecialValues {
  return {
    $key: write.key,
    $shortKey: shortKey(write.key),
    $contentHash: write.contentHash,
    $fence: write.fence === undefined ? undefined : String(write.fence).padStart(18, '0'),
    $today: today,
  };
}

/** Those of one row of a list; SAP numbers items in tens. */
export function rowSpecialValues(index: number): SpecialValues {
  return { $row: String(index + 1), $item: String((index + 1) * 10) };
}

/** A text that begins with two dollars is one that begins with one. */
export function literal(text: string): string {
  return text.startsWith('$$') ? text.slice(1) : text;
}

/** True for a text that names a special value. */
export const isSpecial = (text: string): boolean => /^\$[^$]/.test(text);
