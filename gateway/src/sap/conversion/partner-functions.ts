/** Partner functions by SAP's internal (German) key; never by the English one, where `SP` means something else. */

export type PartnerRole = 'sold-to' | 'ship-to' | 'bill-to' | 'payer' | 'other';

/** A map, because SAP's text may be anything, also the name of what every object has. */
const roles: ReadonlyMap<string, PartnerRole> = new Map([
  ['AG', 'sold-to'],
  ['WE', 'ship-to'],
  ['RE', 'bill-to'],
  ['RG', 'payer'],
]);

/** Internal `SP` is the forwarding agent, not the sold-to party, and so are all others: `other`. */
export function partnerRole(internalKey: string): PartnerRole {
  return roles.get(internalKey) ?? 'other';
}

const keys = new Map([...roles].map(([key, role]): [string, string] => [role, key]));

/** The internal key of a role; any other text is taken for an internal key. */
export function partnerKey(roleOrKey: string): string {
  return keys.get(roleOrKey.trim().toLowerCase()) ?? roleOrKey.trim().toUpperCase();
}
