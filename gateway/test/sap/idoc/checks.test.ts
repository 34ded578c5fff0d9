/** What an IDoc must be to be taken: each broken rule has its code, and holds nothing but the IDoc that breaks it. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import { readFlatIdocs, readXmlIdocs } from '../../../src/sap/idoc/index.ts';
import {
  asRead,
  control,
  customer,
  documentXml,
  expected,
  flatBytes,
  flatRecords,
  readAll,
  xmlBytes,
} from './written-idocs.ts';
import type { WrittenIdoc } from './written-idocs.ts';

const [good, after] = [customer(1), customer(3)];

/** The code an error carries; anything else than a GatewayError is a bug. */
const codeOf = (error: unknown): ErrorCode | undefined =>
  error === undefined ? undefined : error instanceof GatewayError ? error.code : 'INTERNAL';

async function expectOnlyRefused(bad: WrittenIdoc, code: ErrorCode): Promise<void> {
  const all = [good, bad, after];
  for (const reading of [readXmlIdocs([xmlBytes(all)], { expected }), readFlatIdocs([flatBytes(all)], { expected })]) {
    const { idocs, results, error } = await readAll(reading);
    expect(codeOf(error)).toBeUndefined();
    expect(idocs).toEqual([asRead(good), asRead(after)]);
    expect(results[1]).toMatchObject({ refused: { position: 2, error: { code } } });
  }
}

describe('the control record', () => {
  const incomplete = ['DOCNUM', 'MESTYP', 'SNDPRN', 'MANDT', 'DIRECT'] as const;
  test.each(incomplete)('must have %s', (field) =>
    expectOnlyRefused(customer(2, { [field]: '' }), 'IDOC_CONTROL_INCOMPLETE'),
  );

  test.each([
    ['a number of zeros', { DOCNUM: '0000000000000000' }, 'IDOC_CONTROL_INCOMPLETE'],
    ['a number of letters', { DOCNUM: '00000000000ABCDE' }, 'IDOC_CONTROL_INCOMPLETE'],
    ['another client', { MANDT: '200' }, 'IDOC_CLIENT_WRONG'],
    ['an unknown sender', { SNDPRN: 'STRANGER' }, 'IDOC_PARTNER_UNKNOWN'],
    ['the direction inbound', { DIRECT: '2' }, 'IDOC_DIRECTION_WRONG'],
    ['the number of the IDoc before it', { DOCNUM: '0000000000000001' }, 'IDOC_NUMBER_TWICE'],
  ] as const)('with %s is refused', (_what, changes, code) => expectOnlyRefused(customer(2, changes), code));

  test('must name the basic type or the extension that the XML document is named after', async () => {
    const extended = customer(1, { CIMTYP: 'ZDEBMAS7' });
    const { idocs, refusals } = await readAll(
      readXmlIdocs([xmlBytes([extended, customer(2)], 'ZDEBMAS7')], { expected }),
    );
    expect(idocs).toEqual([asRead(extended)]);
    expect(refusals).toEqual(['IDOC_MALFORMED']);
  });

  test('must name a message and type that are read, and a receiver that is known, where the receiver says which', async () => {
    const messages = new Map([['DEBMAS', new Set(['DEBMAS06', 'DEBMAS07'])]]);
    const all = [
      good,
      customer(2, { MESTYP: 'MATMAS' }),
      customer(3, { IDOCTYP: 'DEBMAS99' }),
      customer(4, { RCVPRN: 'OTHER' }),
    ];
    const strict = { ...expected, messages, receivers: new Set(['GANGWAY']) };
    const { refusals, idocs } = await readAll(readFlatIdocs([flatBytes(all)], { expected: strict }));
    expect(refusals).toEqual(['IDOC_TYPE_NOT_SUPPORTED', 'IDOC_TYPE_NOT_SUPPORTED', 'IDOC_PARTNER_UNKNOWN']);
    expect(idocs).toEqual([asRead(good)]);
  });

  test('of an older version is refused by name', async () => {
    const old = Buffer.from(flatBytes([good]).toString().replace('EDI_DC40', 'EDI_DC  '));
    expect((await readAll(readFlatIdocs([old], { expected }))).refusals).toEqual(['IDOC_VERSION_NOT_SUPPORTED']);
    const oldXml = Buffer.from(xmlBytes([good]).toString().replaceAll('EDI_DC40', 'EDI_DC'));
    expect((await readAll(readXmlIdocs([oldXml], { expected }))).refusals).toEqual(['IDOC_VERSION_NOT_SUPPORTED']);
  });

  test('gives the number to the refusal, so that somebody can look it up', async () => {
    const { results } = await readAll(readXmlIdocs([xmlBytes([customer(77, { MANDT: '200' })])], { expected }));
    expect(results[0]).toMatchObject({ refused: { control: { DOCNUM: '0000000000000077' } } });
    const [first] = results;
    const message = first !== undefined && 'refused' in first ? first.refused.error.message : '';
    expect(message).toBe('IDoc 77 comes from SAP client 200; this agent serves client 100.');
  });

  test('gives the number also where the control record itself is broken behind it', async () => {
    const bytes = xmlBytes([customer(78)])
      .toString()
      .replace('<STATUS>30', '<STATUS>300');
    const { results } = await readAll(readXmlIdocs([Buffer.from(bytes)], { expected }));
    expect(results[0]).toMatchObject({
      refused: { control: { DOCNUM: '0000000000000078' }, error: { context: { fields: 'STATUS' } } },
    });
  });

  test('counts numbers for each sender, also the largest', async () => {
    const largest = '9999999999999999';
    const all = [
      customer(1, { DOCNUM: largest }),
      customer(1, { DOCNUM: '9999999999999998' }),
      customer(1, { DOCNUM: largest, SNDPRN: 'OTHER' }),
      customer(1, { DOCNUM: largest }),
    ];
    const senders = new Set(['ERPCLNT100', 'OTHER']);
    const { results } = await readAll(readXmlIdocs([xmlBytes(all)], { expected: { ...expected, senders } }));
    expect(results.map((result) => 'idoc' in result)).toEqual([true, true, true, false]);
  });

  test('alone is no IDoc', () => expectOnlyRefused({ control: control(2), segments: [] }, 'IDOC_TRUNCATED'));
});

/** A flat file of three IDocs, the records of the second changed. */
function spoilt(change: (records: string[]) => string[]): Buffer {
  const records = [flatRecords(good), change(flatRecords(customer(2))), flatRecords(after)].flat();
  return Buffer.from(records.map((record) => `${record}\n`).join(''));
}

const put = (record: string, start: number, text: string): string =>
  record.slice(0, start) + text + record.slice(start + text.length);
const changed = (place: number, change: (record: string) => string) => (records: string[]) =>
  records.map((record, index) => (index === place ? change(record) : record));

describe('a flat IDoc is refused', () => {
  test.each([
    ['a record is lost', (all: string[]) => all.toSpliced(2, 1), 'IDOC_SEQUENCE_BROKEN'],
    ['a record is doubled', (all: string[]) => all.toSpliced(2, 0, all[2] ?? ''), 'IDOC_SEQUENCE_BROKEN'],
    [
      'records are swapped',
      ([c = '', one = '', two = '', ...rest]: string[]) => [c, two, one, ...rest],
      'IDOC_SEQUENCE_BROKEN',
    ],
    ['a parent comes later', changed(2, (it) => put(it, 55, '000003')), 'IDOC_SEQUENCE_BROKEN'],
    ['a segment is its own parent', changed(2, (it) => put(it, 55, '000002')), 'IDOC_SEQUENCE_BROKEN'],
    ['a level is not below its parent', changed(2, (it) => put(it, 61, '02')), 'IDOC_SEQUENCE_BROKEN'],
    ['a number is none', changed(2, (it) => put(it, 49, '00000X')), 'IDOC_SEQUENCE_BROKEN'],
    ['a segment has no name', changed(2, (it) => put(it, 0, ' '.repeat(30))), 'IDOC_SEQUENCE_BROKEN'],
    ['a record is too short', changed(2, (it) => it.slice(0, 1000)), 'IDOC_RECORD_LENGTH_WRONG'],
    ['a record is one short', changed(3, (it) => it.slice(0, -1)), 'IDOC_RECORD_LENGTH_WRONG'],
    ['a record is one long', changed(3, (it) => `${it}X`), 'IDOC_RECORD_LENGTH_WRONG'],
    ['a record is cut within a value', changed(1, (it) => it.slice(0, 63 + 200)), 'IDOC_RECORD_LENGTH_WRONG'],
    ['the control record is too long', changed(0, (it) => `${it} `), 'IDOC_RECORD_LENGTH_WRONG'],
    ['a line is empty', (all: string[]) => all.toSpliced(2, 0, ''), 'IDOC_RECORD_LENGTH_WRONG'],
    ['it has control characters', changed(2, (it) => put(it, 70, '\u0000')), 'IDOC_ENCODING_WRONG'],
  ] as const)('when %s, and no other', async (_what, change, code) => {
    const { idocs, refusals, error } = await readAll(
      readFlatIdocs([spoilt((records) => [...change(records)])], { expected }),
    );
    expect({ refusals, error }).toEqual({ refusals: [code], error: undefined });
    expect(idocs).toEqual([asRead(good), asRead(after)]);
  });
});

describe('a record without its control record', () => {
  test.each([
    ['of another IDoc mixed in', changed(2, (it) => put(it, 33, '0000000000000009')), '0000000000000009'],
    ['of another client', changed(2, (it) => put(it, 30, '200')), '0000000000000002'],
    ['of an IDoc whose control record was lost', (all: string[]) => all.slice(1), '0000000000000002'],
    ['of an IDoc whose control record was spoilt', changed(0, (it) => put(it, 0, 'EDO')), '0000000000000002'],
  ])('%s is an IDoc that is refused, never one that vanishes', async (_what, change, docnum) => {
    const { idocs, results, error } = await readAll(readFlatIdocs([spoilt(change)], { expected }));
    expect(error).toBeUndefined();
    expect(idocs).toContainEqual(asRead(after));
    const refused = results.flatMap((result) => ('refused' in result ? [result.refused.control.DOCNUM] : []));
    expect(refused).toContain(docnum);
  });

  test('is seen also behind an IDoc that is refused itself', async () => {
    const records = [customer(1, { MANDT: '' }), customer(2), after].map(flatRecords);
    const lines = [
      records[0]?.map((it, place) => (place === 2 ? it.slice(1) : it)),
      records[1]?.slice(1),
      records[2],
    ].flat();
    const { results } = await readAll(
      readFlatIdocs([Buffer.from(lines.map((it) => `${it ?? ''}\n`).join(''))], { expected }),
    );
    expect(results).toMatchObject([
      { refused: { control: { DOCNUM: '0000000000000001' } } },
      { refused: { control: { DOCNUM: '0000000000000002' } } },
      { idoc: asRead(after) },
    ]);
  });
});

describe('an XML IDoc is refused', () => {
  test.each([
    ['a field stands twice', '<ORT01>', '<NAME1>X</NAME1><ORT01>', 'IDOC_MALFORMED'],
    ['text stands between fields', '<ORT01>', 'X<ORT01>', 'IDOC_MALFORMED'],
    ['a field holds text and elements', '<ORT01>', '<ORT01>X<Y/>', 'IDOC_MALFORMED'],
    ['a name is not one of SAP', 'ORT01>', 'ort01>', 'IDOC_MALFORMED'],
    ['a name would touch JavaScript', 'ORT01>', '__proto__>', 'IDOC_MALFORMED'],
    [
      'it has two control records',
      '<E1KNVVM SEGMENT="1">',
      '<EDI_DC40 SEGMENT="1"/><E1KNVVM SEGMENT="1">',
      'IDOC_MALFORMED',
    ],
    [
      'it does not begin with the control record',
      '<EDI_DC40 SEGMENT="1">',
      '<E1KNA1M/><EDI_DC40 SEGMENT="1">',
      'IDOC_MALFORMED',
    ],
    ['a control field is too long', '<MANDT>100', '<MANDT>1000', 'IDOC_CONTROL_INCOMPLETE'],
  ] as const)('when %s, and no other', async (_what, from, to, code) => {
    const [first = '', second = '', third = ''] = [good, customer(2), after].map(
      (idoc) => documentXml([idoc]).split('\n')[1],
    );
    const document = `<DEBMAS07>${first}${second.replaceAll(from, to)}${third}</DEBMAS07>`;
    const { idocs, refusals, error } = await readAll(readXmlIdocs([Buffer.from(document)], { expected }));
    expect({ refusals, error }).toEqual({ refusals: [code], error: undefined });
    expect(idocs).toEqual([asRead(good), asRead(after)]);
  });
});

describe('a document that is cut off', () => {
  test('gives the IDocs that were whole, and an error, wherever an XML document is cut', async () => {
    const whole = xmlBytes([good, after]);
    const ends = [...whole.toString().matchAll(/<\/IDOC>/g)].map(({ index }) =>
      Buffer.byteLength(whole.toString().slice(0, index + 7)),
    );
    for (let length = 0; length < whole.length - 1; length += 1) {
      const { idocs, refusals, error } = await readAll(readXmlIdocs([whole.subarray(0, length)], { expected }));
      expect(refusals).toEqual([]);
      expect(idocs).toHaveLength(ends.filter((end) => end <= length).length);
      expect(['IDOC_TRUNCATED', length < 60 ? 'IDOC_MALFORMED' : '']).toContain(codeOf(error));
    }
  });

  test.each([false, true])(
    'gives no IDoc that was cut within a record of a flat file (blanks cut: %s)',
    async (isTrimmed) => {
      const whole = flatBytes([good, after], '\n', isTrimmed);
      const second = whole.lastIndexOf('EDI_DC40');
      for (let length = second + 6; length < whole.length; length += 7) {
        // Between two records nothing shows that there should be more.
        if (whole[length - 1] === 10) continue;
        const { idocs, error } = await readAll(readFlatIdocs([whole.subarray(0, length)], { expected }));
        // A last record of full length is complete without its line end.
        const isComplete = !isTrimmed && whole[length] === 10 && error === undefined;
        if (isComplete) continue;
        expect(idocs).toEqual([asRead(good)]);
        expect(codeOf(error)).toBe('IDOC_TRUNCATED');
      }
    },
  );

  test('is one whose connection breaks', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield xmlBytes([good]).subarray(0, 900);
      await Promise.resolve();
      throw new Error('aborted');
    }
    const { results, error } = await readAll(readXmlIdocs(broken(), { expected }));
    expect(results).toEqual([]);
    expect(codeOf(error)).toBe('IDOC_TRUNCATED');
  });

  test.each([[''], [' \n'], ['\n\n']])('is one without any IDoc (%j)', async (text) => {
    expect(codeOf((await readAll(readXmlIdocs([Buffer.from(text)], { expected }))).error)).toBe('IDOC_TRUNCATED');
  });

  test('is an empty file', async () => {
    expect(codeOf((await readAll(readFlatIdocs([], { expected }))).error)).toBe('IDOC_TRUNCATED');
  });
});

describe('the encoding', () => {
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>${documentXml([good])}`;
  test.each([
    ['Latin-1 that says it is UTF-8', Buffer.from(declared('utf-8'), 'latin1')],
    ['UTF-8 that says it is Latin-1', Buffer.from(declared('ISO-8859-1'))],
    ['UTF-8 that says it is UTF-16', Buffer.from(declared('utf-16'))],
    ['UTF-16 that says it is UTF-8', Buffer.from(`\ufeff${declared('utf-8')}`, 'utf16le')],
    ['UTF-16 without byte order mark', Buffer.from(declared('utf-16'), 'utf16le')],
    ['an encoding nobody knows', Buffer.from(declared('x-unknown'))],
    ['characters beyond ASCII that says it is ASCII', Buffer.from(declared('us-ascii'))],
    [
      'windows-1252 that says it is Latin-1',
      Buffer.from(declared('ISO-8859-1').replace('Lüneburg', 'L\u0080'), 'latin1'),
    ],
  ])('is wrong in XML of %s', async (_what, bytes) => {
    const { results, error } = await readAll(readXmlIdocs([bytes], { expected }));
    expect(results).toEqual([]);
    expect(codeOf(error)).toBe('IDOC_ENCODING_WRONG');
  });

  test('of the transport goes before the declaration', async () => {
    const bytes = Buffer.from(declared('utf-8'), 'latin1');
    const { idocs } = await readAll(readXmlIdocs([bytes], { expected, charset: 'ISO-8859-1' }));
    expect(idocs).toEqual([asRead(good)]);
  });

  test.each([
    ['Latin-1', 'utf-8', 'latin1'],
    ['UTF-8', 'iso-8859-1', 'utf8'],
    ['UTF-8', 'windows-1252', 'utf8'],
    ['UTF-16', 'utf-8', 'utf16le'],
  ] as const)('is wrong in a flat file of %s read as %s', async (_what, encoding, actual) => {
    const bytes = Buffer.from(flatBytes([good]).toString(), actual);
    const { idocs, refusals, error } = await readAll(readFlatIdocs([bytes], { expected, encoding }));
    expect(idocs).toEqual([]);
    expect([codeOf(error), ...refusals]).toContain('IDOC_ENCODING_WRONG');
  });

  test.each(['utf-8', 'UTF8', undefined])(
    'of a flat file may be said twice, by a byte order mark too (%s)',
    async (encoding) => {
      const bytes = Buffer.concat([Buffer.from('\ufeff'), flatBytes([good])]);
      const { idocs } = await readAll(
        readFlatIdocs([bytes], encoding === undefined ? { expected } : { expected, encoding }),
      );
      expect(idocs).toEqual([asRead(good)]);
    },
  );

  test('of a flat file is wrong where a byte order mark says another one', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff'), flatBytes([good])]);
    const { error } = await readAll(readFlatIdocs([bytes], { expected, encoding: 'iso-8859-1' }));
    expect(codeOf(error)).toBe('IDOC_ENCODING_WRONG');
  });

  test('may break after IDocs that were whole: those are given', async () => {
    const bytes = Buffer.concat([xmlBytes([good, after]).subarray(0, -13), Buffer.from([0xff, 0xff])]);
    const { idocs, error } = await readAll(readXmlIdocs([bytes], { expected }));
    expect(idocs).toEqual([asRead(good), asRead(after)]);
    expect(codeOf(error)).toBe('IDOC_ENCODING_WRONG');
  });
});

describe('a file that is no flat file of IDocs', () => {
  test.each([
    ['XML', xmlBytes([good])],
    ['something else', Buffer.from('Name;Street\nA;B\n')],
    ['data records alone', flatBytes([good]).subarray(525)],
  ])('is refused whole: %s', async (_what, bytes) => {
    const { results, error } = await readAll(readFlatIdocs([bytes], { expected }));
    expect(results).toEqual([]);
    expect(codeOf(error)).toBe('IDOC_MALFORMED');
  });
});

test('nothing more is read before what was given is taken, and nothing after the reader has left', async () => {
  let given = 0;
  let isClosed = false;
  function* chunks(): Generator<Buffer> {
    try {
      for (let docnum = 1; docnum < 1000; docnum += 1) {
        given = docnum;
        yield flatBytes([customer(docnum)]);
      }
    } finally {
      isClosed = true;
    }
  }
  for await (const result of readFlatIdocs(chunks(), { expected })) {
    expect(result).toHaveProperty('idoc');
    break;
  }
  // One block of 64 KB holds 17 of them.
  expect(given).toBeLessThan(20);
  expect(isClosed).toBe(true);
});
