/** Usage: what was done in SAP, day by day, and the page about it. */
export { renderDay } from './day-page.ts';
export { UsageKeeper } from './keep-usage.ts';
export type { UsageParts } from './keep-usage.ts';
export type { UsageDay } from './usage-day.ts';
export { listDays, readDay, usageFolderOf } from './usage-files.ts';
