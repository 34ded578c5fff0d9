/** Where a walk through the changes stands: what Z_GANGWAY_CHANGES_READ hands out and takes back. */

export interface ChangePosition {
  /** Letters of the kinds, in the order of the walk. */
  readonly kinds: string;
  /** The moment from which the walk reads, in UTC: `YYYYMMDDHHMMSS`. */
  readonly base: string;
  /** The moment at which the walk began; empty between two walks. */
  readonly began: string;
  /** The kind that is being read, E for the second half of P; empty between two walks. */
  readonly stage: string;
  /** The last thing of it that was read. */
  readonly after: string;
}

const allKinds = ['K', 'C', 'L', 'P'];

/** The kinds in the order of the walk; undefined for a letter that is none. */
export function kindsOf(given: string): string | undefined {
  if (/[^KCLP ]/.test(given)) return undefined;
  const kinds = allKinds.filter((it) => given.includes(it)).join('');
  return kinds === '' ? allKinds.join('') : kinds;
}

/** Milliseconds of a stamp, taken as UTC; undefined for a text that is no moment, or one before 1970. */
export function momentOf(stamp: string): number | undefined {
  const parts = /^(19[7-9]\d|[2-9]\d{3})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(moment)) return undefined;
  return stampOf(moment) === stamp ? moment : undefined;
}

/** `YYYYMMDDHHMMSS` of a moment. */
export function stampOf(moment: number): string {
  return new Date(moment).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The position as text. */
export function writePosition({ kinds, base, began, stage, after }: ChangePosition): string {
  return `1|${kinds}|${base}|${began}|${stage}|${after}`;
}

/** A position of the same kinds, or a plain moment; undefined for anything else. */
export function readPosition(text: string, kinds: string): ChangePosition | undefined {
  const start = { kinds, began: '', stage: '', after: '' };
  if (momentOf(text) !== undefined) return { ...start, base: text };
  const [version, ofKinds, base = '', began = '', stage = '', after = '', ...more] = text.split('|');
  const isOurs = version === '1' && ofKinds === kinds && more.length === 0 && momentOf(base) !== undefined;
  if (!isOurs) return undefined;
  if (stage === '') return { ...start, base };
  const isWalk = kinds.includes(stage === 'E' ? 'P' : stage) && momentOf(began) !== undefined;
  return isWalk ? { kinds, base, began, stage, after } : undefined;
}
