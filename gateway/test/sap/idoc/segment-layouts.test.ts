/** Layouts of flat segments: what they explain, what they leave, and what a customer adds. */
import { describe, expect, test } from '@jest/globals';
import { readFlatIdocs, shippedLayouts, withCustomerLayouts } from '../../../src/sap/idoc/index.ts';
import type { IdocSegment, SegmentLayouts } from '../../../src/sap/idoc/index.ts';
import { segmentType } from '../../../src/sap/idoc/flat/segment-names.ts';
import { controlLayout, control, expected, readAll } from './written-idocs.ts';

/** The only segment of an IDoc whose record has this definition and these characters. */
async function read(definition: string, data: string, layouts?: SegmentLayouts): Promise<IdocSegment | undefined> {
  const record = control(1);
  const head = controlLayout.map(([name, length]) => (record[name] ?? '').padEnd(length)).join('');
  const line = `${definition.padEnd(30)}100000000000000000100000100000002${data.padEnd(1000)}`;
  const options = layouts === undefined ? { expected } : { expected, layouts };
  const { idocs, error } = await readAll(readFlatIdocs([Buffer.from(`${head}\n${line}\n`)], options));
  expect(error).toBeUndefined();
  return idocs[0]?.segments[0];
}

describe('the type of a segment', () => {
  test.each([
    ['E2KNA1M005', 'E1KNA1M'],
    ['E2KNVPM', 'E1KNVPM'],
    ['E2KNA11', 'E1KNA11'],
    ['E2EDK01005', 'E1EDK01'],
    ['E2EDK01', 'E1EDK01'],
    ['E2BPAD1VL', 'E1BPAD1VL'],
    ['Z2KNA1M000', 'Z1KNA1M'],
    ['/ACME/2ORDER001', '/ACME/1ORDER'],
    ['E1KNA1M', 'E1KNA1M'],
    ['ZSEGMENT', 'ZSEGMENT'],
  ])('%s is %s', (definition, type) => expect(segmentType(definition, shippedLayouts())).toBe(type));

  test('may end in three digits, where that type is known', () => {
    const layouts = withCustomerLayouts(shippedLayouts(), { Z1MAP123: 'FIELD 3' });
    expect(segmentType('Z2MAP123', layouts)).toBe('Z1MAP123');
    expect(segmentType('Z2MAP123000', layouts)).toBe('Z1MAP123');
  });
});

describe('a segment', () => {
  test('that nobody described is kept as it is, and named', async () => {
    expect(await read('Z2UNKNOWN000', 'AB  C')).toEqual({ name: 'Z1UNKNOWN', parent: null, fields: {}, raw: 'AB  C' });
  });

  test('of a later release has the fields that are known, and all its characters', async () => {
    const data = '005AG0000104711'.padEnd(49) + 'NEW';
    expect(await read('E2KNVPM099', data)).toEqual({
      name: 'E1KNVPM',
      parent: null,
      fields: { MSGFN: '005', PARVW: 'AG', KUNN2: '0000104711' },
      raw: data,
    });
  });

  test('keeps blanks in front of a value, as XML does', async () => {
    expect((await read('E2KNKKM001', '0051000      12500.00'))?.fields).toEqual({
      MSGFN: '005',
      KKBER: '1000',
      KLIMK: '      12500.00',
    });
  });

  test('of a customer is read by the layout the customer gives, a definition before its type', async () => {
    const layouts = withCustomerLayouts(shippedLayouts(), {
      Z1KNA1M: 'ZZREGION 4, ZZCLASS 2',
      Z2KNA1M001: 'ZZREGION 6, ZZCLASS 2',
    });
    expect((await read('Z2KNA1M000', 'NORDA1', layouts))?.fields).toEqual({ ZZREGION: 'NORD', ZZCLASS: 'A1' });
    expect((await read('Z2KNA1M001', 'NORDEAA1', layouts))?.fields).toEqual({ ZZREGION: 'NORDEA', ZZCLASS: 'A1' });
  });
});

describe('a layout file is refused', () => {
  test.each([
    ['a list', [], 'of the file'],
    ['a field without length', { Z1X: 'FIELD' }, 'Z1X'],
    ['a length of zero', { Z1X: 'FIELD 0' }, 'Z1X'],
    ['a field twice', { Z1X: 'FIELD 1, FIELD 2' }, 'Z1X'],
    ['more than a segment holds', { Z1X: 'A 999, B 2' }, 'Z1X'],
    ['nothing', { Z1X: '' }, 'Z1X'],
    ['a name that SAP does not use', { 'z1 x': 'A 1' }, 'z1 x'],
    ['a field with a name for JavaScript', { Z1X: '__proto__ 5' }, 'Z1X'],
    ['a number', { Z1X: 5 }, 'of the file'],
  ])('with %s', (_what, file, segment) => {
    expect(() => withCustomerLayouts(shippedLayouts(), file)).toThrow(
      expect.objectContaining({ code: 'IDOC_LAYOUT_INVALID', context: expect.objectContaining({ segment }) }),
    );
  });
});

test('what comes with Gangway has no segment beyond the 1,000 characters of a record', () => {
  expect(shippedLayouts().size).toBe(159);
  for (const { length, fields } of shippedLayouts().values()) {
    expect(length).toBeLessThanOrEqual(1000);
    expect(fields.at(-1)?.end).toBe(length);
  }
});
