/** Which functions and tables the enabled features need, with the ABAP pack or without it. */
import type { AbapPackUse, SapFeature } from '../../model/index.ts';
import type { CatalogueFunction, Need } from '../functions/signature.ts';

export interface Wanted {
  readonly features: ReadonlySet<SapFeature>;
  readonly pack: AbapPackUse;
}

/** True when one of the features calls this function. */
export function isNeeded({ neededBy }: CatalogueFunction, { features, pack }: Wanted): boolean {
  if (neededBy === 'every') return true;
  if (neededBy === 'every-with-pack') return pack !== 'absent';
  return [...features].some((feature) => isMet(neededBy[feature], pack));
}

/** The features that call it, in the order in which they were given. */
export function featuresOf({ neededBy }: CatalogueFunction, { features, pack }: Wanted): readonly SapFeature[] {
  if (neededBy === 'every' || neededBy === 'every-with-pack') return [...features];
  return [...features].filter((feature) => isMet(neededBy[feature], pack));
}

/** Whether there is a need in systems of this kind. */
export function isMet(need: Need | undefined, pack: AbapPackUse): boolean {
  if (need === undefined) return false;
  if (pack === 'required') return need !== 'without-pack';
  return pack === 'optional' || need !== 'with-pack';
}
