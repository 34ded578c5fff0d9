/** The fence of an org's lease: the highest that was committed is in force, and a lower one writes nothing. */
import type { Change } from '../tables/database.ts';
import type { FunctionCall } from './function-call.ts';

const initialFence = '0'.repeat(18);

/** The org is the beginning of the key; its lease is one for all of its requests. */
function scopeOf(call: FunctionCall): string {
  return call.value('I_EXTERNAL_KEY').slice(0, 18);
}

/** Zero where none is given; a pack of version 1.0.0 has no such parameter. */
function fenceOf(call: FunctionCall): string {
  return call.value('I_FENCE') || initialFence;
}

/** Digits with leading zeros compare as text. */
function inForce(call: FunctionCall): string {
  return call.get('ZGANGWAY_FENCE', { SCOPE: scopeOf(call) })?.FENCE ?? initialFence;
}

const withoutZeros = (fence: string): string => fence.replace(/^0+/, '');

/** Before anything is done: true, with a message, when the caller's lease is over. */
export function refusesFence(call: FunctionCall): boolean {
  const fence = fenceOf(call);
  if (fence === initialFence || fence >= inForce(call)) return false;
  const message = call.message('E', 'ZGANGWAY', '011', withoutZeros(fence), withoutZeros(inForce(call)));
  call.return(message, 'ET_RETURN', { parameter: 'I_FENCE' });
  return true;
}

/** At the commit: the fence's own row, or undefined when a newer lease has committed since the look before. */
export function advanceFence(call: FunctionCall): readonly Change[] | undefined {
  const fence = fenceOf(call);
  if (fence === initialFence || fence === inForce(call)) return [];
  if (fence < inForce(call)) return undefined;
  const row = { SCOPE: scopeOf(call), FENCE: fence };
  const kind = call.get('ZGANGWAY_FENCE', { SCOPE: row.SCOPE }) === undefined ? 'insert' : 'update';
  return [{ kind, table: 'ZGANGWAY_FENCE', row }];
}

/** Puts the fence of a look-up in force, in a unit of work of its own; false, with a message, when a newer one is. */
export async function raiseFence(call: FunctionCall): Promise<boolean> {
  if (fenceOf(call) === initialFence) return true;
  if (scopeOf(call) === '') {
    const message = call.message('E', 'ZGANGWAY', '004', 'I_EXTERNAL_KEY');
    call.return(message, 'ET_RETURN', { parameter: 'I_EXTERNAL_KEY' });
    return false;
  }
  call.inUpdateTask(() => advanceFence(call));
  return (await call.commit()) || !refusesFence(call);
}
