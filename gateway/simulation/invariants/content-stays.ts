/** What SAP has under a key is what the request asked for; and `done` is said only of what SAP has. */
import { isDeepStrictEqual } from 'node:util';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

export function contentStays(world: World): Invariant {
  return {
    name: 'done means that SAP has what was asked for',
    outcomeNoted(request, { operation }) {
      if (operation.state !== 'done') return undefined;
      const row = world.sap.keys.get(`${world.orgId}:${request.key}`);
      if (row === undefined) return `${request.key} is said to be done, and SAP does not know it`;
      const number = operation.customer?.number;
      if (number !== row.customerNumber)
        return `${request.key} is said to be ${number ?? 'nobody'}, SAP has ${row.customerNumber}`;
      const differs = Object.entries(request.fields).find(
        ([name, value]) => !isDeepStrictEqual(row.action.fields[name], value),
      );
      if (differs !== undefined) return `${request.key} is done with ${differs[0]} other than ${differs[1]}`;
      const wantsCredit = request.kind === 'customer.create' && request.payload.includes('"credit"');
      if (wantsCredit && world.sap.customers.get(row.customerNumber)?.credit === undefined) {
        return `${request.key} is said to be done, and its credit data is missing in SAP`;
      }
      return undefined;
    },
  };
}
