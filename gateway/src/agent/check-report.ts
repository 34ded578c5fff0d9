/** `gangway check --json`: its shape, which other programs may rely on. */
import { z } from 'zod';
import type { CheckResult } from './check-result.ts';

const result = z.object({
  name: z.string().describe('What was looked at; the name of a check stays as it is'),
  state: z
    .enum(['passed', 'warning', 'failed', 'skipped'])
    .describe(
      '`warning`: it works, but not for long or not as well as it should; `skipped`: it could not be looked at',
    ),
  finding: z.string().describe('What was found, in one sentence or more'),
  code: z.string().optional().describe('Of the list of errors (docs/reference/errors.md)'),
  owner: z.string().optional().describe('Who can act: `operator`, `sap-basis`, `sap-key-user`, `salesforce-admin` ...'),
  advice: z.string().optional().describe('The next step, with its transaction or screen'),
  sapMessages: z
    .array(z.object({ type: z.string(), id: z.string(), number: z.string(), text: z.string() }))
    .optional()
    .describe("SAP's own messages"),
  features: z.array(z.string()).optional().describe('Of a function of SAP: the features that need it'),
});

export const checkReport = z.object({
  version: z.literal(1).describe('Of this shape; new optional fields do not change it'),
  ok: z.boolean().describe('False when a check has failed; warnings are no failures'),
  results: z.array(result).describe('In the order in which they were looked at'),
});
export type CheckReport = z.infer<typeof checkReport>;

/** The report of these results. */
export function toCheckReport(results: readonly CheckResult[]): CheckReport {
  return checkReport.parse({ version: 1, ok: results.every(({ state }) => state !== 'failed'), results });
}
