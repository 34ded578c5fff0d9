/** Links that lead nowhere and pages that are no longer true. */
import { describe, expect, test } from '@jest/globals';
import { findDeadLinks, findDrift } from '../check-docs.ts';

const files = new Set(['README.md', 'docs/a.md', 'docs/b.md', 'docs/images/x.png']);
const dead = (text: string): string[] =>
  findDeadLinks(
    [
      { path: 'docs/a.md', text },
      { path: 'docs/b.md', text: '# The `gangway` door\n\n## Who? You!\n## Who? You!\n' },
    ],
    (path) => files.has(path),
  ).map((finding) => `${finding.line}: ${finding.message}`);

describe('the link check', () => {
  test.each([
    '[b](b.md)',
    '[b](../README.md)',
    '![x](images/x.png)',
    '[b](b.md#the-gangway-door)',
    '[b](b.md#who-you-1)',
    '[x](https://example.com/y)',
  ])('follows %s', (text) => expect(dead(text)).toEqual([]));

  test.each([
    ['[b](c.md)', 'leads nowhere'],
    ['![x](images/y.png)', 'leads nowhere'],
    ['<img src="images/y.png">', 'leads nowhere'],
    ['[b](b.md#nothing)', 'no heading'],
    ['[b](#nothing)', 'no heading'],
    ['[b](../../elsewhere.md)', 'out of the project'],
    ['[b][1]\n\n[1]: c.md', 'leads nowhere'],
  ])('finds %s', (text, reason) => {
    expect(dead(text)[0]).toContain(reason);
  });

  test('code is not a link', () => {
    expect(dead('`[b](c.md)`\n\n```\n[b](c.md)\n```\n')).toEqual([]);
  });

  test('names the line', () => {
    expect(dead('x\n\n[b](c.md)')[0]).toMatch(/^3: /);
  });
});

describe('the drift check', () => {
  const page = { path: 'docs/reference/errors.md', text: 'now' };

  test('passes a page that is as it would be generated', () => {
    expect(findDrift([page], [page])).toEqual([]);
  });

  test('finds a changed page and a missing one', () => {
    expect(findDrift([page], [{ ...page, text: 'then' }])).toHaveLength(1);
    expect(findDrift([page], [])).toHaveLength(1);
  });
});
