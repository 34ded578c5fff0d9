/** What `gangway check` says of the ABAP pack: is it there, and new enough for the features that are switched on. */
import { GatewayError } from '../errors/index.ts';
import type { AbapPackUse, SapFeature } from '../model/index.ts';
import type { SapIdentity } from '../ports/index.ts';
import { warning } from './check-result.ts';
import type { Finding } from './check-result.ts';

/** The minor version since which the pack has what a feature cannot do without. */
const needsMinor: Readonly<Partial<Record<SapFeature, number>>> = {
  'customer-writes': 1,
  'contact-writes': 1,
  'credit-writes': 1,
  'order-writes': 2,
  changes: 2,
};
/** These work without the pack, and show less. */
const betterWith: readonly SapFeature[] = ['credit', 'invoices'];
const importAdvice =
  'SAP Basis imports the current ABAP pack with abapGit (docs/sap-basis/abap-pack.md); a developer activates it in SE80.';

export interface PackCheckParts {
  readonly features: readonly SapFeature[];
  readonly use: AbapPackUse;
  /** Asks the key table, which every write needs. */
  readonly lookUp: () => Promise<unknown>;
}

/** What the pack says of itself, against what is switched on. */
export async function checkPack({ packVersion }: SapIdentity, parts: PackCheckParts): Promise<string | Finding> {
  const { features, use, lookUp } = parts;
  const needed = features.filter((feature) => needsMinor[feature] !== undefined);
  if (use === 'absent') return sayUnused(needed);
  const minor = Number(/^1\.(\d{1,4})(?:\.|$)/.exec(packVersion ?? '')?.[1] ?? -1);
  if (minor < 0) return sayMissing(needed, parts);
  const lacking = needed.filter((feature) => (needsMinor[feature] ?? 0) > minor);
  if (needed.length > lacking.length) await lookUp();
  if (lacking.length === 0) return `version ${packVersion ?? ''} is imported and may be used`;
  return warning(
    `version ${packVersion ?? ''} is too old for ${lacking.join(', ')}`,
    'sap-basis',
    importAdvice,
    'SAP_PACK_OUTDATED',
  );
}

/** Throws why where something cannot do without it: missing, or not allowed. */
async function sayMissing(
  needed: readonly SapFeature[],
  { features, use, lookUp }: PackCheckParts,
): Promise<string | Finding> {
  if (needed.length > 0 || use === 'required') {
    await lookUp();
    throw new GatewayError('SAP_PACK_MISSING');
  }
  const poorer = betterWith.filter((feature) => features.includes(feature));
  if (poorer.length === 0) return 'is not needed for what is switched on';
  return warning(
    `is not there: ${poorer.join(' and ')} show less without it`,
    'sap-basis',
    importAdvice,
    'SAP_PACK_MISSING',
  );
}

function sayUnused(needed: readonly SapFeature[]): string | Finding {
  if (needed.length === 0) return 'is not used (sap.abapPack is absent)';
  return warning(
    `is not used (sap.abapPack is absent), so ${needed.join(', ')} cannot work`,
    'operator',
    'The operator takes these out of sap.features; or SAP Basis imports the ABAP pack, and sap.abapPack becomes required.',
    'SAP_PACK_MISSING',
  );
}
