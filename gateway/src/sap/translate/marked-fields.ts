/** A change as the pack takes it: values, and a mark on each field that is meant. */
import type { AbapStructure } from '../../ports/index.ts';

export interface MarkedFields {
  readonly values: AbapStructure;
  readonly flags: AbapStructure;
}

/** An absent field has no mark, so it stays as it is; an empty one clears SAP's value. */
export function markedFields(wanted: Readonly<Record<string, string | undefined>>): MarkedFields {
  const present = Object.entries(wanted).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
  return { values: Object.fromEntries(present), flags: Object.fromEntries(present.map(([field]) => [field, 'X'])) };
}
