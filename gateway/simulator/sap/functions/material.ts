/** Materials and units as sales documents take them: internal numbers, internal units, texts. */
import type { Row } from '../wire/decode.ts';
import type { FunctionCall } from './function-call.ts';
import { readText } from './texts.ts';

/** Where the data hold no material master, every material that is named exists. */
export function materialExists(call: FunctionCall, material: string): boolean {
  return call.table('MARA').size === 0 ? material !== '' : call.get('MARA', { MATNR: material }) !== undefined;
}

/** Short text: of the master, else of an item that sold it before. */
export function materialText(call: FunctionCall, material: string): string {
  const [sold] = call.where('VBAP', ['MATNR'], [material]);
  return readText(call, 'MAKT', { MATNR: material }, 'MAKTX') || (sold?.ARKTX ?? '');
}

/** The unit a material is sold in. */
export function salesUnitOf(call: FunctionCall, material: string): string {
  const [sales] = call.where('MVKE', ['MATNR'], [material]);
  const [sold] = call.where('VBAP', ['MATNR'], [material]);
  return sales?.VRKME ?? call.get('MARA', { MATNR: material })?.MEINS ?? sold?.VRKME ?? 'ST';
}

/** The ISO twin counts only where the internal key is empty; undefined for a unit that T006 does not have. */
export function unitOf(call: FunctionCall, item: Row, internal: string, iso: string): string | undefined {
  const key = item[internal] ?? '';
  if (key !== '') return isUnit(call, key) ? key : undefined;
  const code = item[iso] ?? '';
  if (code === '') return salesUnitOf(call, item.MATERIAL ?? '');
  return call.where('T006', ['ISOCODE'], [code])[0]?.MSEHI;
}

/** Whether T006 has the internal key; a system without T006 in its data knows every one. */
export function isUnit(call: FunctionCall, key: string): boolean {
  return call.table('T006').size === 0 || call.get('T006', { MSEHI: key }) !== undefined;
}
