/** Company codes, credit control areas and sales areas, with what can be told where customizing tables are missing. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** Currency of a credit control area. */
export function creditCurrency(call: FunctionCall, creditControlArea: string, account: string): string {
  const area = call.get('T014', { KKBER: creditControlArea })?.WAERS;
  if (area !== undefined) return area;
  const [companyCode] = call.where('T001', ['KKBER'], [creditControlArea]);
  const [order] = call.where('VBAK', ['KKBER'], [creditControlArea]);
  const [salesArea] = call.where('KNVV', ['KUNNR'], [account]);
  return companyCode?.WAERS ?? order?.CMWAE ?? call.get('KNKA', { KUNNR: account })?.WAERS ?? salesArea?.WAERS ?? 'EUR';
}

/** Local currency of a company code. */
export function localCurrency(call: FunctionCall, companyCode: string): string {
  const known = call.get('T001', { BUKRS: companyCode })?.WAERS;
  if (known !== undefined) return known;
  const [item] = call.where('BSID', ['BUKRS'], [companyCode]);
  const [invoice] = call.where('VBRK', ['BUKRS'], [companyCode]);
  return item?.WAERS ?? invoice?.WAERK ?? 'EUR';
}

/** Whether any of the tables uses the value; where none of them has rows, nothing can be said against it. */
function isInUse(call: FunctionCall, tables: readonly string[], field: string, value: string): boolean {
  const filled = tables.filter((table) => call.table(table).size > 0);
  return filled.length === 0 || filled.some((table) => call.where(table, [field], [value]).length > 0);
}

/** Whether a company code exists: by T001, or by being used where T001 is not in the data. */
export function companyCodeExists(call: FunctionCall, companyCode: string): boolean {
  if (call.table('T001').size > 0) return call.get('T001', { BUKRS: companyCode }) !== undefined;
  return isInUse(call, ['KNB1', 'BSID', 'BSAD', 'VBRK'], 'BUKRS', companyCode);
}

/** Whether a sales organization exists, by the same rule. */
export function salesOrganizationExists(call: FunctionCall, salesOrganization: string): boolean {
  if (call.table('TVKO').size > 0) return call.get('TVKO', { VKORG: salesOrganization }) !== undefined;
  return isInUse(call, ['TVTA', 'KNVV', 'VBAK'], 'VKORG', salesOrganization);
}

/** Whether a sales area exists, by the same rule. */
export function salesAreaExists(call: FunctionCall, area: { VKORG: string; VTWEG: string; SPART: string }): boolean {
  const values = [area.VKORG, area.VTWEG, area.SPART];
  for (const table of ['TVTA', 'KNVV']) {
    if (call.table(table).size > 0) return call.where(table, ['VKORG', 'VTWEG', 'SPART'], values).length > 0;
  }
  return true;
}

/** The company code of a sales organization. */
export function companyCodeOf(call: FunctionCall, salesOrganization: string): string {
  return call.get('TVKO', { VKORG: salesOrganization })?.BUKRS ?? '';
}

/** Whether a value is in its check table; a check table that the data leave out checks nothing. */
export function isInCheckTable(call: FunctionCall, table: string, field: string, value: string): boolean {
  return call.table(table).size === 0 || call.where(table, [field], [value]).length > 0;
}

/** Whether a country has the region; countries without regions take anything. */
export function regionExists(call: FunctionCall, country: string, region: string): boolean {
  if (region === '' || call.where('T005S', ['LAND1'], [country]).length === 0) return true;
  return call.get('T005S', { LAND1: country, BLAND: region }) !== undefined;
}

/** The credit account of a customer in a control area, and its master row (the limit hangs on it). */
export function creditAccountOf(call: FunctionCall, own: TableRow): { account: string; master: TableRow } {
  const account = own.KNKLI ?? own.KUNNR ?? '';
  return { account, master: call.get('KNKK', { KUNNR: account, KKBER: own.KKBER }) ?? own };
}

/** The sales areas of a customer; where the data leave KNVV out, those of its orders. */
export function salesAreasOf(call: FunctionCall, customer: string): readonly TableRow[] {
  if (call.table('KNVV').size > 0) return call.where('KNVV', ['KUNNR'], [customer]);
  const orders = call.where('VBAK', ['KUNNR'], [customer]);
  return [...new Map(orders.map((it) => [`${it.VKORG} ${it.VTWEG} ${it.SPART}`, it])).values()];
}
