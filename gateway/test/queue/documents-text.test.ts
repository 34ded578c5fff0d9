/** What travels between the queue's threads comes back as it was. */
import { expect, test } from '@jest/globals';
import { fromDocumentsText, toDocumentsText } from '../../src/queue/documents-text.ts';
import { toDocumentRow } from '../../src/queue/to-rows.ts';
import { change, customer, document, orgsOf, salesArea } from './examples.ts';

const rowsOf = (...documents: readonly ReturnType<typeof document>[]) =>
  documents.map((each) => toDocumentRow(each, orgsOf));

test('several documents with several changes each come back, each text with its change', () => {
  const parents = [customer(1)];
  const rows = rowsOf(
    document(1, change(customer(1), 1), change(salesArea(1), 1, { parents, isRemoved: true, fields: {} })),
    document(2, customer(2)),
  );
  expect(fromDocumentsText(toDocumentsText(rows))).toEqual(rows);
});

test('a document without changes comes back', () => {
  const rows = rowsOf(document(1), document(2, customer(2)), document(3));
  expect(fromDocumentsText(toDocumentsText(rows))).toEqual(rows);
});

test.each([
  'line\nbreak\r\n',
  '"quoted" and \\',
  'Brasserie Lumière',
  '桜精密株式会社',
  '😀 outside the plane',
  '\u2028\u0000',
])('the value %j comes back', (name) => {
  const source = { ...document(1).source, type: `of ${name}` };
  const rows = rowsOf(
    { ...document(1, change(customer(1), 1, { fields: { name } })), source },
    document(2, change(customer(2), 2, { fields: { name2: name, name: 'after it' } })),
  );
  expect(fromDocumentsText(toDocumentsText(rows))).toEqual(rows);
});

test('what is no list of documents is not taken for one', () => {
  expect(() => fromDocumentsText('{}\n')).toThrow(TypeError);
});
