/** When two values are the same, as far as Salesforce can keep them, and sorting more than memory holds. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FieldValue, PathType } from '../../../src/model/index.ts';
import { isSame } from '../../../src/sync/compare/differences.ts';
import { sortEntries } from '../../../src/sync/compare/external-sort.ts';
import type { Entry } from '../../../src/sync/compare/external-sort.ts';

describe('two values', () => {
  test.each<[PathType, FieldValue, FieldValue]>([
    ['text', '', null],
    ['text', ' Nordwind ', 'Nordwind'],
    ['text', 'a\r\nb', 'a\nb'],
    ['decimal', '100.00', '100'],
    ['decimal', '-0.50', '-.5'],
    ['decimal', '0.000', '-0'],
    ['decimal', '12345678901234567890.10', '12345678901234567890.1'],
    ['boolean', null, false],
    ['instant', '2026-11-21T10:15:00Z', '2026-11-21T10:15:00.000+00:00'],
  ])('are the same: %s %p and %p', (type, one, other) => {
    expect([isSame(type, one, other), isSame(type, other, one)]).toEqual([true, true]);
  });

  test.each<[PathType, FieldValue, FieldValue]>([
    ['text', 'nordwind', 'Nordwind'],
    ['text', '100.00', '100'],
    ['code', '01', '1'],
    ['decimal', '100.00', '100.01'],
    ['decimal', '100', '-100'],
    ['decimal', '12345678901234567890.1', '12345678901234567890.2'],
    ['decimal', '0', null],
    ['boolean', true, null],
    ['date', '2026-11-21', null],
  ])('differ: %s %p and %p', (type, one, other) => {
    expect([isSame(type, one, other), isSame(type, other, one)]).toEqual([false, false]);
  });
});

describe('sorting', () => {
  const sorted = async (entries: readonly Entry[], runCharacters: number): Promise<[Entry[], number]> => {
    const folder = await mkdtemp(join(tmpdir(), 'sort-'));
    try {
      const stream = (async function* () {
        yield* entries;
      })();
      const all: Entry[] = [];
      for await (const entry of await sortEntries(stream, folder, 'run', runCharacters)) all.push(entry);
      return [all, (await readdir(folder)).length];
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const entries = Array.from({ length: 500 }, (_, index) => ({
    key: `K${(index * 7919) % 251}`,
    text: `"value ${index} \u2028 ü\\n"`,
  }));
  const expected = entries.toSorted((one, other) => (one.key === other.key ? 0 : one.key < other.key ? -1 : 1));

  test('gives the same in memory and in any number of pieces, equal keys in their order', async () => {
    const [inMemory, none] = await sorted(entries, 1_000_000);
    expect([inMemory, none]).toEqual([expected, 0]);
    for (const runCharacters of [1, 100, 3_000]) {
      const [onDisk, runs] = await sorted(entries, runCharacters);
      expect(onDisk).toEqual(expected);
      expect(runs).toBeGreaterThan(1);
    }
  });

  test('gives nothing of nothing', async () => {
    expect(await sorted([], 10)).toEqual([[], 0]);
  });
});
