/** XML and files made to do harm: each ends in a clear error, soon, and with little memory. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import { readFlatIdocs, readXmlIdocs } from '../../../src/sap/idoc/index.ts';
import { asRead, customer, documentXml, expected, flatBytes, idocXml, readAll } from './written-idocs.ts';

const megabyte = 1024 * 1024;
const xml = idocXml(customer(2));

/** The same piece again and again, between a beginning and an end, made while it is read. */
function* repeated(head: string, piece: string, bytes: number, tail: string): Generator<Buffer> {
  yield Buffer.from(head);
  const block = Buffer.from(piece.repeat(Math.ceil(megabyte / piece.length)));
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
  yield Buffer.from(tail);
}

const codes = (error: unknown): unknown => (error instanceof GatewayError ? error.code : error);

describe('XML is refused whole', () => {
  const bomb = `<!DOCTYPE b [<!ENTITY a "${'x'.repeat(100)}">${'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'.repeat(5)}]>`;
  test.each([
    ['entities that multiply', `<?xml version="1.0"?>${bomb}${documentXml([customer(1)])}`],
    ['a document type', `<!DOCTYPE DEBMAS07 SYSTEM "http://127.0.0.1/x.dtd">${documentXml([customer(1)])}`],
    ['an entity of its own', documentXml([customer(1)]).replace('Nordwind', '&secret;')],
    ['a processing instruction', `<?php x?>${documentXml([customer(1)])}`],
    ['an include', documentXml([customer(1)]).replace('<E1KNA1M', '<?xml-stylesheet href="x"?><E1KNA1M')],
    ['two roots', documentXml([customer(1)]) + documentXml([customer(2)])],
    ['two documents in an envelope', `<Envelope><Body>${documentXml([customer(1)])}<X/></Body></Envelope>`],
    ['something else in an envelope', `<Envelope><Fault/><Body>${documentXml([customer(1)])}</Body></Envelope>`],
    ['a page of HTML', '<html><body>500 Internal Server Error</body></html>'],
    ['text around its IDocs', documentXml([customer(1)]).replace('<IDOC', 'x<IDOC')],
    ['no IDocs', '<DEBMAS07></DEBMAS07>'],
    ['two declarations', `<?xml version="1.0"?><?xml version="1.0"?>${documentXml([customer(1)])}`],
    ['a broken declaration', `<?xml version="3.0" encoding="utf-8"?>${documentXml([customer(1)])}`],
    ['an attribute given twice', documentXml([customer(1)]).replace('BEGIN="1"', 'BEGIN="1" BEGIN="1"')],
    ['a character that does not exist', documentXml([customer(1)]).replace('Nordwind', '&#xD800;')],
    ['nothing but depth', '<A>'.repeat(200_000)],
    ['a name without end', `<${'A'.repeat(3 * megabyte)}`],
    ['a comment without end', `<!--${'A'.repeat(3 * megabyte)}`],
    ['a section without end', `<A><![CDATA[${'A'.repeat(3 * megabyte)}`],
    ['a flood of attributes', `<A ${Array.from({ length: 300_000 }, (_, n) => `a${n}=""`).join(' ')}>`],
    ['a flood of attributes within the limit', `<A ${Array.from({ length: 80_000 }, (_, n) => `a${n}=""`).join(' ')}>`],
    ['a tag of blanks', `<A${' '.repeat(900_000)}?>`],
  ])('for %s', async (_what, document) => {
    const { idocs, error } = await readAll(readXmlIdocs([Buffer.from(document)], { expected }));
    expect(['IDOC_MALFORMED', 'IDOC_TRUNCATED']).toContain(codes(error));
    expect(idocs.length).toBeLessThanOrEqual(1);
  });

  test('for more bytes than allowed, after what was whole before them', async () => {
    const bytes = repeated(`<DEBMAS07>${xml}`, '<!-- more -->', 20 * megabyte, '');
    const { idocs, error } = await readAll(readXmlIdocs(bytes, { expected, limits: { documentBytes: 10 * megabyte } }));
    expect(idocs).toHaveLength(1);
    expect(codes(error)).toBe('IDOC_TOO_LARGE');
  });

  test('for more IDocs than allowed', async () => {
    const all = Array.from({ length: 12 }, (_, place) => customer(place + 1));
    for (const reading of [
      readXmlIdocs([Buffer.from(documentXml(all))], { expected, limits: { idocs: 10 } }),
      readFlatIdocs([flatBytes(all)], { expected, limits: { idocs: 10 } }),
    ]) {
      const { idocs, error } = await readAll(reading);
      expect(idocs).toHaveLength(10);
      expect(codes(error)).toBe('IDOC_TOO_LARGE');
    }
  });
});

describe('an IDoc without measure is refused, and the next one read', () => {
  const [head = '', tail = ''] = xml.split('<E1KNVVM');
  const deep = '<E1KNVVM SEGMENT="1">'.repeat(26) + '</E1KNVVM>'.repeat(26);
  test.each([
    ['a text of 100 MB', '<NAME2>', 'x', '</NAME2>', 100],
    ['blanks of 100 MB in a field', '<NAME2>', ' ', '</NAME2>', 100],
    ['segments of 60 MB', '', '<E1KNVVM SEGMENT="1"/>', '', 60],
    [
      'fields of 60 MB',
      '<E1KNVVM SEGMENT="1"><NAME1>',
      '</NAME1></E1KNVVM><E1KNVVM SEGMENT="1"><NAME1>',
      '</NAME1></E1KNVVM>',
      60,
    ],
    ['segments too deep', deep, ' ', '', 0],
  ])('%s', async (_what, before, piece, behind, megabytes) => {
    globalThis.gc?.();
    const rss = process.memoryUsage.rss();
    const end = `${behind}<E1KNVVM${tail}${idocXml(customer(3))}</DEBMAS07>`;
    const bytes = repeated(`<DEBMAS07>${head}${before}`, piece, megabytes * megabyte, end);
    const { idocs, refusals, error } = await readAll(readXmlIdocs(bytes, { expected }));
    expect({ refusals, error }).toEqual({ refusals: ['IDOC_TOO_LARGE'], error: undefined });
    expect(idocs).toEqual([asRead(customer(3))]);
    expect(process.memoryUsage.rss() - rss).toBeLessThan(150 * megabyte);
  });
});

test('a file without line ends or records is refused before it fills memory', async () => {
  const start = flatBytes([customer(1)]);
  const bytes = repeated(start.toString(), 'x', 50 * megabyte, '');
  const { idocs, error } = await readAll(readFlatIdocs(bytes, { expected }));
  expect(idocs).toEqual([]);
  expect(codes(error)).toBe('IDOC_RECORD_LENGTH_WRONG');
});

test('a document in chunks of one byte takes no longer than its size asks for', async () => {
  const document = Buffer.from(documentXml([customer(1)]) + `<!--${'x'.repeat(500_000)}-->`);
  function* single(): Generator<Buffer> {
    for (let place = 0; place < document.length; place += 1) yield document.subarray(place, place + 1);
  }
  const { idocs, error } = await readAll(readXmlIdocs(single(), { expected }));
  expect({ idocs, error }).toEqual({ idocs: [asRead(customer(1))], error: undefined });
});
