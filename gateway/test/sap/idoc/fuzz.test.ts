/**
 * Good documents, broken at random. For every one of them, whatever was done to it:
 *
 * 1. Reading ends, and ends without an error or with a GatewayError of the IDoc codes; so does each IDoc that is refused.
 * 2. Every IDoc that is given as whole is what a reader without checks, on another parser, finds in the same place of the
 *    broken document: an error may be overlooked only where the document itself no longer shows it (a changed letter).
 * 3. XML that is read without an error is well-formed, and gives as many results as it has IDOC elements.
 * 4. How the bytes are cut into chunks makes no difference.
 *
 * `IDOC_FUZZ_ROUNDS=20000` tries more; a failure names its seed, and `IDOC_FUZZ_SEED=n` begins with it.
 */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import { readFlatIdocs, readXmlIdocs } from '../../../src/sap/idoc/index.ts';
import type { IdocResult } from '../../../src/sap/idoc/index.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { readFlatPlainly, readXmlPlainly } from './plain-reader.ts';
import type { PlainIdoc } from './plain-reader.ts';
import { cutBytes, expected, flatBytes, randomIdocs, readAll, xmlBytes } from './written-idocs.ts';

const rounds = Number(process.env.IDOC_FUZZ_ROUNDS ?? 300);
const firstSeed = Number(process.env.IDOC_FUZZ_SEED ?? 1);
const seeds = Array.from({ length: rounds }, (_, round) => firstSeed + round);

const xmlTokens = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '=',
    ' ',
    '\r',
    '\n',
    '\u0000',
    '\ufffe',
    '\ufeff',
    ']]>',
    '--',
    '&amp;',
    '&#0;',
    '&#x41;',
  ],
  ...[
    '&x;',
    '<!--',
    '-->',
    '<![CDATA[',
    '<!DOCTYPE x>',
    '<?x?>',
    '<?xml version="1.0"?>',
    '<IDOC BEGIN="1">',
    '</IDOC>',
    '<IDOC/>',
  ],
  ...[
    '<EDI_DC40 SEGMENT="1">',
    '</EDI_DC40>',
    '</DEBMAS07>',
    '<A>',
    '</A>',
    '<A/>',
    '<E1KNA1M SEGMENT="1"/>',
    '<E1KNA1M>',
    'SEGMENT="1"',
  ],
  ...['<MANDT>200</MANDT>', '<DOCNUM>1</DOCNUM>', '<Envelope>', '<Body>', '<Header/>', '__proto__', '<_-A_-B/>'],
];
const flatTokens = [
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  ' ',
  '  ',
  'EDI_DC40',
  'EDI_DC',
  'E2KNA1M005',
  'Z2XXX000',
  '000001',
  '0',
  '9',
  'ü',
  '\u0000',
  '\u3000',
  '😀',
];

/** One to four accidents: bytes changed, lost, doubled, moved, put in, or cut off. */
function breakBytes(chance: Seeded, bytes: Buffer, tokens: readonly string[]): Buffer {
  let broken = bytes;
  for (let count = 1 + chance.below(4); count > 0; count -= 1) broken = breakOnce(chance, broken, tokens);
  return broken;
}

function breakOnce(chance: Seeded, bytes: Buffer, tokens: readonly string[]): Buffer {
  const from = chance.below(bytes.length + 1);
  const to = Math.min(bytes.length, from + chance.below(chance.pick([2, 20, 600, 3000])));
  const [head, middle, tail] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (chance.below(7)) {
    case 0:
      return Buffer.concat([head, tail]);
    case 1:
      return Buffer.concat([head, middle, middle, tail]);
    case 2:
      return head;
    case 3:
      return Buffer.concat([head, Buffer.from([chance.below(256)]), bytes.subarray(from + 1)]);
    case 4:
      return moveWithin(chance, Buffer.concat([head, tail]), middle);
    default:
      return Buffer.concat([head, Buffer.from(chance.pick(tokens)), bytes.subarray(from)]);
  }
}

function moveWithin(chance: Seeded, bytes: Buffer, piece: Buffer): Buffer {
  const place = chance.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place)]);
}

const codePattern = /^IDOC_(?!LAYOUT|VALUE)/;

interface Reading {
  readonly results: readonly IdocResult[];
  readonly error: unknown;
}

/** Invariant 1, and 2 against what the plain reader found. */
function expectHonest({ results, error }: Reading, plain: readonly PlainIdoc[], isInPlace: boolean): void {
  const errors = [error, ...results.map((result) => ('refused' in result ? result.refused.error : undefined))];
  for (const each of errors.filter((it) => it !== undefined)) {
    expect(each).toBeInstanceOf(GatewayError);
    expect(each).toMatchObject({ code: expect.stringMatching(codePattern) });
  }
  results.forEach((result, place) => {
    // Records that lost their control record are results of their own in a flat file, so places differ there.
    if ('idoc' in result) expect(isInPlace ? [plain[place]] : plain).toContainEqual(result.idoc);
  });
}

/** Two readings told the same: errors by their code, because a cause names places in memory. */
const inShort = ({ results, error }: Reading): unknown => ({
  results: results.map((result) => ('idoc' in result ? result.idoc : result.refused.error.message)),
  error: error instanceof GatewayError ? error.code : error,
});

async function withSeed(seed: number, check: (chance: Seeded) => Promise<void>): Promise<void> {
  try {
    await check(seeded(seed));
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

describe('a broken document', () => {
  test('of XML gives nothing that is not in it', async () => {
    const ends = new Map<string, number>();
    for (const seed of seeds) {
      await withSeed(seed, async (chance) => {
        const broken = breakBytes(chance, xmlBytes(randomIdocs(chance)), xmlTokens);
        const reading = await readAll(readXmlIdocs([broken], { expected }));
        const { idocs, isWellFormed } = readXmlPlainly(broken.toString());
        expectHonest(reading, idocs, true);
        if (reading.error === undefined) expect([isWellFormed, idocs.length]).toEqual([true, reading.results.length]);
        expect(inShort(await readAll(readXmlIdocs(cutBytes(chance, broken), { expected })))).toEqual(inShort(reading));
        for (const code of [...reading.refusals, String((reading.error as GatewayError | undefined)?.code)])
          ends.set(code, 1);
        if (reading.idocs.length > 0) ends.set('whole', 1);
      });
    }
    // Chance reaches all kinds of ends, or it would prove little.
    expect([...ends.keys()]).toEqual(
      expect.arrayContaining(['whole', 'undefined', 'IDOC_MALFORMED', 'IDOC_TRUNCATED']),
    );
  });

  test('of flat records gives nothing that is not in it', async () => {
    const ends = new Map<string, number>();
    for (const seed of seeds) {
      await withSeed(seed, async (chance) => {
        const [lineEnd, isTrimmed] = chance.pick([
          ['\n', false],
          ['\n', true],
          ['\r\n', false],
        ] as const);
        const broken = breakBytes(chance, flatBytes(randomIdocs(chance), lineEnd, isTrimmed), flatTokens);
        const reading = await readAll(readFlatIdocs([broken], { expected }));
        expectHonest(reading, readFlatPlainly(broken.toString().replace(/^\ufeff/, '')), false);
        expect(inShort(await readAll(readFlatIdocs(cutBytes(chance, broken), { expected })))).toEqual(inShort(reading));
        for (const code of [...reading.refusals, String((reading.error as GatewayError | undefined)?.code)])
          ends.set(code, 1);
        if (reading.idocs.length > 0) ends.set('whole', 1);
      });
    }
    expect([...ends.keys()]).toEqual(
      expect.arrayContaining([
        'whole',
        'undefined',
        'IDOC_RECORD_LENGTH_WRONG',
        'IDOC_SEQUENCE_BROKEN',
        'IDOC_TRUNCATED',
      ]),
    );
  });

  test('of records without line ends gives only good IDocs, and an error, when characters are lost', async () => {
    for (const seed of seeds.slice(0, rounds / 2)) {
      await withSeed(seed, async (chance) => {
        const written = randomIdocs(chance);
        const good = await readAll(readFlatIdocs([flatBytes(written, '')], { expected }));
        const bytes = flatBytes(written, '');
        // What was lost or put in moves all that follows, and no record of a length of its own can hide that.
        const from = chance.below(bytes.length);
        const broken = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + chance.below(400))]);
        const reading = await readAll(readFlatIdocs([broken], { expected }));
        expect(reading.error ?? reading.refusals[0]).toBeDefined();
        expect(good.idocs).toEqual(expect.arrayContaining(reading.idocs));
      });
    }
  });
});
