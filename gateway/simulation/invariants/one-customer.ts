/** At most one SAP customer per intent, at most one contact person per Contact, and no two Accounts that are one customer. */
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

/** The intent stands in the data itself, so that a wrong key hides nothing. */
export function oneCustomer(world: World): Invariant {
  const seen = new Map<string, string>();
  return {
    name: 'one intent, one customer',
    writeCommits(program, { key, action }, written) {
      if (action.kind !== 'create customer' && action.kind !== 'create contact') return undefined;
      const intent = String(action.kind === 'create customer' ? action.fields['name2'] : action.fields['email']);
      const number = written.contactNumber ?? written.customerNumber;
      const first = seen.get(intent);
      seen.set(intent, number);
      if (first === undefined) return undefined;
      return `${program.name} made ${number} in SAP for ${intent}, which already was ${first} (key ${key})`;
    },
    atEnd() {
      const owners = new Map<string, string>();
      for (const { id, customerNumber } of world.org.accounts.values()) {
        if (customerNumber === null) continue;
        const other = owners.get(customerNumber);
        if (other !== undefined) return `Accounts ${other} and ${id} are both customer ${customerNumber}`;
        owners.set(customerNumber, id);
      }
      return undefined;
    },
  };
}
