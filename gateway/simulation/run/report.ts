/** A run in words: how much, how fast, what was exercised, and what broke. */
import type { ScheduleResult } from './run-schedule.ts';
import type { Tally } from './run-many.ts';

const hourMs = 3_600_000;
const number = new Intl.NumberFormat('en');

/** What a run that is over says. */
export function summary(tally: Tally, tookMs: number): string {
  const perSecond = tally.schedules / (tookMs / 1000);
  const lines = [
    `${number.format(tally.schedules)} schedules in ${(tookMs / 1000).toFixed(1)} s (${number.format(Math.round(perSecond))} a second), ` +
      `${number.format(Math.round(tally.virtualMs / hourMs))} hours of virtual time`,
    'What they went through:',
    ...[...tally.counts].sort(byName).map(([kind, count]) => `  ${number.format(count).padStart(12)}  ${kind}`),
  ];
  if (tally.failure === undefined) return [...lines, 'Every invariant held in every schedule.'].join('\n');
  const { seed, invariant, sentence } = tally.failure;
  return [...lines, '', `BROKEN: ${invariant}`, `  ${sentence}`, `  seed ${seed}`].join('\n');
}

const byName = ([one]: [string, number], [other]: [string, number]): number => (one < other ? -1 : 1);

/** One schedule, step by step. */
export function historyOf(result: ScheduleResult): string {
  const end =
    result.broken === undefined
      ? 'every invariant held'
      : `BROKEN: ${result.broken.invariant}\n  ${result.broken.sentence}`;
  return [
    `History of seed ${result.seed}`,
    ...result.lines,
    `End of seed ${result.seed} (hash ${result.hash}): ${end}`,
    `Once more: npm run simulate -- --seed ${result.seed} --schedules 1 --history`,
  ].join('\n');
}
