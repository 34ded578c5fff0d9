/** The simulation can fail: a few broken agents, each found. All of them are `npm run simulate -- --mutants`. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { mutants } from '../../simulation/mutants/mutants.ts';
import { isFound, tryMutant } from '../../simulation/mutants/run-mutants.ts';
import { mutate } from '../../simulation/mutants/workshop.ts';

const quick = [
  'no fence in the write',
  'SAP before the journal',
  'an unknown outcome is written again',
  'what nobody can look up counts as none',
  'a pause holds writes',
  'a document is acknowledged before it is kept',
  'what waits is merged newest first',
  'records are settled before they are written',
];

describe('a mutant of the shipped code', () => {
  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s: its text is still in the source',
    (_, mutant) => {
      const source = readFileSync(new URL(`../../src/${mutant.file}`, import.meta.url), 'utf8');
      expect(mutate(source, mutant)).not.toBe(source);
    },
  );

  test.each(quick.map((name, index) => [name, index] as const))(
    '%s: is found',
    async (name, index) => {
      const mutant = mutants.find((each) => each.name === name);
      expect(mutant).toBeDefined();
      if (mutant === undefined) return;
      const found = await tryMutant(mutant, 100 + index, 2_000);
      expect([found.by, isFound(found)]).toEqual([found.by, true]);
    },
    60_000,
  );

  test('says so when the code has moved on', () => {
    const drifted = { name: 'gone', file: 'a.ts', find: 'what was there', replace: '', foundBy: [] };
    expect(() => mutate('something else', drifted)).toThrow(/drifted/);
    expect(() => mutate('what was there, what was there', drifted)).toThrow(/2 times/);
  });
});
