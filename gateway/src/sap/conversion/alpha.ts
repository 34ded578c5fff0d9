/** Leading zeros: SAP keeps numeric keys padded, people write them without. */

/** The internal form: digits padded to `length`; anything with a letter stays as it is, in capitals. */
export function padKey(text: string, length: number): string {
  const key = text.trim();
  if (key === '') return '';
  return /^\d+$/.test(key) ? key.padStart(length, '0') : key.toUpperCase();
}

/** The form people read: a purely numeric key without its leading zeros. */
export function displayKey(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const stripped = text.replace(/^0+/, '');
  return stripped === '' ? '0' : stripped;
}
