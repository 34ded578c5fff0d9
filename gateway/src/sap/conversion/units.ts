/** Units and quantities: the ISO code where SAP gives one, because the internal key (`ST`) is a German abbreviation. */
import type { Quantity } from '../../model/index.ts';
import { readDecimal } from './amounts.ts';
import { formatDecimal } from './decimal.ts';

/** What internal unit keys mean, learnt from rows that carry both. */
export type IsoUnits = ReadonlyMap<string, string>;

/**
 * SAP's own keys that are German abbreviations, for answers that carry no ISO code. Other keys are the customer's
 * own or mean the same in every language (`KG`, `M`).
 */
const deliveredUnits: IsoUnits = new Map([
  ['ST', 'PCE'],
  ['KAR', 'CT'],
  ['PAK', 'PK'],
  ['PAA', 'PR'],
  ['STD', 'HUR'],
  ['TAG', 'DAY'],
]);

/** The unit people read. */
export function unitOf(internal: string, iso: string, known: IsoUnits = new Map()): string {
  return iso || known.get(internal) || deliveredUnits.get(internal) || internal;
}

/** A quantity without superfluous zeros: `10.000` pieces are `10`. */
export function quantity(value: string, unit: string): Quantity {
  return { value: formatDecimal(readDecimal(value)), unit };
}

const internalByIso = new Map([...deliveredUnits].map(([internal, iso]) => [iso, internal]));

/** SAP's own key of a unit as people write it; keys that are no German abbreviations are the same. */
export function internalUnit(unit: string): string {
  const key = unit.trim().toUpperCase();
  return internalByIso.get(key) ?? key;
}
