/** How people call what waits: by the position since which it does. */

const named = (prefix: 'SC' | 'SD', position: number): string => `${prefix}-${String(position).padStart(6, '0')}`;

/** A record whose changes wait: `SC-000123`. */
export const nameOf = (position: number): string => named('SC', position);

/** A document that could not be understood: `SD-000123`. Both share one numbering. */
export const documentNameOf = (position: number): string => named('SD', position);

/** Undefined for what is no such name. */
export function positionOf(name: string): number | undefined {
  const digits = /^S[CD]-(\d{1,15})$/i.exec(name.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A number without leading zeros, in capitals: as somebody types it, and as the queue finds it. */
export const bare = (number: string): string => number.trim().replace(/^0+/, '').toUpperCase();

/** Of a document's number, as the model has it. */
const maxNumber = 40;

/** A number without leading zeros as senders may have written it: with none, one, two and so on. */
export const waysToWrite = (bareNumber: string): readonly string[] =>
  Array.from({ length: Math.max(1, maxNumber - bareNumber.length + 1) }, (_, zeros) => '0'.repeat(zeros) + bareNumber);

/** The parts of a record's id as they are found, each once. */
export const partsOf = (id: string): readonly string[] => [...new Set(id.split('/').map(bare))];
