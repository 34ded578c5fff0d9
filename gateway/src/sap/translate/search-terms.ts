/** What to search SAP for: the exact numbers, and the beginnings under which a name may be filed. */
import type { MatchRequest } from '../../model/index.ts';
import { comparableName } from './names.ts';

export interface SearchTerm {
  /** A field of KNA1 that the search accepts. */
  readonly field: 'STCEG' | 'TELF1' | 'MCOD1';
  readonly value: string;
}

/** MCOD1 holds the name in capitals, cut after this many characters. */
const matchcodeLength = 25;
/** Letters of a word's beginning that are searched for: few enough to forgive an ending, enough to be selective. */
const stemLength = 5;

/** Everybody groups a number in his own way and few write the country, so its last digits are searched for, apart. */
const phoneDigits = 8;
/** Fewer would find half the country. */
const minPhoneDigits = 6;

/** Exact terms apart from similar ones, so that many similar names cannot crowd out an exact number. */
export function searchTerms(request: MatchRequest): {
  readonly exact: readonly SearchTerm[];
  readonly similar: readonly SearchTerm[];
} {
  const vatNumber = withoutWildcards(request.vatNumber)
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase();
  const phone = withoutWildcards(request.phone);
  const digits = phone.replace(/\D/g, '').slice(-phoneDigits);
  const exact: SearchTerm[] = [];
  if (vatNumber !== '') exact.push({ field: 'STCEG', value: vatNumber });
  if (phone !== '') exact.push({ field: 'TELF1', value: phone });
  if (digits.length >= minPhoneDigits) exact.push({ field: 'TELF1', value: [...`*${digits}`].join('*').slice(1) });
  const similar = [...new Set(beginnings(request.name))].map((value): SearchTerm => ({
    field: 'MCOD1',
    value: `${value}*`,
  }));
  return { exact, similar };
}

/** How much of the whole name is searched for as it was typed: those hits come first. */
const typedLength = 15;

/** The name as typed and its spellings with and without umlauts; SAP files it as it was written. */
function beginnings(name: string): string[] {
  const typed = withoutWildcards(name).toUpperCase().slice(0, matchcodeLength);
  const firstWord = comparableName(name).split(' ')[0] ?? '';
  const typedWord = typed.split(/[ ,.&/-]+/).find((word) => word !== '') ?? '';
  const stems = [typedWord, ...spellings(firstWord.toUpperCase())].map((word) => word.slice(0, stemLength));
  const widest = withGaps(firstWord.toUpperCase().slice(0, stemLength));
  return [typed.slice(0, typedLength).trimEnd(), ...stems, ...widest].filter((word) => word.length >= 2);
}

/**
 * `CAFE` may be filed as CAFÉ, `ESPANA` as ESPAÑA: `+` stands for any letter. Last, because they find most; with fewer
 * than two letters left they would find everybody.
 */
function withGaps(stem: string): string[] {
  const gaps = [stem.replace(/[AEIOUY]/g, '+'), stem.replace(/[CNSZ]/g, '+')];
  return gaps.filter((pattern) => pattern !== stem && pattern.replaceAll('+', '').length >= 2);
}

/** MUELLER may be filed as MÜLLER. */
function spellings(word: string): string[] {
  const umlauts = word.replace(/AE/g, 'Ä').replace(/OE/g, 'Ö').replace(/UE/g, 'Ü');
  const sharp = word.replace(/SS/g, 'ß');
  return [word, umlauts, sharp];
}

function withoutWildcards(text: string): string {
  return text.replace(/[*+?%_]/g, ' ').trim();
}
