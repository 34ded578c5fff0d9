/** The numbers of a document's IDocs: each is first once, in whatever order they come. */
import { describe, expect, test } from '@jest/globals';
import { NumbersSeen } from '../../../src/sap/idoc/numbers-seen.ts';
import { seeded } from '../fakes/seeded.ts';

const docnum = (number: number | bigint): string => String(number).padStart(16, '0');

describe('a number', () => {
  test.each([
    ['one after the other', (place: number) => docnum(place + 1)],
    ['backwards', (place: number) => docnum(1_000_000 - place)],
    ['far apart', (place: number) => docnum(place * 1_000_003)],
    ['too large to be exact', (place: number) => docnum(9_007_199_254_740_000n + BigInt(place))],
  ])('is first once, where numbers come %s', (_order, numberAt) => {
    const seen = new NumbersSeen();
    const digits = Array.from({ length: 500 }, (_, place) => numberAt(place));
    expect(digits.filter((it) => seen.isFirst(it))).toEqual(digits);
    expect(digits.filter((it) => seen.isFirst(it))).toEqual([]);
  });

  test('is first as often as a set of texts says', () => {
    const chance = seeded(7);
    const seen = new NumbersSeen();
    const plain = new Set<string>();
    for (let round = 0; round < 5_000; round += 1) {
      const digits = docnum(chance.below(2) === 0 ? chance.below(3_000) : 4_000_000_000 + chance.below(3_000));
      expect(seen.isFirst(digits)).toBe(!plain.has(digits));
      plain.add(digits);
    }
  });

  test('is the same with and without leading zeros', () => {
    const seen = new NumbersSeen();
    expect([seen.isFirst('0000000000000042'), seen.isFirst('42')]).toEqual([true, false]);
  });
});
