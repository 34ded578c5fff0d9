/** The reference pages: complete, and fit for a reader. */
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../gateway/src/errors/index.ts';
import { operations } from '../../gateway/src/model/index.ts';
import { apiPage } from '../reference/api-page.ts';
import { errorsPage } from '../reference/errors-page.ts';
import { markdownTable } from '../reference/table.ts';

describe('a table', () => {
  test('keeps a cell in its cell', () => {
    expect(markdownTable(['A', 'B'], [['x | y', 'two\nlines']])).toBe('| A | B |\n|---|---|\n| x \\| y | two lines |');
  });
});

describe('the page of errors', () => {
  test('has every code with its advice, and no unfilled fact', () => {
    const page = errorsPage(catalogue, []);
    for (const [code, entry] of Object.entries(catalogue)) {
      expect(page).toContain(`| \`${code}\` |`);
      expect(page).toContain(entry.advice.replaceAll('|', '\\|'));
    }
    expect(page).not.toMatch(/undefined|\[object/);
  });
});

describe('the page of the API', () => {
  test('has every operation with its address', () => {
    const page = apiPage(Object.values(operations));
    for (const operation of Object.values(operations)) {
      expect(page).toContain(`## ${operation.name}`);
      expect(page).toContain(`\`${operation.method} ${operation.path}\``);
    }
    expect(page).not.toMatch(/undefined|\[object/);
  });
});
