/** Rows of one object as changes of records, by the same rules as the segments of DEBMAS and MATMAS, which have the same fields. */
import { GatewayError } from '../../errors/index.ts';
import type { ChangeOrder, RecordChange } from '../../model/index.ts';
import type { StagingHead } from '../../ports/index.ts';
import { customerChanges } from '../changes/customer-changes.ts';
import type { AreaRecords } from '../changes/customer-changes.ts';
import { materialChanges } from '../changes/material-changes.ts';
import { invalidValue } from '../changes/record.ts';
import type { SapRecord } from '../changes/record.ts';
import type { Translation, ValueRules } from '../changes/translation.ts';
import type { StagedRow } from './staged-row.ts';
import type { StagedObject } from './staging-objects.ts';

/** The model's limit of one document. */
const maxChanges = 10_000;
/** What identifies a sales area of one customer. */
const areaFields = ['VKORG', 'VTWEG', 'SPART'] as const;
/** KNVP keeps each kind of partner in a field of its own, in the segment one field has whichever is filled. */
const partnerFields = ['KUNN2', 'LIFNR', 'PARNR', 'PERNR'] as const;

/** Throws for an object whose values cannot be read. */
export function changesOfObject(
  { rows }: StagedObject,
  kind: StagingHead['kind'],
  order: ChangeOrder,
  rules: ValueRules,
): readonly RecordChange[] {
  const records = rows.map((row) => (row.table === 'KNVP' ? partnerRecord(row) : recordOf(row)));
  const translation: Translation = { rules, order, isWhole: true };
  const changes = kind === 'customers' ? customerOf(records, translation) : materialOf(records, translation);
  if (changes.length > maxChanges) throw new GatewayError('IDOC_TOO_LARGE', { what: 'records', limit: maxChanges });
  return changes;
}

function customerOf(records: readonly SapRecord[], translation: Translation): RecordChange[] {
  const of = (table: string): readonly SapRecord[] => records.filter(({ name }) => name === table);
  const [general] = of('KNA1');
  if (general === undefined) throw new GatewayError('INTERNAL', { reason: 'an object without a row of its own' });
  const areas = areasOf(of('KNVV'), of('KNVP'));
  return customerChanges({ general, areas, contacts: of('KNVK'), credit: of('KNKK') }, translation);
}

/** Partner functions below their sales area, as the segments stand. */
function areasOf(areas: readonly SapRecord[], partners: readonly SapRecord[]): AreaRecords[] {
  const found = new Map(areas.map((area) => [areaKey(area), { area, partners: [] as SapRecord[] }]));
  for (const partner of partners) {
    const place = found.get(areaKey(partner));
    if (place === undefined) throw invalidValue(partner, 'VKORG', 'sales area that the customer has');
    place.partners.push(partner);
  }
  return [...found.values()];
}

const areaKey = (record: SapRecord): string => areaFields.map((field) => record.said(field) ?? '').join('/');

const recordOf = (row: StagedRow): SapRecord => ({
  name: row.table,
  said: (field) => row.value(field)?.trim(),
});

function partnerRecord(row: StagedRow): SapRecord {
  const record = recordOf(row);
  const filled = partnerFields.find((field) => /[^0\s]/.test(record.said(field) ?? ''));
  const partner = filled === undefined ? '' : record.said(filled);
  return { name: record.name, said: (field) => (field === 'KUNN2' ? partner : record.said(field)) };
}

function materialOf(records: readonly SapRecord[], translation: Translation): RecordChange[] {
  const general = records.find(({ name }) => name === 'MARA');
  if (general === undefined) throw new GatewayError('INTERNAL', { reason: 'an object without a row of its own' });
  return materialChanges({ general, texts: records.filter(({ name }) => name === 'MAKT') }, translation);
}
