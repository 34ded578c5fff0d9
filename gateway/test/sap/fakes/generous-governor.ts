/** A budget that no test meets, for tests of something else. */
import type { GovernorSettings } from '../../../src/sap/index.ts';

export const generousGovernor: GovernorSettings = {
  workProcesses: 256,
  callsPerMinute: 1_000_000,
  bulkWorkProcesses: 256,
  waiting: 10_000,
  calendar: [],
  slowAboveMs: 120_000,
};
