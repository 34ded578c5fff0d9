/** The role of the service user: what the enabled features need of SAP's authorizations, and nothing more. */
import { sapFeature } from '../../model/index.ts';
import type { AbapPackUse, SapFeature } from '../../model/index.ts';
import { functionCatalogue } from '../functions/catalogue.ts';
import { readTable } from '../functions/system.ts';
import { basisObjects, tableDisplay } from './basis-objects.ts';
import { customerObjects } from './customer-objects.ts';
import { isMet, isNeeded } from './needed.ts';
import type { Wanted } from './needed.ts';
import type { Confidence, ObjectCheck, ObjectChecks } from './objects.ts';
import { receivableObjects } from './receivable-objects.ts';
import { salesObjects } from './sales-objects.ts';
import { readableTables } from './tables.ts';

export interface RoleRequest {
  /** Everything where absent. */
  readonly features?: readonly SapFeature[] | undefined;
  readonly driver: 'soap' | 'node-rfc';
  /** `optional` where absent: the role is for systems with the ABAP pack and without it. */
  readonly pack?: AbapPackUse | undefined;
  /** Functions that published services call. */
  readonly published?: readonly string[] | undefined;
  /** What is known of the customer's own organization; the rest stays a named place. */
  readonly organization?: Organization | undefined;
}

export interface Organization {
  readonly companyCodes: readonly string[];
  /** The company codes where absent. */
  readonly creditControlAreas?: readonly string[] | undefined;
  /** Of new customers. */
  readonly accountGroup: string;
}

/** One authorization as PFCG takes it: an object, and its fields with values. */
export interface Authorization {
  readonly object: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** What it is needed for, in words. */
  readonly why: string;
  /** Functions that check it. */
  readonly functions: readonly string[];
  readonly confidence: Confidence;
}

export interface SapRole {
  readonly features: readonly SapFeature[];
  readonly authorizations: readonly Authorization[];
  /** Functions of published services whose objects are not known here. */
  readonly untraced: readonly string[];
}

/** What is known of each function, by name. */
export const objectChecks: ObjectChecks = {
  ...basisObjects,
  ...customerObjects,
  ...salesObjects,
  ...receivableObjects,
};

/** The authorizations, those to call at all first. */
export function sapRole(request: RoleRequest): SapRole {
  const features = sapFeature.options.filter((feature) => request.features?.includes(feature) !== false);
  const wanted = { features: new Set(features), pack: request.pack ?? 'optional' };
  const own = [...functionCatalogue.values()].filter((definition) => isNeeded(definition, wanted));
  const published = features.includes('services') ? (request.published ?? []) : [];
  const names = [...new Set([...own.map(({ name }) => name), ...published])].sort();
  const checked = [...names.flatMap(checksOf), ...tableChecks(names, wanted)];
  return {
    features,
    authorizations: [...toCall(names, request.driver), ...grouped(checked)].map((it) =>
      filled(it, ownValues(request.organization)),
    ),
    untraced: names.filter((name) => !Object.hasOwn(objectChecks, name)),
  };
}

interface Checked {
  readonly functionName: string;
  readonly check: ObjectCheck;
}

const checksOf = (functionName: string): Checked[] =>
  (objectChecks[functionName] ?? []).map((check) => ({ functionName, check }));

function tableChecks(names: readonly string[], { features, pack }: Wanted): Checked[] {
  const tables = readableTables
    .filter(({ feature, need }) => features.has(feature) && isMet(need, pack))
    .map(({ name }) => name);
  if (!names.includes(readTable.name) || tables.length === 0) return [];
  return [{ functionName: readTable.name, check: tableDisplay(tables) }];
}

/** Called by SAP's library on its own account, beside the two that describe functions and are everybody's anyway. */
const sdkFunctions: Authorization = {
  object: 'S_RFC',
  fields: { ACTVT: ['16'], RFC_TYPE: ['FUNC'], RFC_NAME: ['RFC_METADATA_GET', 'SYSTEM_RESET_RFC_SERVER'] },
  why: "what SAP's RFC library calls by itself: resetting a session (group SYSU), and describing functions in newer patches",
  functions: [],
  confidence: 'general',
};

/** To call the functions, over SOAP to enter the service, and over RFC what SAP's library calls by itself. */
function toCall(names: readonly string[], driver: RoleRequest['driver']): Authorization[] {
  const rfc: Authorization = {
    object: 'S_RFC',
    fields: { ACTVT: ['16'], RFC_TYPE: ['FUNC'], RFC_NAME: names },
    why: 'to call these functions and no others',
    functions: names,
    confidence: 'documented',
  };
  const icf: Authorization = {
    object: 'S_ICF',
    fields: { ICF_FIELD: ['SERVICE'], ICF_VALUE: ['$ICF_VALUE'] },
    why: 'to enter /sap/bc/soap/rfc; only where SICF names an authorization value for the service',
    functions: [],
    confidence: 'general',
  };
  return driver === 'soap' ? [rfc, icf] : [rfc, sdkFunctions];
}

/** Equal objects whose other fields are equal become one with several activities: never more than was asked for. */
function grouped(checked: readonly Checked[]): Authorization[] {
  const groups = Map.groupBy(checked, ({ check }) => keyOf(check));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const activities = [...new Set(group.flatMap(({ check }) => check.fields['ACTVT'] ?? []))].sort();
    const functions = [...new Set(group.map(({ functionName }) => functionName))];
    const fields = activities.length === 0 ? first.check.fields : { ...first.check.fields, ACTVT: activities };
    const confidence = strongest(group.map(({ check }) => check.confidence));
    return [{ object: first.check.object, fields, why: purposeOf(functions), functions, confidence }];
  });
}

function keyOf({ object, fields }: ObjectCheck): string {
  return JSON.stringify([object, Object.entries(fields).filter(([name]) => name !== 'ACTVT')]);
}

const order: readonly Confidence[] = ['proven', 'documented', 'general'];
/** One function that surely checks it is enough to need it. */
const strongest = (all: readonly Confidence[]): Confidence => order.find((one) => all.includes(one)) ?? 'general';

function purposeOf(functions: readonly string[]): string {
  const purposes = functions.map((name) => functionCatalogue.get(name)?.purpose ?? `published service over ${name}`);
  return [...new Set(purposes)].join('; ');
}

/** By named place. */
function ownValues(organization: Organization | undefined): Readonly<Record<string, readonly string[]>> {
  if (organization === undefined) return {};
  const { companyCodes, creditControlAreas = companyCodes, accountGroup } = organization;
  return { $BUKRS: companyCodes, $KKBER: creditControlAreas, $KTOKD_NEW: [accountGroup] };
}

/** Placeholders become own values where they are known. */
function filled(authorization: Authorization, values: Readonly<Record<string, readonly string[]>>): Authorization {
  const fields = Object.entries(authorization.fields).map(([field, given]): [string, readonly string[]] => [
    field,
    given.flatMap((value) => (values[value]?.length ? values[value] : [value === '$KTOKD_NEW' ? '$KTOKD' : value])),
  ]);
  return { ...authorization, fields: Object.fromEntries(fields) };
}
