/** RFC_READ_TABLE: rows of any table as fixed-width text of at most 512 characters. */
import type { Field } from '../metadata/field.ts';
import type { Structure } from '../metadata/repository.ts';
import type { TableRow } from '../tables/table.ts';
import { abapException } from '../wire/soap-fault.ts';
import type { FunctionCall } from './function-call.ts';
import { readWhereClause } from './where-clause.ts';
import type { WhereClause } from './where-clause.ts';

const maxRowWidth = 512;

interface Column {
  readonly field: Field;
  readonly width: number;
  readonly offset: number;
}

/** Characters a column takes: numbers bring room for sign and point. */
function widthOf(field: Field): number {
  if (field.abapType === 'P') return field.length + (field.decimals > 0 ? 2 : 1);
  return field.abapType === 'I' ? 11 : field.length;
}

function columnsOf(call: FunctionCall, structure: Structure): readonly Column[] {
  const wanted = call.tableInput('FIELDS').map((it) => it.FIELDNAME ?? '');
  const unknown = wanted.find((name) => !structure.byName.has(name));
  if (unknown !== undefined) throw abapException('FIELD_NOT_VALID', `table ${structure.name} has no field ${unknown}`);
  const fields =
    wanted.length === 0
      ? structure.fields
      : wanted.map((name) => structure.byName.get(name)).filter((it) => it !== undefined);
  const gap = call.value('DELIMITER') === '' ? 0 : 1;
  let offset = 0;
  const columns = fields.map((field) => {
    const column = { field, width: widthOf(field), offset };
    offset += column.width + gap;
    return column;
  });
  return columns;
}

/** Numbers stand on the right with their sign behind, all else on the left. */
function formatCell({ field, width }: Column, row: TableRow, client: string): string {
  if (field.ddicType === 'CLNT') return client;
  const value = row[field.name] ?? field.initial;
  if (field.abapType !== 'P' && field.abapType !== 'I') return value.padEnd(width);
  const text = value.startsWith('-') ? `${value.slice(1)}-` : `${value} `;
  return text.padStart(width);
}

/** Uses the primary key or an index on the leading key field where the clause allows. */
function candidates(call: FunctionCall, structure: Structure, where: WhereClause): Iterable<TableRow> {
  const table = call.table(structure.name);
  const keys = table.keyFields;
  if (keys.length > 0 && keys.every((key) => where.equal.has(key))) {
    const row = table.get(Object.fromEntries(where.equal));
    return row === undefined ? [] : [row];
  }
  const [name, value] =
    [...where.equal].find(([field]) => field !== 'MANDT' && field !== 'CLIENT' && field !== 'SPRAS') ?? [];
  return name === undefined || value === undefined ? table.rows() : table.where([name], [value]);
}

function appendRows(call: FunctionCall, structure: Structure, columns: readonly Column[], where: WhereClause): void {
  const client = call.system.settings.client;
  const delimiter = call.value('DELIMITER');
  const skip = Number(call.value('ROWSKIPS'));
  const most = Number(call.value('ROWCOUNT')) || Infinity;
  const clientField = structure.fields.find((it) => it.ddicType === 'CLNT')?.name;
  let seen = 0;
  for (const stored of candidates(call, structure, where)) {
    const row = clientField === undefined ? stored : { ...stored, [clientField]: client };
    if (!where.matches(row)) continue;
    seen += 1;
    if (seen <= skip) continue;
    if (seen - skip > most) return;
    call.append('DATA', { WA: columns.map((column) => formatCell(column, row, client)).join(delimiter) });
  }
}

/** RFC_READ_TABLE. */
export function readTable(call: FunctionCall): void {
  const name = call.value('QUERY_TABLE');
  const structure = call.system.database.find(name)?.structure;
  if (structure === undefined) {
    const exists = call.system.repository.structure(name) !== undefined;
    throw abapException(exists ? 'TABLE_WITHOUT_DATA' : 'TABLE_NOT_AVAILABLE', `${name} cannot be read`);
  }
  const columns = columnsOf(call, structure);
  const last = columns.at(-1);
  if (last !== undefined && last.offset + last.width > maxRowWidth)
    throw abapException('DATA_BUFFER_EXCEEDED', `the fields are wider than ${maxRowWidth} characters`);
  const where = readWhereClause(
    call.tableInput('OPTIONS').map((it) => it.TEXT ?? ''),
    structure,
  );
  for (const { field, width, offset } of columns) {
    call.append('FIELDS', {
      FIELDNAME: field.name,
      OFFSET: String(offset),
      LENGTH: String(width),
      TYPE: field.abapType,
      FIELDTEXT: field.name,
    });
  }
  if (call.value('NO_DATA') !== 'X') appendRows(call, structure, columns, where);
}
