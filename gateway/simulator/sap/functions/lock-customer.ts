/** The customer that a function of the pack is about to change: locked, there, and for this user to change. */
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** Locks the customer; undefined, with a message, when somebody else has it or SAP does not. */
export function holdCustomer(call: FunctionCall, number: string): TableRow | undefined {
  const holder = call.system.locks.acquire('KNA1', number, call, call.user);
  if (holder !== undefined) {
    call.return(call.message('E', 'ZGANGWAY', '007', number, holder), 'ET_RETURN');
    return undefined;
  }
  const customer = call.get('KNA1', { KUNNR: number });
  if (customer === undefined)
    call.return(call.message('E', 'F2', '153', number), 'ET_RETURN', { parameter: 'I_KUNNR' });
  return customer;
}

/** The same, where the account group must also be one that the user may change. */
export function lockCustomer(call: FunctionCall, number: string): TableRow | undefined {
  const customer = holdCustomer(call, number);
  if (customer === undefined || !call.hasAuthority('F_KNA1_GRP', customer.KTOKD ?? '')) return undefined;
  return customer;
}
