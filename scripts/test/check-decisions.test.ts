/** Decision records that lack something. */
import { describe, expect, test } from '@jest/globals';
import { findDecisionProblems } from '../check-decisions.ts';

const good =
  '# 0007 A statement\n\nStatus: accepted, 2026-01-31\n\n## Context\nx\n\n## Decision\nx\n\n## Consequences\nx\n';
const problems = (path: string, text: string): string[] =>
  findDecisionProblems([{ path: `docs/decisions/${path}`, text }]).map((finding) => finding.message);

describe('the decision check', () => {
  test('accepts a complete record, and one that was superseded', () => {
    expect(problems('0007-a-statement.md', good)).toEqual([]);
    expect(problems('0007-a.md', good.replace('accepted', 'superseded by [0009](0009-b.md)'))).toEqual([]);
  });

  test.each([
    ['7-a.md', good, 'four digits'],
    ['0008-a.md', good, '# 0008'],
    ['0007-a.md', good.replace('Status: accepted', 'Status: perhaps'), 'Status'],
    ['0007-a.md', good.replace('## Context\n', ''), 'Context'],
    ['0007-a.md', good.replace('## Consequences\n', ''), 'Consequences'],
  ])('refuses %s', (path, text, reason) => {
    expect(problems(path, text)[0]).toContain(reason);
  });

  test('refuses a number that is taken', () => {
    const files = ['0007-a.md', '0007-b.md'].map((name) => ({ path: `docs/decisions/${name}`, text: good }));
    expect(findDecisionProblems(files)).toEqual([
      { path: 'docs/decisions/0007-b.md', message: '0007 is taken by docs/decisions/0007-a.md' },
    ]);
  });

  test('the template is not a record', () => {
    expect(problems('template.md', '')).toEqual([]);
  });
});
