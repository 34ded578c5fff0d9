/** What Jest may report, and how it is counted. */
import { describe, expect, test } from '@jest/globals';
import { readJestReport } from '../jest-report.ts';

const file = (status: string, tests: readonly string[], message = ''): object => ({
  name: '/x.test.ts',
  status,
  message,
  assertionResults: tests.map((each) => ({ status: each })),
});
const report = (passed: number, failed: number, files: readonly object[], pending = 0): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults: files,
  });

describe('a Jest report', () => {
  test('is counted by tests, and failures are kept in full', () => {
    const json = report(2, 1, [file('passed', ['passed']), file('failed', ['passed', 'failed'], 'expected 1')]);
    expect(readJestReport(json)).toEqual({ passed: 2, failed: 1, skipped: 0, failures: ['/x.test.ts\nexpected 1'] });
  });

  test('counts a file that could not be run as one failure', () => {
    const json = report(3, 0, [file('passed', ['passed', 'passed', 'passed']), file('failed', [], 'SyntaxError')]);
    expect(readJestReport(json)).toMatchObject({ passed: 3, failed: 1, failures: ['/x.test.ts\nSyntaxError'] });
  });

  test('counts nothing at all as a failure', () => {
    expect(readJestReport(report(0, 0, []))).toMatchObject({ failed: 1, failures: ['No test was found.'] });
    expect(readJestReport(report(0, 0, [file('passed', ['pending'])], 1))).toMatchObject({ failed: 1 });
  });
});
