/** One day of work in an SAP system: what is kept, and how more is added to it. */
import { z } from 'zod';
import type { FunctionUsage, LoadGrant, LoadSpan } from '../../ports/index.ts';

const count = z.number().min(0);
const byCode = z.record(z.string(), count);

const functionDay = z.object({
  purpose: z.string().optional(),
  calls: count,
  failures: count,
  durationMs: count,
  rowsRead: count,
  rowsWritten: count,
  mostRunning: count,
  failuresByCode: byCode,
});

const hour = z.object({ calls: count, failures: count, mostRunning: count, mostWaiting: count });
const span = { fromMs: count, toMs: count };
const grant = z.object({
  name: z.string(),
  workProcesses: count,
  callsPerMinute: count,
  bulkWorkProcesses: count,
  minutes: count,
});

/** The file of a day. */
export const usageDay = z.object({
  format: z.literal(1),
  system: z.string(),
  date: z.string(),
  timeZone: z.string(),
  updatedAtMs: count,
  functions: z.record(z.string(), functionDay),
  hours: z.array(hour).length(24),
  /** The most calls of one minute. */
  busiestMinute: count,
  turnedAway: byCode,
  grants: z.array(grant),
  throttled: z.array(z.object({ ...span, workProcesses: count, because: z.string() })),
  pauses: z.array(z.object({ ...span, reason: z.string() })),
});
export type UsageDay = z.infer<typeof usageDay>;

/** More periods than these tell nobody more; the last one then grows. A function list is bounded by the governor. */
const maxPeriods = 200;
const maxFunctions = 1_000;
/** Minutes that follow each other are one period. */
const adjacentMs = 90_000;

/** What happened since the last time something was added. */
export interface UsageSpan extends LoadSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the wall clock in SAP's time zone. */
  readonly hour: number;
  readonly functions: readonly FunctionUsage[];
  readonly pauses: readonly UsageDay['pauses'][number][];
}

export function emptyDay(day: Pick<UsageDay, 'system' | 'date' | 'timeZone'>): UsageDay {
  const hours = Array.from({ length: 24 }, () => ({ calls: 0, failures: 0, mostRunning: 0, mostWaiting: 0 }));
  const none = { functions: {}, turnedAway: {}, grants: [], throttled: [], pauses: [] };
  return { format: 1, ...day, updatedAtMs: 0, hours, busiestMinute: 0, ...none };
}

/** Adds what happened to its day, which is changed. */
export function addToDay(day: UsageDay, added: UsageSpan): void {
  const calls = sum(added.functions, 'calls');
  day.updatedAtMs = Math.max(day.updatedAtMs, added.toMs);
  day.busiestMinute = Math.max(day.busiestMinute, calls);
  for (const usage of added.functions) addFunction(day, usage);
  const ofHour = day.hours[added.hour];
  if (ofHour !== undefined) {
    ofHour.calls += calls;
    ofHour.failures += sum(added.functions, 'failures');
    ofHour.mostRunning = Math.max(ofHour.mostRunning, added.mostRunning);
    ofHour.mostWaiting = Math.max(ofHour.mostWaiting, added.mostWaiting);
  }
  addCodes(day.turnedAway, added.turnedAway);
  addGrant(day, added.granted, (added.toMs - added.fromMs) / 60_000);
  addThrottling(day, added);
  for (const pause of added.pauses) addPause(day, pause);
}

function addFunction(day: UsageDay, usage: FunctionUsage): void {
  const isRoom = Object.keys(day.functions).length < maxFunctions || Object.hasOwn(day.functions, usage.functionName);
  const name = isRoom ? usage.functionName : '(others)';
  const { purpose, calls, failures, durationMs, rowsRead, rowsWritten, mostRunning, failuresByCode } = usage;
  const known = (day.functions[name] ??= {
    ...{ calls: 0, failures: 0, durationMs: 0, rowsRead: 0, rowsWritten: 0, mostRunning: 0, failuresByCode: {} },
  });
  if (purpose !== undefined) known.purpose = purpose;
  known.calls += calls;
  known.failures += failures;
  known.durationMs += Math.round(durationMs);
  known.rowsRead += rowsRead;
  known.rowsWritten += rowsWritten;
  known.mostRunning = Math.max(known.mostRunning, mostRunning);
  addCodes(known.failuresByCode, failuresByCode);
}

function addCodes(codes: Record<string, number>, added: Readonly<Record<string, number>>): void {
  for (const [code, times] of Object.entries(added)) codes[code] = (codes[code] ?? 0) + times;
}

function addGrant(day: UsageDay, granted: LoadGrant, minutes: number): void {
  const known = day.grants.find(
    (each) =>
      each.name === granted.name &&
      each.workProcesses === granted.workProcesses &&
      each.callsPerMinute === granted.callsPerMinute &&
      each.bulkWorkProcesses === granted.bulkWorkProcesses,
  );
  if (known !== undefined) known.minutes += minutes;
  else if (day.grants.length < maxPeriods) day.grants.push({ ...granted, minutes });
}

function addThrottling(day: UsageDay, { throttled, fromMs, toMs }: UsageSpan): void {
  if (throttled === undefined) return;
  const last = day.throttled.at(-1);
  if (last === undefined || (fromMs - last.toMs > adjacentMs && day.throttled.length < maxPeriods)) {
    day.throttled.push({ fromMs, toMs, ...throttled });
    return;
  }
  if (throttled.workProcesses < last.workProcesses) Object.assign(last, throttled);
  last.toMs = toMs;
}

function addPause(day: UsageDay, pause: UsageDay['pauses'][number]): void {
  const last = day.pauses.at(-1);
  const goesOn = last !== undefined && last.reason === pause.reason && pause.fromMs <= last.toMs;
  if (last !== undefined && (goesOn || day.pauses.length >= maxPeriods)) last.toMs = pause.toMs;
  else day.pauses.push({ ...pause });
}

/** The sum of one figure over some functions. */
export function sum<Field extends string>(rows: readonly { readonly [Each in Field]: number }[], field: Field): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
