/** What may be taken of SAP where nobody has said: little, until SAP Basis grants more. The configuration has the same figures. */
import type { GovernorSettings } from '../sap-settings.ts';

export const defaultGovernorSettings: GovernorSettings = {
  workProcesses: 8,
  // What the eight do with calls of 200 ms each: less would leave places empty that were granted.
  callsPerMinute: 2_400,
  bulkWorkProcesses: 4,
  waiting: 64,
  calendar: [],
  slowAboveMs: 3_000,
};
