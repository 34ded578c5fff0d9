/** From a key in SAP to the request it belongs to. */
import type { Request } from '../salesforce/org-records.ts';
import type { World } from '../world.ts';

/** The request of a key; a step's key is the request's own and a word more. */
export function requestOf(world: World, sapKey: string): Request | undefined {
  const key = sapKey.slice(world.orgId.length + 1);
  const { requests } = world.org;
  return requests.get(key) ?? requests.get(key.slice(0, Math.max(0, key.search(/[^A-Za-z0-9][a-z-]+$/))));
}
