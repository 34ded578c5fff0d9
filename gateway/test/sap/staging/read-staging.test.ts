/** What a staging file gives, and what makes it be refused. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import type { StagedObject } from '../../../src/sap/staging/staging-objects.ts';
import { fileOf, headLine, inPieces, readAll, readerInto } from './files.ts';

const nordwind = ['KNA1\t0000104711\tNordwind\t', 'KNVV\t0000104711\t1000', 'KNKK\t0000104711\t250.00'];
const alpenglas = ['KNA1\t0000104712\tZürich ✓\t01'];

async function objectsOf(text: string | Buffer, skip = 0, size = 7): Promise<StagedObject[]> {
  const seen: StagedObject[] = [];
  await readAll(readerInto(seen)(inPieces(text, size), 'customers.txt', skip));
  return seen;
}

const failureOf = (text: string | Buffer): Promise<unknown> =>
  objectsOf(text).then(
    () => undefined,
    (error: unknown) => (error instanceof GatewayError ? `${error.code}: ${error.message}` : error),
  );

describe('a whole file', () => {
  test('gives its head, each object with all its rows, and how many there were', async () => {
    const seen: StagedObject[] = [];
    const parts = await readAll(readerInto(seen)(inPieces(fileOf([...nordwind, ...alpenglas])), 'customers.txt', 0));
    expect(parts[0]).toEqual({
      head: { kind: 'customers', system: 'ERPCLNT100', createdAt: '2026-11-21T10:15:00.000Z', isSelection: false },
    });
    expect(parts.at(-1)).toEqual({ end: { objects: 2 } });
    expect(seen.map(({ line, key, rows }) => [line, key, rows.map(({ table }) => table)])).toEqual([
      [5, '0000104711', ['KNA1', 'KNVV', 'KNKK']],
      [8, '0000104712', ['KNA1']],
    ]);
    const values = ['KUNNR', 'NAME1', 'AUFSD', 'LIFSD'].map((field) => seen[1]?.rows[0]?.value(field));
    expect(values).toEqual(['0000104712', 'Zürich ✓', '01', undefined]);
  });

  test('makes each object a document with the line, the file and the moment of the extraction', async () => {
    const parts = await readAll(readerInto([])(inPieces(fileOf(nordwind)), 'customers.txt', 0));
    expect(parts[1]).toMatchObject({
      document: {
        source: {
          kind: 'load',
          sender: 'ERPCLNT100/customers.txt',
          number: '5',
          createdAt: '2026-11-21T10:15:00.000Z',
        },
        changes: [{ order: '2026-11-21T10:15:00.000Z#00000000000000000005' }],
      },
    });
  });

  test.each([1, 2, 3, 64, 100_000])('is the same in pieces of %d bytes', async (size) => {
    const text = fileOf([...nordwind, ...alpenglas]);
    const shown = async (pieces: number): Promise<unknown> =>
      (await objectsOf(text, 0, pieces)).map(({ rows, ...rest }) => ({
        ...rest,
        rows: rows.map((row) => [row.table, row.value('KUNNR'), row.value('NAME1'), row.value('KLIMK')]),
      }));
    expect(await shown(size)).toEqual(await shown(13));
  });

  test('keeps tabs, ends of line and backslashes that stand in a value', async () => {
    const [object] = await objectsOf(fileOf(['KNA1\t1\ta\\tb\\nc\\rd\\\\te\t']));
    expect(object?.rows[0]?.value('NAME1')).toBe('a\tb\nc\rd\\te');
  });

  test('passes over what is to be skipped, and still counts it', async () => {
    const seen: StagedObject[] = [];
    const text = fileOf([...nordwind, ...alpenglas]);
    const parts = await readAll(readerInto(seen)(inPieces(text), 'customers.txt', 1));
    expect(seen.map(({ key }) => key)).toEqual(['0000104712']);
    expect(parts.at(-1)).toEqual({ end: { objects: 2 } });
    expect(await objectsOf(text, Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('may have no objects at all', async () => {
    expect(await objectsOf(fileOf([]))).toEqual([]);
  });

  test('says whether it is a selection', async () => {
    for (const [word, isSelection] of [
      ['PART', true],
      ['ALL', false],
    ] as const) {
      const text = fileOf([]).replace(headLine, `${headLine}\t${word}`);
      const [first] = await readAll(readerInto([])(inPieces(text), 'customers.txt', 0));
      expect(first).toMatchObject({ head: { isSelection } });
    }
  });

  test('refuses one object by itself where its values cannot be read', async () => {
    const refuse = ({ key }: StagedObject): void => {
      if (key === '0000104711') throw new GatewayError('IDOC_VALUE_INVALID', { segment: 'KNKK', field: 'KLIMK' });
    };
    const parts = await readAll(readerInto([], refuse)(inPieces(fileOf([...nordwind, ...alpenglas])), 'f', 0));
    expect(parts[1]).toMatchObject({ refused: { source: { number: '5' }, error: { code: 'IDOC_VALUE_INVALID' } } });
    expect(parts[2]).toMatchObject({ document: { source: { number: '8' } } });
  });
});

describe('a document of a file', () => {
  const documentOf = async (text: string, file: string) => {
    const [, part] = await readAll(readerInto([])(inPieces(text, 1_000), file, 0));
    if (part === undefined || !('document' in part)) throw new Error('a document was expected');
    return part.document;
  };

  test('has another hash where any of its rows is another', async () => {
    const hashes = [nordwind, nordwind.with(1, 'KNVV\t0000104711\t2000'), nordwind.with(2, 'KNKK\t0000104711\t1.00')];
    const all = await Promise.all(hashes.map(async (rows) => (await documentOf(fileOf(rows), 'f')).contentHash));
    expect(new Set(all).size).toBe(3);
    expect((await documentOf(fileOf(nordwind), 'f')).contentHash).toBe(all[0]);
  });

  test('is known by the end of a long name, where files are told from each other', async () => {
    const senders = await Promise.all(
      ['1', '2'].map(
        async (day) => (await documentOf(fileOf(nordwind), `${'customers'.repeat(20)}-${day}`)).source.sender,
      ),
    );
    expect(new Set(senders).size).toBe(2);
    for (const sender of senders) expect(sender.length).toBeLessThanOrEqual(80);
  });

  test('that cannot be read because of a bug of ours is no refusal of SAP’s data', async () => {
    const broken = readerInto([], () => {
      throw new TypeError('a bug');
    });
    await expect(readAll(broken(inPieces(fileOf(nordwind)), 'f', 0))).rejects.toThrow('a bug');
  });
});

describe('a file that is not whole', () => {
  test('gives nothing of the object that it was cut in, wherever that was', async () => {
    const text = fileOf([...nordwind, ...alpenglas]);
    for (let length = 0; length < Buffer.byteLength(text); length += 1) {
      const seen: StagedObject[] = [];
      const reading = readAll(readerInto(seen)(inPieces(Buffer.from(text).subarray(0, length), 50), 'f', 0));
      await expect(reading).rejects.toMatchObject({ code: 'STAGING_TRUNCATED' });
      expect(seen.filter(({ key, rows }) => rows.length < (key === '0000104711' ? 3 : 1))).toEqual([]);
    }
  });

  test('says how many objects were whole', async () => {
    const cut = fileOf([...nordwind, ...alpenglas]).split('#END')[0] ?? '';
    expect(await failureOf(cut)).toContain('ends after 1 objects');
  });
});

describe('a file that is not what the extraction writes', () => {
  const whole = fileOf([...nordwind, ...alpenglas]);
  const manyFields = Array.from({ length: 1_000 }, (_, index) => `F${index}`).join('\t');
  test.each([
    ['another first line', 'KNA1\tKUNNR\n', 1, 'begins with #STAGING'],
    ['a later version', whole.replace('\t1\t', '\t2\t'), 1, 'version'],
    ['another kind', whole.replace('customers', 'vendors'), 1, 'kind'],
    ['a day that does not exist', whole.replace('20261121', '20260231'), 1, 'moment'],
    ['an hour that does not exist', whole.replace('101500', '241500'), 1, 'moment'],
    ['a client of letters', whole.replace('\t100\t', '\tABC\t'), 1, 'client'],
    ['a word for the selection that is none', whole.replace('101500', '101500\tSOME'), 1, 'ALL nor PART'],
    ['a word behind the selection', whole.replace('101500', '101500\tPART\tx'), 1, 'ALL nor PART'],
    ['a table of another kind', whole.replace('#KNKK\t', '#MARA\t'), 4, 'does not belong'],
    ['fields that stand twice', whole.replace('NAME1', 'KUNNR'), 2, 'stands twice'],
    ['a table that stands twice', whole.replace('#KNKK\tKUNNR', '#KNVV\tKUNNR'), 4, 'stand twice'],
    ['a table without the key', whole.replace('#KNKK\tKUNNR\t', '#KNKK\t'), 4, 'KUNNR is not among'],
    ['a row of an unknown table', whole.replace('KNKK\t0000104711', 'KNBK\t0000104711'), 7, 'no table'],
    ['a row before its object', fileOf(['KNVV\t1\t1000']), 5, 'before the first row'],
    ['a value too many', whole.replace('\t250.00', '\t250.00\t'), 7, '3 values for the 2 fields'],
    ['a value too few', whole.replace('\t250.00', ''), 7, '1 values for the 2 fields'],
    ['a row of another object', whole.replace('KNVV\t0000104711', 'KNVV\t0000104712'), 6, 'another object'],
    ['an object without a number', fileOf(['KNA1\t\tNobody\t']), 5, 'KUNNR is empty'],
    ['a backslash alone', fileOf(['KNA1\t1\ta\\x\t']), 5, 'backslash'],
    ['a backslash at the end', fileOf(['KNA1\t1\ta\\\t']), 5, 'backslash'],
    ['ends of line of Windows', whole.replaceAll('\n', '\r\n'), 1, 'end of line'],
    ['another number of objects', fileOf(nordwind, '#END\t2\t3'), 8, 'says otherwise'],
    ['another number of rows', fileOf(nordwind, '#END\t1\t4'), 8, 'says otherwise'],
    ['fields behind rows', fileOf([...nordwind, '#KNVP\tKUNNR']), 8, 'behind rows'],
    ['something behind its end', `${whole}KNA1\t1\t\t\n`, 10, 'follows the last line'],
    ['a mark of its encoding', `\ufeff${whole}`, 1, 'begins with #STAGING'],
    ['a word behind its numbers', fileOf(nordwind, '#END\t1\t3\tx'), 8, 'says otherwise'],
    [
      'an object without end',
      fileOf(['KNA1\t1\t\t', ...Array<string>(10_000).fill('KNVV\t1\t1000')]),
      10_005,
      'many rows',
    ],
    ['more fields than a table has', whole.replace('AUFSD', manyFields), 2, 'no name of SAP'],
    ['an endless line', `${headLine}\n${'x'.repeat(200_000)}`, 2, 'too long'],
  ])('is refused with the line: %s', async (_, text, line, words) => {
    const failure = await failureOf(text);
    expect(failure).toContain(`STAGING_MALFORMED: Line ${line} `);
    expect(failure).toContain(words);
  });

  test('is refused where a byte is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(`${headLine}\n`), Buffer.from([0x4d, 0xfc, 0x0a])]);
    expect(await failureOf(bytes)).toContain('not UTF-8');
  });

  test('is refused where it is of another system or client, before any object is read', async () => {
    for (const foreign of [whole.replace('ERPCLNT100', 'ERPCLNT200'), whole.replace('\t100\t', '\t200\t')])
      expect(await failureOf(foreign)).toContain('STAGING_FOREIGN');
  });
});
