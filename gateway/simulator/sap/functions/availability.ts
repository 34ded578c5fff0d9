/** BAPI_MATERIAL_AVAILABILITY: what a plant can promise, and when. */
import { addDays } from '../system/dates.ts';
import { parseDecimal } from '../tables/decimal.ts';
import type { FunctionCall } from './function-call.ts';
import { isUnit } from './material.ts';

/** Thousandths that are there and promised to nobody; undefined where the data know no stock, and nothing is checked. */
export function freeStock(call: FunctionCall, material: string, plant: string): bigint | undefined {
  if (call.table('MARD').size === 0) return undefined;
  const stock = call.where('MARD', ['MATNR', 'WERKS'], [material, plant]);
  const there = stock.reduce((sum, it) => sum + parseDecimal(it.LABST, 3), 0n);
  const free = there - promised(call, material, plant);
  return free > 0n ? free : 0n;
}

/** What open orders were promised and have not got. */
function promised(call: FunctionCall, material: string, plant: string): bigint {
  const items = call.where('VBAP', ['MATNR', 'WERKS'], [material, plant]).filter((it) => it.ABGRU === undefined);
  return items.reduce((sum, { VBELN = '', POSNR = '' }) => {
    if (call.get('VBAK', { VBELN })?.VBTYP !== 'C') return sum;
    const lines = call.where('VBEP', ['VBELN', 'POSNR'], [VBELN, POSNR]);
    const wanted = lines.reduce((all, it) => all + parseDecimal(it.BMENG, 3), 0n);
    const delivered = call
      .where('LIPS', ['VGBEL', 'VGPOS'], [VBELN, POSNR])
      .reduce((all, it) => all + parseDecimal(it.LFIMG, 3), 0n);
    return sum + (wanted > delivered ? wanted - delivered : 0n);
  }, 0n);
}

/** The day by which more can be there: today and the replenishment time of the plant. */
export function replenishmentDate(call: FunctionCall, material: string, plant: string): string {
  const row = call.get('MARC', { MATNR: material, WERKS: plant });
  return addDays(call.system.time.today(), Number(row?.WZEIT ?? row?.PLIFZ ?? '0'));
}

export interface Confirmation {
  readonly date: string;
  readonly quantity: bigint;
}

/** What is confirmed of a wish: at once what is free, the rest when it can be there. */
export function confirm(
  wish: { readonly date: string; readonly quantity: bigint },
  free: bigint | undefined,
  laterDate: string,
): readonly Confirmation[] {
  if (free === undefined || wish.quantity <= free) return [wish];
  const rest = { date: laterDate > wish.date ? laterDate : wish.date, quantity: wish.quantity - free };
  return free === 0n ? [rest] : [{ date: wish.date, quantity: free }, rest];
}

function findProblem(call: FunctionCall): ReturnType<FunctionCall['message']> | undefined {
  const [material, plant, unit] = [call.value('MATERIAL'), call.value('PLANT'), call.value('UNIT')];
  for (const name of ['MATERIAL', 'PLANT', 'UNIT'])
    if (call.value(name) === '') return call.message('E', '00', '055', name);
  if (call.table('MARA').size > 0 && call.get('MARA', { MATNR: material }) === undefined)
    return call.message('E', 'M3', '305', material);
  if (call.table('MARC').size > 0 && call.get('MARC', { MATNR: material, WERKS: plant }) === undefined)
    return call.message('E', 'M3', '351', material, plant);
  return isUnit(call, unit) ? undefined : call.message('E', 'R1', '701', 'UNIT', unit);
}

/** BAPI_MATERIAL_AVAILABILITY. It promises nothing: nobody is kept from what it found. */
export function checkAvailability(call: FunctionCall): void {
  const problem = findProblem(call);
  if (problem !== undefined) return call.return(problem);
  const [material, plant] = [call.value('MATERIAL'), call.value('PLANT')];
  const free = freeStock(call, material, plant);
  const later = replenishmentDate(call, material, plant);
  call.set('ENDLEADTME', later);
  if (free !== undefined) call.set('AV_QTY_PLT', free * 10n);
  let left = free;
  let isAllFree = true;
  for (const row of call.tableInput('WMDVSX')) {
    const date = row.REQ_DATE === undefined || row.REQ_DATE === '00000000' ? call.system.time.today() : row.REQ_DATE;
    const wish = { date, quantity: parseDecimal(row.REQ_QTY, 3) };
    const found = confirm(wish, left, later);
    if (left !== undefined) left = wish.quantity > left ? 0n : left - wish.quantity;
    isAllFree &&= found.length === 1 && found[0]?.date === date;
    for (const it of found)
      call.append('WMDVEX', { REQ_DATE: date, REQ_QTY: row.REQ_QTY, COM_DATE: it.date, COM_QTY: it.quantity * 10n });
  }
  call.set('DIALOGFLAG', free === undefined ? 'N' : isAllFree ? '' : 'X');
}
