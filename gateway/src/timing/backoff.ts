/** Growing waits with full jitter, so that a thousand agents do not return in the same second. */
import type { Clock } from './clock.ts';

export interface BackoffPolicy {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** The wait before attempt number `attempt` (1 is the first repetition), in milliseconds. */
export function backoffMs(clock: Clock, policy: BackoffPolicy, attempt: number): number {
  const ceiling = Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling / 2 + (clock.random() * ceiling) / 2);
}
