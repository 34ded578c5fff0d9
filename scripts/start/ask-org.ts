/** Calls to the local org as the page of a rep's browser makes them. */
import { z } from 'zod';
import type { LocalProduct } from './local-product.ts';

/** Whatever answers under an address as the local org does. */
export type Org = Pick<LocalProduct, 'url'>;
const listView = z.object({ rows: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

/** Sends JSON, gives the answer's JSON; throws what the org said instead. */
export async function ask(org: Org, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${org.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`);
  return answer;
}

/** Calls `Class.method` of the package. */
export const apex = (org: Org, method: string, parameters: object): Promise<unknown> =>
  ask(org, 'POST', `/api/apex/${method.replace('.', '/')}`, parameters);

/** From the name of an Account to its id. */
export async function accountIds(org: Org): Promise<(name: string) => string> {
  const { rows } = listView.parse(await ask(org, 'GET', '/api/page/lists/Account'));
  return (name) => {
    const account = rows.find((row) => row.name === name);
    if (account === undefined) throw new Error(`the local org has no Account ${name}`);
    return account.id;
  };
}
