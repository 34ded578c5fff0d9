/** What npm may answer when asked for vulnerabilities. */
import { describe, expect, test } from '@jest/globals';
import { judgeAudit } from '../check-audit.ts';

const answer = (high: number, low: number): string =>
  JSON.stringify({
    metadata: { vulnerabilities: { low, high, critical: 0, total: high + low } },
    vulnerabilities: high === 0 ? {} : { leaky: { severity: 'high' } },
  });

describe('the audit', () => {
  test('fails on a severe vulnerability and names the package', () => {
    expect(judgeAudit(answer(1, 0))).toMatchObject({ passed: false, text: expect.stringContaining('leaky (high)') });
  });

  test('passes with lesser ones and says how many', () => {
    expect(judgeAudit(answer(0, 2))).toMatchObject({ passed: true, text: expect.stringContaining('2 lesser') });
  });

  test.each(['', '<html>proxy</html>', '{"error":{"code":"ENOTFOUND"}}', 'null'])(
    'passes and says so when the registry does not answer: %s',
    (stdout) => expect(judgeAudit(stdout)).toMatchObject({ passed: true, text: expect.stringContaining('not asked') }),
  );
});
