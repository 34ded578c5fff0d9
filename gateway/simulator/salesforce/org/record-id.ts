/** Record ids as Salesforce makes them: 15 characters that know their case, 18 where case may get lost. */

const checkAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The 18-character form of a 15-character id. */
export function toLongId(id: string): string {
  const check = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].reduce(
      (bits, letter, i) => bits | (/[A-Z]/.test(letter) ? 1 << i : 0),
      0,
    );
    return checkAlphabet.charAt(capitals);
  });
  return id.slice(0, 15) + check.join('');
}

/** Whether a text can be a record id at all. */
export const isRecordId = (text: string): boolean => /^[A-Za-z0-9]{15}([A-Z0-5]{3})?$/.test(text);

/** The id of the n-th record of an object in this org's pod. */
export function recordId(keyPrefix: string, sequence: number): string {
  let rest = '';
  for (let value = sequence; value > 0; value = Math.floor(value / digits.length))
    rest = digits.charAt(value % digits.length) + rest;
  return toLongId(`${keyPrefix}5g${rest.padStart(10, '0')}`);
}
