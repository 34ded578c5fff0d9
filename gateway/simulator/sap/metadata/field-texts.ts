/** What fields are called, in English and German; a field nobody named is called by its own name, in words. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const texts = z
  .record(z.string(), z.tuple([z.string(), z.string()]))
  .parse(JSON.parse(readFileSync(new URL('./field-texts.json', import.meta.url), 'utf8')));

/** `REQ_DATE` is `Req date`. */
function inWords(name: string): string {
  const words = name.replaceAll('_', ' ').trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The text of a field in a language (German, or English for every other). */
export function fieldText(name: string, language: string): string {
  const known = texts[name];
  if (known === undefined) return inWords(name);
  return language === 'D' ? known[1] : known[0];
}
