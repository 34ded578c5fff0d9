/** Every record of a kind as the org has it, in the words of the model: what SAP owns, by path. */
import { GatewayError } from '../../errors/index.ts';
import type { FieldValue, RecordFields, SapSystemId } from '../../model/index.ts';
import type { OrgRecord } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { unreadable } from '../exchange.ts';
import { countryColumn, fromOrgValues } from './address-block.ts';
import type { BulkParts } from './bulk-job.ts';
import { toFieldValue } from './org-values.ts';
import { queryRows } from './query-job.ts';
import type { Column, Target } from './targets.ts';

/** In the order of the external ids as the org sorts them; which system is part of the id. */
export async function* readRecords(
  system: SapSystemId,
  target: Target,
  parts: BulkParts,
  deadline: Deadline,
): AsyncGenerator<OrgRecord, void, undefined> {
  const columns = columnsToRead(target);
  const removed = target.own.get('SAP_Removed__c')?.name;
  const asOf = target.own.get('SAP_As_Of__c')?.name;
  const marks = [removed, asOf].filter((name) => name !== undefined);
  const names = ['Id', target.keyField, ...marks, ...columns.map(nameOf)];
  const from = `FROM ${target.object} WHERE ${target.keyField} LIKE '${likeText(system)}:%'`;
  const query = `SELECT ${names.join(', ')} ${from} ORDER BY ${target.keyField}`;
  for await (const row of queryRows(query, parts, deadline)) {
    if (row.length !== names.length) throw unreadable('the columns of a table');
    yield toRecord(row, { system, target, columns, hasRemoved: removed !== undefined, hasAsOf: asOf !== undefined });
  }
}

/** What SAP owns, each path once, and what is needed to understand it. */
function columnsToRead(target: Target): readonly Column[] {
  const mine = target.columns.filter(({ owner }) => owner === 'SAP');
  const country = countryColumn(target);
  const all = country === undefined ? mine : [...mine, country];
  return all.filter((column, at) => all.findIndex(({ path }) => path.path === column.path.path) === at);
}

const nameOf = ({ field, lookup }: Column): string =>
  lookup === undefined ? field.name : `${lookup.relationship}.${lookup.keyField}`;

/** A logical system has capital letters, digits, `/` and `_`, which SOQL would take for any character. */
const likeText = (system: SapSystemId): string => system.replaceAll('_', String.raw`\_`);

interface Reading {
  readonly system: SapSystemId;
  readonly target: Target;
  readonly columns: readonly Column[];
  readonly hasRemoved: boolean;
  readonly hasAsOf: boolean;
}

function toRecord([recordId = '', externalId = '', ...cells]: readonly string[], reading: Reading): OrgRecord {
  const { system, target, columns, hasRemoved, hasAsOf } = reading;
  const values = cells.slice(Number(hasRemoved) + Number(hasAsOf));
  const fields: Record<string, FieldValue> = hasRemoved ? { isRemoved: cells[0] === 'true' } : {};
  for (const [at, column] of columns.entries())
    fields[column.path.path] = toFieldValue(values[at] ?? '', column, system);
  const id = externalId.slice(system.length + 1);
  if (id === '') throw new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'a record without a key' });
  return {
    key: { system, kind: target.kind, id },
    recordId,
    fields: ownedOf(fromOrgValues(fields, columns, target), columns),
    ...(hasRemoved ? { isRemoved: cells[0] === 'true' } : {}),
    ...(hasAsOf ? { asOf: toInstant(cells[Number(hasRemoved)] ?? '') } : {}),
  };
}

/** Salesforce writes `2026-11-21T10:15:00.000+0000` or with a `Z`; empty where nothing of SAP ever arrived. */
function toInstant(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Without what was only read along. */
const ownedOf = (fields: RecordFields, columns: readonly Column[]): RecordFields => {
  const foreign = columns.find(({ owner }) => owner !== 'SAP')?.path.path;
  return Object.fromEntries(Object.entries(fields).filter(([path]) => path !== foreign));
};
