/** Leading zeros: SAP keeps numeric keys padded, people write them without. */

/** The internal form: digits padded to `length`; anything with a letter stays as it is, in capitals. */
export function padKey(text: string, length: number): string {
  const key = text.trim();
  if (key === '') return '';
  return /^\d+$/.test(key) ? key.padStart(length, '0') : inCapitals(key);
}

/** Capitals as ABAP makes them: a letter whose capital is longer (`ß`) stays as it is, and the text as long as it was. */
export function inCapitals(text: string): string {
  return text.replace(/\p{Ll}/gu, (letter) => {
    const capital = letter.toUpperCase();
    return capital.length === letter.length ? capital : letter;
  });
}

/** The form people read: a purely numeric key without its leading zeros. */
export function displayKey(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const stripped = text.replace(/^0+/, '');
  return stripped === '' ? '0' : stripped;
}
