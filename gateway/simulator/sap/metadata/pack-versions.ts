/** Which version of the ABAP pack brought which part: a system with an older pack lacks exactly the rest. */

/** Versions of the ABAP pack that can be imported; `none` is a system without it. */
export type PackVersion = 'none' | '1.0.0' | '1.1.0' | '1.2.0';

/** Oldest first. */
const versions: readonly PackVersion[] = ['1.0.0', '1.1.0', '1.2.0'];

const all = (owner: string, members: string): string[] => members.split(' ').map((member) => `${owner} ${member}`);

/** Functions, structures and tables by name; parameters by name in every function; `OWNER MEMBER` for one's parameter or field. */
const newIn: Readonly<Partial<Record<PackVersion, readonly string[]>>> = {
  '1.1.0': [
    ...['Z_GANGWAY_CREDIT_CHANGE', 'Z_GANGWAY_CONTACT_SAVE', 'ZGANGWAY_S_CONTACT', 'ZGANGWAY_S_CONTACTX'],
    ...['ZGANGWAY_FENCE', 'I_FENCE', 'E_PARNR', 'Z_GANGWAY_KEY_READ ET_RETURN'],
  ],
  '1.2.0': [
    ...['PARTNERS_READ', 'CONTACTS_READ', 'ORDER_CREATE', 'CHANGES_READ'].map((it) => `Z_GANGWAY_${it}`),
    ...['PARTNER', 'PERSON', 'PARTNER_NEW', 'TAX', 'CHANGE'].map((it) => `ZGANGWAY_S_${it}`),
    ...['', '_ITEM', '_LINE', '_PARTNER', '_TEXT'].map((it) => `ZGANGWAY_S_ORDER${it}`),
    ...all('Z_GANGWAY_VERSION', 'E_LOGSYS E_SYSTEM E_CLIENT E_UTC_STAMP'),
    ...all('Z_GANGWAY_CUSTOMER_CREATE', 'IT_PARTNERS IT_TAX'),
    ...all('Z_GANGWAY_KEY_READ', 'E_VBELN'),
    ...all('ZGANGWAY_KEY', 'VBELN'),
    ...all('ZGANGWAY_S_GENERAL', 'LZONE STCD1 STCD2 BRSCH KUKLA'),
    ...all('ZGANGWAY_S_GENERALX', 'LZONE STCD1 STCD2 BRSCH KUKLA'),
    ...all('ZGANGWAY_S_COMPANY', 'ZUAWA ZWELS FDGRV'),
    ...all('ZGANGWAY_S_SALES', 'KTGRD VSBED KALKS INCO1 INCO2 KONDA PLTYP KDGRP BZIRK VKBUR VKGRP VWERK LPRIO'),
  ],
};

const since = new Map(
  Object.entries(newIn).flatMap(([version, names]) =>
    names.map((name): [string, number] => [name, versions.findIndex((it) => it === version)]),
  ),
);

function isIn(pack: PackVersion, name: string): boolean {
  return versions.indexOf(pack) >= (since.get(name) ?? 0);
}

/** Whether a function, structure or table is there; whatever does not belong to the pack always is. */
export function isInstalled(pack: PackVersion, name: string): boolean {
  return !/^Z_?GANGWAY_/.test(name) || (pack !== 'none' && isIn(pack, name));
}

/** Whether a function, structure or table of the pack has the parameter or field. */
export function hasMember(pack: PackVersion, owner: string, member: string): boolean {
  if (!/^Z_?GANGWAY_/.test(owner)) return true;
  return isIn(pack, member) && isIn(pack, `${owner} ${member}`);
}
