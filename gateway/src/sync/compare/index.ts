/** Comparison of both sides: what differs, what is missing, what a repair would change. */
export { compareSides } from './compare-sides.ts';
export type { CompareParts, CompareStep, Comparison, KindSummary } from './compare-sides.ts';
export { DifferenceList } from './difference-list.ts';
export { RepairSpool } from './repair-spool.ts';
