/** How likely two customers are the same, with the reasons a person can check. */
import type { CustomerMatches, MatchRequest } from '../../model/index.ts';
import { comparableName, plain, similarity } from './names.ts';

type Match = CustomerMatches['matches'][number];
type Reason = Match['reasons'][number];

/** A customer that SAP found, as far as it is known. */
export interface Candidate {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly phone: string;
  /** SAP itself found it by this number. */
  readonly hasVatNumber: boolean;
}

/** Points for each agreement. A VAT number alone nearly proves it; a name needs an address to be sure. */
const points = {
  'vat-number': { same: 80, similar: 0 },
  name: { same: 60, similar: 45 },
  street: { same: 15, similar: 10 },
  'postal-code': { same: 15, similar: 0 },
  city: { same: 10, similar: 6 },
  phone: { same: 20, similar: 0 },
} as const satisfies Record<Reason['field'], Record<Reason['kind'], number>>;

/** Below this a name is another name. */
const similarFrom = 0.7;
/** Shared words and town are a coincidence in one country, and no match at all across borders. */
const otherCountryFactor = 0.6;
/** Fewer points than a similar name has are not worth a person's time. */
export const minScore = 40;

/** Score and reasons; 0 without any agreement on name, phone or VAT number. */
export function scoreMatch(request: MatchRequest, candidate: Candidate): Pick<Match, 'score' | 'reasons'> {
  const reasons = [
    candidate.hasVatNumber ? ({ field: 'vat-number', kind: 'same' } as const) : undefined,
    compareTexts('name', comparableName(request.name), comparableName(candidate.name)),
    compareTexts('street', street(request.street), street(candidate.street)),
    compareTexts('postal-code', compact(request.postalCode), compact(candidate.postalCode)),
    compareTexts('city', plain(request.city), plain(candidate.city)),
    samePhone(request.phone, candidate.phone) ? ({ field: 'phone', kind: 'same' } as const) : undefined,
  ].filter((reason): reason is Reason => reason !== undefined && points[reason.field][reason.kind] > 0);
  const isPossible = reasons.some(({ field }) => field === 'name' || field === 'vat-number' || field === 'phone');
  if (!isPossible) return { score: 0, reasons: [] };
  const sum = reasons.reduce((total, reason) => total + points[reason.field][reason.kind], 0);
  const isElsewhere = request.country !== '' && candidate.country !== '' && request.country !== candidate.country;
  const factor = isElsewhere && !candidate.hasVatNumber ? otherCountryFactor : 1;
  // Surely the same is said only where nothing was merely similar.
  const most = reasons.every(({ kind }) => kind === 'same') ? 100 : 99;
  return { score: Math.min(most, Math.round(sum * factor)), reasons };
}

function compareTexts(field: Reason['field'], a: string, b: string): Reason | undefined {
  if (a === '' || b === '') return undefined;
  if (a === b) return { field, kind: 'same' };
  return similarity(a, b) >= similarFrom ? { field, kind: 'similar' } : undefined;
}

/** "Str.", "Straße" and "Strasse" are one word, joined or not. */
function street(text: string): string {
  return plain(text)
    .replace(/(strasse|str)\b/g, ' str')
    .replace(/ +/g, ' ')
    .trim();
}

function compact(text: string): string {
  return plain(text).replaceAll(' ', '');
}

/** The last eight digits: trunk and country prefixes are written in many ways. */
function samePhone(a: string, b: string): boolean {
  const [digitsOfA, digitsOfB] = [a.replace(/\D/g, ''), b.replace(/\D/g, '')];
  const isComparable = digitsOfA.length >= 6 && digitsOfB.length >= 6;
  return isComparable && digitsOfA.slice(-8) === digitsOfB.slice(-8);
}
