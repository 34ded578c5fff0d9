/** From a write in SAP to the request it belongs to. */
import type { Request } from '../salesforce/org-records.ts';
import type { SapWrite } from '../sap/sap-model.ts';
import type { World } from '../world.ts';

/** Credit data is a step of the request that made the customer, whatever key the step has. */
export function requestOf(world: World, { key, action }: Pick<SapWrite, 'key' | 'action'>): Request | undefined {
  return world.org.requests.get(requestKeyOf(world, { key, action }));
}

/** The same for a request that may be gone with its Account. */
export function requestKeyOf(world: World, { key, action }: Pick<SapWrite, 'key' | 'action'>): string {
  const own = action.kind === 'change credit' ? world.sap.customers.get(action.customer)?.createdBy : key;
  return (own ?? key).slice(world.orgId.length + 1);
}
