/** Partner functions by SAP's internal (German) key; never by the English one, where `SP` means something else. */

export type PartnerRole = 'sold-to' | 'ship-to' | 'bill-to' | 'payer' | 'other';

const roles: Readonly<Record<string, PartnerRole>> = { AG: 'sold-to', WE: 'ship-to', RE: 'bill-to', RG: 'payer' };

/** Internal `SP` is the forwarding agent, not the sold-to party, and so are all others: `other`. */
export function partnerRole(internalKey: string): PartnerRole {
  return roles[internalKey] ?? 'other';
}

const keys = new Map(Object.entries(roles).map(([key, role]): [string, string] => [role, key]));

/** The internal key of a role; any other text is taken for an internal key. */
export function partnerKey(roleOrKey: string): string {
  return keys.get(roleOrKey.trim().toLowerCase()) ?? roleOrKey.trim().toUpperCase();
}
