/** Company names made comparable, and how alike two of them are. */

/** Legal forms of many countries; they say how a company is built, not which one it is. */
const legalForms = new Set(
  (
    'gmbh ag kg ohg gbr ug se kgaa mbh co inc incorporated corp corporation company ltd limited llc llp plc pty lp sa sas sarl sarlu eurl snc srl spa ' +
    'sl slu bv nv vof cv ab hb oy oyj as asa aps kk gk kft zrt doo sro zoo spzoo wll fzco fze fzc lda ltda sgps ltee cie und and et y i'
  ).split(' '),
);

const expansions: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  œ: 'oe',
  å: 'aa',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/** Lower case, umlauts written out, other accents and all punctuation gone. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæøœåđłþðı]/g, (letter) => expansions[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[.'’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A name without its legal forms; the whole name when nothing else is left. */
export function comparableName(name: string): string {
  const words = plain(name)
    .replace(/\bs (a|l|r l|p a|a s)\b/g, (form) => form.replaceAll(' ', ''))
    .split(' ');
  const kept = words.filter((word) => !legalForms.has(word));
  return (kept.length > 0 ? kept : words).join(' ');
}

/** 1 for the same, 0 for nothing in common: shared pairs of letters, which forgives typing errors and word order. */
export function similarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const pairsOfA = pairs(a);
  const pairsOfB = pairs(b);
  const total = count(pairsOfA) + count(pairsOfB);
  if (total === 0) return 0;
  let shared = 0;
  for (const [pair, times] of pairsOfA) shared += Math.min(times, pairsOfB.get(pair) ?? 0);
  return (2 * shared) / total;
}

function pairs(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of text.split(' ')) {
    // The blanks make the first and the last letter count, and single letters too.
    const padded = ` ${word} `;
    for (let index = 0; index < padded.length - 1; index += 1) {
      const pair = padded.slice(index, index + 2);
      found.set(pair, (found.get(pair) ?? 0) + 1);
    }
  }
  return found;
}

function count(found: ReadonlyMap<string, number>): number {
  return [...found.values()].reduce((sum, times) => sum + times, 0);
}
