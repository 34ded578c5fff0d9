/** The order of changes: what SAP says of its time, as one text that can be compared. */
import { describe, expect, test } from '@jest/globals';
import { changeOrder, orderOf } from '../../src/model/index.ts';

describe('the order of a document', () => {
  test('is its instant and the digits of its number', () => {
    expect(orderOf('2026-11-21T10:15:00Z', '0000000000000042')).toBe('2026-11-21T10:15:00.000Z#00000000000000000042');
    expect(orderOf('2026-11-21T11:15:00.5+01:00', 'CD-7/12')).toBe('2026-11-21T10:15:00.500Z#00000000000000000712');
  });

  test.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])('is one by the schema: %s', (at) => {
    const order = orderOf(at, '9'.repeat(30));
    expect(changeOrder.parse(order)).toBe(order);
  });

  test.each(['+012026-11-21T10:15:00Z', '-000001-11-21T10:15:00Z'])(
    'is refused as the schema refuses it, where no document can be of that year: %s',
    (at) => {
      const refusal = changeOrder.safeParse(`${new Date(at).toISOString()}#${'1'.padStart(20, '0')}`).error;
      expect(refusal).toBeDefined();
      expect(() => orderOf(at, '1')).toThrow(refusal?.message);
    },
  );
});
