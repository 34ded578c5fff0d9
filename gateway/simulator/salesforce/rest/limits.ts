/** `GET /limits`: what the org may have, and what is left of it. */
import type { HttpAnswer } from '../http.ts';
import type { Org } from '../org/org.ts';
import type { ApiAllowance } from './allowance.ts';

/** Most that an org of this edition has; the names are the API's own. */
const most = {
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryJobs: 10_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  HourlyPublishedPlatformEvents: 250_000,
  DailyDeliveredPlatformEvents: 50_000,
  FileStorageMB: 20,
} as const;

/** A record takes 2 KB of data storage, whatever is in it. */
const recordKb = 2;
const dataStorageMb = 10_240;

/** Storage as the org would count it. */
function dataStorage(org: Org): { Max: number; Remaining: number } {
  const records = org.store.objects.reduce((sum, { name }) => sum + org.store.count(name), 0);
  return { Max: dataStorageMb, Remaining: Math.max(0, dataStorageMb - Math.ceil((records * recordKb) / 1_024)) };
}

/** The answer. */
export function limitsAnswer(org: Org, { max, used }: ApiAllowance): HttpAnswer {
  const others = Object.entries(most).map(([name, Max]) => [name, { Max, Remaining: Max }] as const);
  const body = {
    DailyApiRequests: { Max: max, Remaining: max - used },
    DataStorageMB: dataStorage(org),
    ...Object.fromEntries(others),
  };
  return { status: 200, body };
}
