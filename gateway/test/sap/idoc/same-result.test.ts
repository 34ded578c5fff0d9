/** One IDoc, many forms: XML and flat files of every style give the same result, however their bytes are cut. */
import { describe, expect, test } from '@jest/globals';
import { readFlatIdocs, readXmlIdocs } from '../../../src/sap/idoc/index.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { asRead, cutBytes, documentXml, expected, flatBytes, randomIdocs, readAll } from './written-idocs.ts';
import type { WrittenIdoc } from './written-idocs.ts';

const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

const xmlForms: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(`<?xml version="1.0" encoding="utf-8"?>${text}`),
  'UTF-8 without declaration': (text) => Buffer.from(text),
  'UTF-8 with byte order mark': (text) => Buffer.from(`\ufeff<?xml version="1.0"?>\n${text}`),
  'UTF-16 little-endian': (text) => utf16(`<?xml version="1.0" encoding="UTF-16"?>${text}`, false),
  'UTF-16 big-endian': (text) => utf16(`<?xml version='1.0' encoding='utf-16' standalone='yes' ?>${text}`, true),
  'ISO-8859-1': (text) => Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, 'latin1'),
  'a SOAP envelope': (text) =>
    Buffer.from(
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a:b xmlns:a="x">1<c/></a:b></s:Header>' +
        `<s:Body>${text}</s:Body></s:Envelope>`,
    ),
};

async function expectSame(written: readonly WrittenIdoc[], reading: ReturnType<typeof readXmlIdocs>): Promise<void> {
  const { idocs, refusals, error } = await readAll(reading);
  expect({ refusals, error }).toEqual({ refusals: [], error: undefined });
  expect(idocs).toEqual(written.map(asRead));
}

function documents(seed: number, isWestern: boolean): { chance: Seeded; written: WrittenIdoc[] } {
  const chance = seeded(seed);
  return { chance, written: randomIdocs(chance, isWestern) };
}

const seeds = Array.from({ length: 25 }, (_, seed) => seed);

describe('an IDoc is the same', () => {
  test.each(Object.keys(xmlForms))('as XML in %s', async (form) => {
    for (const seed of seeds) {
      const { chance, written } = documents(seed, form === 'ISO-8859-1');
      const bytes = xmlForms[form]?.(documentXml(written)) ?? Buffer.alloc(0);
      await expectSame(written, readXmlIdocs(cutBytes(chance, bytes), { expected }));
    }
  });

  const flatForms = [
    ['LF', '\n', false],
    ['LF and trailing blanks cut', '\n', true],
    ['CRLF', '\r\n', false],
    ['CRLF and trailing blanks cut', '\r\n', true],
    ['no line ends', '', false],
  ] as const;

  test.each(flatForms)('as a flat file with %s', async (_form, lineEnd, isTrimmed) => {
    for (const seed of seeds) {
      const { chance, written } = documents(seed, false);
      const bytes = flatBytes(written, lineEnd, isTrimmed);
      await expectSame(written, readFlatIdocs(cutBytes(chance, bytes), { expected }));
    }
  });

  test.each(['utf-16le', 'iso-8859-1', 'windows-1252'])('as a flat file in %s', async (encoding) => {
    for (const seed of seeds) {
      const { chance, written } = documents(seed, true);
      const text = flatBytes(written).toString();
      const bytes = Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : 'latin1');
      await expectSame(written, readFlatIdocs(cutBytes(chance, bytes), { expected, encoding }));
    }
  });
});
