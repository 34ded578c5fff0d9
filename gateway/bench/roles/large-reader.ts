/** Reads answers of 1 MB, two at a time, until it is stopped: in its own process, so that it slows no other caller down. */
import { load } from '../load.ts';
import { gangwayTarget } from '../targets.ts';
import type { BenchKeys } from './keys.ts';

/** Never ends by itself. */
export async function readLargeAnswers(relayUrl: string, keys: BenchKeys): Promise<void> {
  const target = await gangwayTarget(relayUrl, keys);
  const next = (index: number) => ({ path: `/v1/customers/LARGE${index % 100}/credit`, method: 'GET' }) as const;
  await load({ ...target, next }, Number.POSITIVE_INFINITY, 2);
}
