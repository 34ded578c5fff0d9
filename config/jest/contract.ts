/** The recorded answers of the Apex controllers, the same files that the Apex tests and the local org must match. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Recorded {
  readonly body?: unknown;
  readonly [key: string]: unknown;
}

type Area = 'panels' | 'customer';

function recording(name: string, area: Area): any {
  const path = join(process.cwd(), `force-app/tests/${area}/staticresources/Contract_${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Which method was called in one recording, and with what. */
export const recordedCall = (name: string, area: Area = 'panels'): any => recording(name, area).call;

/** What the controller answered in one recording. Files hold the body as JSON to be read; Apex hands it out as text. */
export function contract(name: string, area: Area = 'panels'): any {
  const { controller }: { controller: Recorded } = recording(name, area);
  const ids = { accountId: '001000000000001AAA', id: 'a01000000000001AAA', name: 'SR-00001' };
  const { body, ...view } = controller;
  const withIds = Object.fromEntries(
    Object.entries(view).map(([key, value]) => [key, key in ids ? ids[key as keyof typeof ids] : value]),
  );
  return { ...withIds, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

/** A body as Apex hands it to a user who may not see amounts. */
export function withoutAmounts(value: any): any {
  if (Array.isArray(value)) return value.map(withoutAmounts);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.amount === 'string' && 'currency' in value) return { ...value, amount: null };
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutAmounts(entry)]));
}
