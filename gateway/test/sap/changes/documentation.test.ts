/** The page about IDocs says what the code does. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { recordPaths } from '../../../src/model/index.ts';
import { documentedRules } from './documented-rules.ts';
import { messages } from '../../../src/sap/changes/messages/messages.ts';
import { idocTables, tablesBegin, tablesEnd } from './idocs-page.ts';

const page = readFileSync(new URL('../../../../docs/sap-basis/idocs.md', import.meta.url), 'utf8');

test('the tables of the page are those of the code', () => {
  const [, rest = ''] = page.split(tablesBegin);
  const [tables = ''] = rest.split(tablesEnd);
  expect(tables.trim()).toBe(idocTables().trim());
});

test('every rule fills a path that its kind has', () => {
  const stray = documentedRules.flatMap(({ kind, rules, composed }) =>
    [...rules, ...composed].filter((rule) => !recordPaths[kind].some(({ path }) => path === rule.path)),
  );
  expect(stray).toEqual([]);
});

test('every segment that a rule reads must have a known layout in a flat file', () => {
  const known = new Set(messages.flatMap(({ segments }) => segments));
  const read = documentedRules.flatMap(({ rules }) => rules.map(({ segment }) => segment));
  expect(read.length).toBeGreaterThan(50);
  expect(read.filter((segment) => !known.has(segment))).toEqual([]);
});

test('every path is filled by an IDoc, or it is known why not', () => {
  const elsewhere = [
    // The exposure is in no IDoc, and what was paid raises none: both come by "changes since".
    ...['customer credit.exposure', 'customer credit.available', 'customer credit.overdue'],
    ...['invoice clearedOn', 'invoice isPaid'],
    // ADR3MAS, which is not read.
    'contact email',
  ];
  const filled = new Set(
    documentedRules.flatMap(({ kind, rules, composed }) =>
      [...rules, ...composed].map(({ path }) => `${kind} ${path}`),
    ),
  );
  const missing = Object.entries(recordPaths).flatMap(([kind, paths]) =>
    paths.map(({ path }) => `${kind} ${path}`).filter((path) => !path.startsWith('canary') && !filled.has(path)),
  );
  expect(missing.toSorted()).toEqual(elsewhere.toSorted());
});

test('the page names every message and basic type that is read', () => {
  for (const { names, basicTypes } of messages) {
    for (const name of names) expect(page).toContain(`\`${name}\``);
    expect(page).toContain(`\`${basicTypes.at(-1)}\``);
  }
});
