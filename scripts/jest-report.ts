/** Reads what Jest wrote with --json: how many passed, and each failure in full. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failure in full, ready to print. */
  readonly failures: readonly string[];
}

interface JestFileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly JestFileResult[];
}

/** A tally with one failure: for a suite that could not even report. */
export function oneFailure(text: string): Tally {
  return { passed: 0, failed: 1, skipped: 0, failures: [text] };
}

/** A file that could not be run has no failed test in Jest's count; here it counts as one. */
export function readJestReport(json: string): Tally {
  const report = JSON.parse(json) as JestReport;
  const failedFiles = report.testResults.filter((file) => file.status === 'failed');
  const withoutFailedTest = failedFiles.filter(
    (file) => !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + withoutFailedTest.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: failedFiles.map((file) => `${file.name}\n${file.message}`),
  };
  // "Nothing failed" must never mean "nothing ran".
  return tally.passed + tally.failed === 0 ? oneFailure('No test was found.') : tally;
}
