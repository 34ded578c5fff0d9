/** A customer is one Account, also while flow C is making it. */
import { keyText } from '../../../src/model/index.ts';
import type { ChangesWorld } from '../changes-world.ts';
import type { Promised } from './promise.ts';

export function oneAccount({ org }: ChangesWorld): Promised {
  return {
    name: 'no second Account of a customer',
    accountsChanged() {
      const seen = new Set<string>();
      for (const { customer } of org.accounts) {
        if (customer === undefined) continue;
        const text = keyText(customer);
        if (seen.has(text)) return `customer ${customer.id} has two Accounts`;
        seen.add(text);
      }
      // The number that flow C brings would find another Account there.
      const late = org.requests.find(
        ({ account, isOpen, isRefused }) =>
          !isOpen && !isRefused && account.customer === undefined && org.accounts.has(account),
      );
      return late === undefined ? undefined : `${late.name} has made a customer, and another Account has it`;
    },
  };
}
