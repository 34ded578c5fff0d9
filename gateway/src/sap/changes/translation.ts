/** What a translator needs beside the segments: whose records they are, how new, and how this SAP writes its values. */
import { GatewayError } from '../../errors/index.ts';
import type {
  ChangeOrder,
  Facet,
  RecordChange,
  RecordFields,
  RecordKey,
  RecordKind,
  SapSystemId,
} from '../../model/index.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';

/** How values of this SAP system are to be understood. */
export interface ValueRules {
  readonly system: SapSystemId;
  /** ISO 639: of several texts, the one in it is taken. */
  readonly language: string;
  readonly decimals: CurrencyDecimals;
  readonly currencies: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  /** Currency by credit control area, which no IDoc carries. */
  readonly areaCurrencies: ReadonlyMap<string, string>;
  /** Of several credit control areas, the first of these counts; without one of them, the first by key. */
  readonly creditControlAreas: readonly string[];
  /** Whether DEBMAS speaks about addresses; not where ADRMAS does it better. */
  readonly addressesFromCustomers: boolean;
  /** Master data segments whose amounts come as people write them, not with SAP's two stored decimals. */
  readonly realAmounts: ReadonlySet<string>;
}

export interface Translation {
  readonly rules: ValueRules;
  readonly order: ChangeOrder;
  /** Whether the document holds all there is of its object; false for a reduced one. */
  readonly isWhole: boolean;
}

/** What is told of one record beside its fields. */
export interface RecordNews {
  readonly facet?: Facet;
  readonly isRemoved?: boolean;
  readonly parents?: readonly RecordKey[];
}

/** More would not fit into the external id. */
const longestId = 120;

/** A part of a record's id: what would be taken for a border between parts is written as in URLs. */
export function idPart(text: string): string {
  return text.replace(/[%/:\p{Cc}]/gu, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** The key of a record from the parts of its id. */
export function keyOf({ rules }: Translation, kind: RecordKind, ...parts: readonly string[]): RecordKey {
  return { system: rules.system, kind, id: checkedId(parts.map(plainPart).join('/')) };
}

/** The key of a record whose id goes on where that of another ends. */
export function keyBelow({ system, id }: RecordKey, kind: RecordKind, part: string, last: string): RecordKey {
  return { system, kind, id: checkedId(`${id}/${plainPart(part)}/${plainPart(last)}`) };
}

/** What nearly all ids are made of, and what needs no sign of its own in them. */
const isPlain = /^[A-Za-z0-9._-]*$/;
const plainPart = (part: string): string => (isPlain.test(part) ? part : idPart(part));

function checkedId(id: string): string {
  if (id.length <= longestId) return id;
  throw new GatewayError('IDOC_TOO_LARGE', { what: 'characters in a key', limit: longestId });
}

/** A change, its parents each once and never the record itself. */
export function changeOf(
  { order }: Translation,
  key: RecordKey,
  fields: RecordFields,
  { facet = 'master', isRemoved = fields['isRemoved'] === true, parents = [] }: RecordNews = {},
): RecordChange {
  return { key, facet, order, fields, isRemoved, parents: othersOf(key, parents) };
}

function othersOf(key: RecordKey, parents: readonly RecordKey[]): RecordKey[] {
  const others: RecordKey[] = [];
  for (const parent of parents) {
    // Never more than a handful.
    if (!isSame(parent, key) && !others.some((it) => isSame(it, parent))) others.push(parent);
  }
  return others;
}

const isSame = (one: RecordKey, other: RecordKey): boolean => one.id === other.id && one.kind === other.kind;
