/** Which version of the ABAP pack brought which part: a system with an older pack lacks exactly the rest. */

/** Versions of the ABAP pack that can be imported; `none` is a system without it. */
export type PackVersion = 'none' | '1.0.0' | '1.1.0' | '1.2.0';

/** Oldest first. */
const versions: readonly PackVersion[] = ['1.0.0', '1.1.0', '1.2.0'];

/** Functions, structures and tables by name; parameters by name in every function, or as `FUNCTION PARAMETER` in one. */
const newIn: Readonly<Partial<Record<PackVersion, readonly string[]>>> = {
  '1.1.0': [
    ...['Z_GANGWAY_CREDIT_CHANGE', 'Z_GANGWAY_CONTACT_SAVE', 'ZGANGWAY_S_CONTACT', 'ZGANGWAY_S_CONTACTX'],
    ...['ZGANGWAY_FENCE', 'I_FENCE', 'E_PARNR', 'Z_GANGWAY_KEY_READ ET_RETURN'],
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

/** Whether a function of the pack has the parameter. */
export function hasParameter(pack: PackVersion, owner: string, parameter: string): boolean {
  if (!owner.startsWith('Z_GANGWAY_')) return true;
  return isIn(pack, parameter) && isIn(pack, `${owner} ${parameter}`);
}
