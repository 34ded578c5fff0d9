/** What may be asked for a new customer: SAP's lengths, no control characters, nothing unknown. */
import { describe, expect, test } from '@jest/globals';
import { customerDraft } from '../../src/model/index.ts';
import { draft } from '../flows/draft.ts';

function pathsRefused(changes: object): string[] {
  const parsed = customerDraft.safeParse({ ...draft, ...changes });
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
}

test('a complete draft passes, and what may be empty is empty', () => {
  expect(customerDraft.parse(draft)).toMatchObject({ name2: '', phone: '', address: { region: '' } });
});

test('everything that is wrong is named at once', () => {
  const paths = pathsRefused({ name: '', language: 'de', address: { ...draft.address, city: '', country: 'GER' } });
  expect(paths).toEqual(expect.arrayContaining(['name', 'language', 'address.city', 'address.country']));
});

describe('text a person typed', () => {
  test.each(['a\u0000b', 'a\u0007b', 'a\nb', 'a\u009fb', 'a\uffffb', 'a\ud800b'])('%j is refused', (name) => {
    expect(pathsRefused({ name })).toEqual(['name']);
  });

  test.each(["O'Neill & Søn <Ltd>", '株式会社さくら精密', 'Łódź “Żar”', '😀 GmbH'])('%s is taken as it is', (name) => {
    expect(customerDraft.parse({ ...draft, name }).name).toBe(name);
  });

  test('a name longer than SAP keeps is refused, never cut', () => {
    expect(pathsRefused({ name: 'x'.repeat(36) })).toEqual(['name']);
  });
});

test('an unknown field is refused, so that a misspelt one is not lost silently', () => {
  expect(customerDraft.safeParse({ ...draft, creditLimit: '1000' }).success).toBe(false);
});
