/** From a record in business words to a row of one object: fields by name, parents by external id, where it came from. */
import { externalIdOf, keyText } from '../../model/index.ts';
import type { FieldValue, RecordKey } from '../../model/index.ts';
import type { RecordWrite } from '../../ports/index.ts';
import { isStateCode, toOrgValue } from './address-block.ts';
import { nullCell, toCell } from './cells.ts';
import type { Cell } from './cells.ts';
import type { Column, OwnField, Target } from './targets.ts';

/** A record that this row names as parent. */
export interface ParentReference {
  readonly key: RecordKey;
  readonly object: string;
  readonly keyField: string;
}

export interface UnknownState {
  readonly field: string;
  readonly value: string;
}

export interface Row {
  readonly key: RecordKey;
  readonly externalId: string;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly parents: readonly ParentReference[];
  /** Rows with equal beginnings lock the same records, so they travel together. */
  readonly sortKey: string;
  /** States that the org's picklist does not have: they are left out, because the record counts more. */
  readonly unknownStates: readonly UnknownState[];
}

/** Throws SALESFORCE_VALUE_REFUSED where a value cannot be taken as it is. */
export function toRow(record: RecordWrite, target: Target): Row {
  const cells = new Map<string, Cell>();
  const parents: ParentReference[] = [];
  const unknownStates: UnknownState[] = [];
  for (const column of target.columns) {
    const value = toOrgValue(record.fields, column, target);
    if (value === undefined) continue;
    if (typeof value === 'string' && isUnknownState(column, value)) {
      unknownStates.push({ field: column.field.name, value });
      continue;
    }
    const cell =
      column.lookup === undefined ? toCell(value, column.field) : lookupCell(value, column, record.key.system);
    cells.set(column.field.name, cell);
    if (cell.is === 'reference' && column.lookup !== undefined)
      parents.push({ key: parentKey(value, column, record.key.system), ...column.lookup });
  }
  addOwn(record, target, cells);
  const externalId = externalIdOf(record.key);
  const parent = parents[0] === undefined ? '' : externalIdOf(parents[0].key);
  return { key: record.key, externalId, cells, parents, sortKey: `${parent}\n${externalId}`, unknownStates };
}

/** Salesforce comes with the states of nine countries; customers of all others must not be held for it. */
const isUnknownState = (column: Column, value: string): boolean =>
  isStateCode(column) && value !== '' && column.field.allowed?.has(value) === false;

function lookupCell(value: FieldValue, column: Column, system: RecordKey['system']): Cell {
  if (column.lookup === undefined || typeof value !== 'string' || value === '') return nullCell;
  const { relationship, keyField } = column.lookup;
  return { is: 'reference', relationship, keyField, externalId: externalIdOf(parentKey(value, column, system)) };
}

const parentKey = (value: FieldValue, { lookup }: Column, system: RecordKey['system']): RecordKey => ({
  system,
  kind: lookup?.kind ?? 'customer',
  id: String(value),
});

/** What every record carries: what it is, how new it is, by which document. */
function addOwn(
  { key, fields, facets, isRemoved, source }: RecordWrite,
  { own, keyField }: Target,
  cells: Map<string, Cell>,
): void {
  const set = (name: OwnField, value: FieldValue): void => {
    const field = own.get(name);
    if (field !== undefined && field.name !== keyField) cells.set(field.name, toCell(value, field));
  };
  const orders = Object.entries(facets).sort(([a], [b]) => (a < b ? -1 : 1));
  set('SAP_Arrival__c', orders.map(([facet, order]) => `${facet}=${order}`).join(';'));
  set('SAP_As_Of__c', newestOf(orders.map(([, order]) => order)));
  // The field's 80 characters take every number there is; only a very long name of a type would not fit.
  set('SAP_Document__c', `${source.type} ${source.number}`.slice(0, 80));
  // Who does not speak of it (an address alone, credit data) takes no removal back.
  if (isRemoved || Object.hasOwn(fields, 'isRemoved')) set('SAP_Removed__c', isRemoved);
  if (key.kind === 'customer') {
    // The org builds the Account's key from the two.
    set('SAP_System__c', key.system);
    set('SAP_Customer_Number__c', key.id);
  }
  if (key.kind === 'contact') set('SAP_Contact_Number__c', key.id);
}

/** The instant of the newest order. */
function newestOf(orders: readonly string[]): string | null {
  return orders.toSorted().at(-1)?.split('#')[0] ?? null;
}

/** Whether a row names another one of the same kind as its parent. */
export const namesOneOf = ({ parents }: Row, keys: ReadonlySet<string>): boolean =>
  parents.some(({ key }) => keys.has(keyText(key)));
