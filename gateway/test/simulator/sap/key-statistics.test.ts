/** What tests look at to see that nothing happened twice. */
import { expect, test } from '@jest/globals';
import { KeyStatistics } from '../../../simulator/sap/server/key-statistics.ts';

test('a key that committed twice is a doubled effect, however often it was merely asked for', () => {
  const statistics = new KeyStatistics();
  statistics.used('a', 'CREATE', true);
  for (let asked = 0; asked < 3; asked += 1) statistics.used('b', 'CREATE', false);
  statistics.used('b', 'CREATE', true);
  expect(statistics.snapshot(null)).toMatchObject({ count: 2, calls: 5, commits: 2, doubled: [] });
  statistics.used('b', 'CREATE', true);
  const doubled = [{ key: 'b', function: 'CREATE', calls: 5, commits: 2 }];
  expect(statistics.snapshot(null)).toMatchObject({ commits: 3, doubled });
  expect(statistics.snapshot('b')).toMatchObject({ count: 1, uses: doubled });
  expect(statistics.snapshot('c')).toEqual({ count: 0, calls: 0, commits: 0, doubled: [], uses: [] });
});

test('functions are counted apart, so that a key of one is not mistaken for that of another', () => {
  const statistics = new KeyStatistics();
  statistics.used('a', 'CREATE', true);
  statistics.used('a', 'CHANGE', true);
  expect(statistics.snapshot('a')).toMatchObject({ count: 2, commits: 2, doubled: [] });
});
