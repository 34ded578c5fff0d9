/** Windows of time going back from a day, each wider than the one before: SAP's lists have no paging, only dates. */
import { addDays } from '../conversion/dates.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * Days back of each window. Two months hold a busy customer's page without dragging in a year; four steps reach
 * twenty years, which bounds what a customer without orders costs.
 */
const daysBack = [60, 365, 1_825, 7_300];

/** Newest first, without overlap; the first one ends at `to`. */
export function olderWindows(to: string, firstEnd = to): Period[] {
  return daysBack.map((days, index) => ({
    from: addDays(to, -days),
    to: index === 0 ? firstEnd : addDays(to, -(daysBack[index - 1] ?? 0) - 1),
  }));
}
