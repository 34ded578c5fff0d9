/** How people call what waits: by the position since which it does. */

/** `SC-000123`. */
export const nameOf = (position: number): string => `SC-${String(position).padStart(6, '0')}`;

/** Undefined for what is no such name. */
export function positionOf(name: string): number | undefined {
  const digits = /^SC-(\d{1,15})$/i.exec(name.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A number without leading zeros, in capitals: as somebody types it, and as the queue finds it. */
export const bare = (number: string): string => number.trim().replace(/^0+/, '').toUpperCase();

/** The parts of a record's id as they are found, each once. */
export const partsOf = (id: string): readonly string[] => [...new Set(id.split('/').map(bare))];
