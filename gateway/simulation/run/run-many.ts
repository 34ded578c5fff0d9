/** Many schedules one after the other in this thread, added up. */
import type { Counts } from '../schedule/history.ts';
import type { Flow } from '../changes/changes-mix.ts';
import { runSchedule } from './run-schedule.ts';

/** Which seeds: `first`, `first + step`, ... */
export interface Share {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Only schedules of this flow. */
  readonly flow?: Flow | undefined;
}

export interface Failure {
  readonly seed: number;
  readonly invariant: string;
  readonly sentence: string;
}

export interface Tally {
  schedules: number;
  /** Of all schedules together. */
  virtualMs: number;
  readonly counts: Counts;
  failure: Failure | undefined;
}

export const emptyTally = (): Tally => ({ schedules: 0, virtualMs: 0, counts: new Map(), failure: undefined });

/** Runs until the share is done or an invariant is broken; `onProgress` hears of it now and then. */
export async function runMany(share: Share, onProgress: (tally: Tally) => boolean = () => true): Promise<Tally> {
  const tally = emptyTally();
  for (let index = 0; index < share.count; index += 1) {
    const result = await runSchedule(share.first + index * share.step, false, share.flow);
    tally.schedules += 1;
    tally.virtualMs += result.tookMs;
    addCounts(tally.counts, result.counts);
    if (result.broken !== undefined) {
      tally.failure = { seed: result.seed, ...result.broken };
      return tally;
    }
    if (tally.schedules % 100 === 0 && !onProgress(tally)) return tally;
  }
  return tally;
}

export function addCounts(sum: Counts, counts: Counts): void {
  for (const [kind, count] of counts) sum.set(kind, (sum.get(kind) ?? 0) + count);
}
