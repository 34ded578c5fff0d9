/** BAPI_CUSTOMER_FIND: customers by chosen fields of KNA1 and KNB1, with patterns when allowed. */
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import type { FunctionCall } from './function-call.ts';
import { toPattern } from './ranges.ts';

type Search = Row & { readonly TABNAME?: string };

/** Rows of the searched table whose field has the value; an index serves a plain value. */
function searchRows(call: FunctionCall, table: string, search: Search, withPatterns: boolean): Iterable<TableRow> {
  const { FIELDNAME = '', FIELDVALUE = '', COMP_CODE = '' } = search;
  const isPattern = withPatterns && /[*+]/.test(FIELDVALUE);
  const pattern = isPattern ? toPattern(FIELDVALUE) : undefined;
  const rows =
    pattern === undefined ? call.where(table, [FIELDNAME], [FIELDVALUE]) : matching(call, table, FIELDNAME, pattern);
  return table === 'KNB1' && COMP_CODE !== '' ? inCompanyCode(rows, COMP_CODE) : rows;
}

function* matching(call: FunctionCall, table: string, field: string, pattern: RegExp): Generator<TableRow> {
  for (const row of call.table(table).rows()) if (pattern.test(row[field] ?? '')) yield row;
}

function* inCompanyCode(rows: Iterable<TableRow>, companyCode: string): Generator<TableRow> {
  for (const row of rows) if (row.BUKRS === companyCode) yield row;
}

function appendFound(call: FunctionCall, search: Search, row: TableRow): void {
  const general = call.get('KNA1', { KUNNR: row.KUNNR }) ?? {};
  const company = call.get('KNB1', { KUNNR: row.KUNNR, BUKRS: row.BUKRS ?? search.COMP_CODE }) ?? {};
  call.append('RESULT_TAB', {
    ...search,
    COMP_CODE: row.BUKRS ?? search.COMP_CODE,
    CUSTOMER: row.KUNNR,
    PSTG_BLK_G: general.SPERR,
    PSTG_BLK_C: company.SPERR,
    DEL_FLAG_G: general.LOEVM,
    DEL_FLAG_C: company.LOEVM,
  });
}

function appendProblem(call: FunctionCall, search: Search): void {
  const { text, ...problem } = call.message('E', 'S&', '050', search.TABNAME ?? '', search.FIELDNAME ?? '');
  call.append('RESULT_TAB', { ...search, TYPE: problem.type, ID: problem.id, NUMBER: problem.number, MESSAGE: text });
}

/** BAPI_CUSTOMER_FIND. */
export function findCustomers(call: FunctionCall): void {
  const most = Number(call.value('MAX_CNT')) || Infinity;
  const withPatterns = call.value('PL_HOLD') === 'X';
  let found = 0;
  for (const search of call.tableInput('SELOPT_TAB')) {
    const table = search.TABNAME ?? '';
    const isSearchable = table === 'KNA1' || table === 'KNB1';
    if (
      !isSearchable ||
      !call.table(table).structure.byName.has(search.FIELDNAME ?? '') ||
      (search.FIELDVALUE ?? '') === ''
    ) {
      appendProblem(call, search);
      continue;
    }
    for (const row of searchRows(call, table, search, withPatterns)) {
      if (found >= most) return;
      appendFound(call, search, row);
      found += 1;
    }
  }
  if (found === 0) call.return(call.message('E', 'F2', '718'));
}
