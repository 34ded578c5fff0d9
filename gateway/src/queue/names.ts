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

/** The parts of a record's id as they are found, each once. */
export const partsOf = (id: string): readonly string[] => [...new Set(id.split('/').map(bare))];
