/** Timing: the clock, deadlines, waits. */
export { backoffMs } from './backoff.ts';
export type { BackoffPolicy } from './backoff.ts';
export { sleep, systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { Deadline } from './deadline.ts';
export { addDays, instantOf, localTime, weekdayOf } from './local-time.ts';
export type { LocalTime, Weekday } from './local-time.ts';
