/** A service file against the function as SAP really has it: everything that does not fit is named, before it is published. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { problemText } from '../../../src/sap/services/problems.ts';
import { describeRfc, soon, startServices } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

let it: ServicesUnderTest;
const file = (parts: string, effect = 'effect: read'): string =>
  `gangway: 1\nname: UnderTest\nsummary: A test\n${effect}\n${parts}`;
const check = async (text: string): Promise<string> =>
  (await it.bench.checkServiceFile(text, soon())).map(problemText).join('\n');
const echo = 'function: Z_GANGWAY_TEST_ECHO\n';
const house = 'function: Z_HOUSE\n';

beforeAll(async () => {
  it = await startServices('soap', {
    functions: {
      Z_HOUSE: {
        importing: ['I_NEEDED CHAR4', 'IS_NEEDED Z_S', 'I_OTHER? CHAR4'],
        exporting: ['E_DATE? DATS', 'ET_RETURN? BAPIRET2[]'],
        changing: ['CV_BOTH? CHAR4'],
        tables: ['T_ROWS? Z_S'],
        structures: { Z_S: ['A CHAR4', 'B CURR15.2', 'C CUKY5', 'D STRING'] },
      },
    },
  });
});
afterAll(() => it.close());

describe('a service file that names', () => {
  test.each([
    ['a function SAP has not got', file('function: Z_NO_SUCH\n'), /^line 5, function: SAP has no function Z_NO_SUCH/],
    [
      'a function that is not remote-enabled',
      file('function: CREDIT_EXPOSURE\nfixed: { KKBER: A, KUNNR: B }\n'),
      /^line 5, function: CREDIT_EXPOSURE is not remote-enabled/,
    ],
    [
      'a parameter that is not there',
      file(`${echo}inputs: [{ name: a, to: I_NONE, type: text }]\n`),
      /^line 6, inputs\[0\]\.to: Z_GANGWAY_TEST_ECHO has no parameter I_NONE/,
    ],
    [
      'a field that is not there',
      file(`${echo}inputs: [{ name: a, to: CS_ALL.NONE, type: text }]\n`),
      /CS_ALL \(ZGANGWAY_TEST_S_FLAT\) has no field NONE/,
    ],
    [
      'an input that SAP gives',
      file(`${echo}inputs: [{ name: a, to: E_CHAR10, type: text }]\n`),
      /E_CHAR10 is an exporting parameter: SAP fills it/,
    ],
    [
      'an output that SAP takes',
      file(`${echo}outputs: [{ name: a, from: I_CHAR10, type: text }]\n`),
      /outputs\[0\]\.from: I_CHAR10 is an importing parameter/,
    ],
    [
      'a structure as one value',
      file(`${echo}inputs: [{ name: a, to: CS_ALL, type: text }]\n`),
      /CS_ALL is a structure in SAP; name one of its fields/,
    ],
    [
      'a value as a structure',
      file(`${echo}inputs: [{ name: a, to: I_CHAR10.X, type: text }]\n`),
      /I_CHAR10 is a single value in SAP/,
    ],
    [
      'a table without a row',
      file(`${echo}inputs: [{ name: a, to: TT_ALL.CHAR10_FIELD, type: text }]\n`),
      /TT_ALL is a table in SAP; use a list/,
    ],
    [
      'a row of a structure',
      file(`${echo}inputs: [{ name: a, to: 'CS_ALL[1].CHAR10_FIELD', type: text }]\n`),
      /CS_ALL is a structure in SAP and has no rows/,
    ],
    [
      'a structure as a list',
      file(
        `${echo}inputs: [{ name: a, to: CS_ALL, type: list, fields: [{ name: b, to: CHAR10_FIELD, type: text }] }]\n`,
      ),
      /CS_ALL is a structure in SAP, not a table/,
    ],
    [
      'an output list that is no table',
      file(
        `${echo}outputs: [{ name: a, from: CS_ALL, type: list, fields: [{ name: b, from: CHAR10_FIELD, type: text }] }]\n`,
      ),
      /CS_ALL is a structure in SAP, not a table/,
    ],
    ['messages that are none', file(`${echo}messages: CS_ALL\n`), /messages: CS_ALL has no fields TYPE/],
    ['messages that are not there', file(`${echo}messages: RETURN\n`), /messages: RETURN is no parameter/],
    [
      'a table type as one value',
      file(`${echo}inputs: [{ name: a, to: IT_ALL, type: text }]\n`),
      /IT_ALL is a table in SAP; name one of its fields, IT_ALL\.FIELD/,
    ],
  ])('%s', async (_what, text, message) => {
    expect(await check(text)).toMatch(message);
  });

  test.each([
    ['date', 'I_CHAR10', /I_CHAR10 is CHAR 10 in SAP, which cannot be date; use type text/],
    ['text', 'I_DATS', /is DATS 8 in SAP, which cannot be text; use type date/],
    ['decimal', 'I_CHAR10', /cannot be decimal/],
    ['integer', 'I_DEC23', /DEC 23,4 in SAP, which cannot be integer; use type decimal/],
    ['boolean', 'I_CHAR10', /cannot be boolean/],
    ['time', 'I_DATS', /cannot be time/],
    [
      'text, conversion: customer-number',
      'I_CHAR255',
      /customer-number does not fit: it needs a CHAR field of length 10/,
    ],
    ['text, conversion: material-number', 'I_CHAR10', /length 18 or 40/],
    ['text, conversion: unit', 'I_NUMC10', /it needs a CHAR field/],
    ['decimal, conversion: thousandths', 'I_DEC5', /cannot be decimal/],
    ['text, maxLength: 11', 'I_CHAR10', /maxLength: I_CHAR10 keeps 10 characters; lower maxLength/],
    [
      'text, default: elevenchars',
      'I_CHAR10',
      /default: I_CHAR10 cannot keep elevenchars: it is longer than the 10 characters/,
    ],
    ['text, enum: [a, elevenchars]', 'I_CHAR10', /enum: I_CHAR10 cannot keep elevenchars/],
    ['integer, default: 256', 'I_INT1', /default: I_INT1 cannot keep 256: it must be from 0 to 255/],
    ['decimal, default: "0.12345"', 'I_DEC23', /can have 4 decimals at most/],
    ['decimal, default: "100000"', 'I_DEC5', /is larger than the 5 digits SAP keeps/],
    ['text, default: 12a', 'I_NUMC10', /must hold digits only/],
    ['text, default: xyz', 'I_RAW3', /hexadecimal/],
  ])('a value of type %s for %s', async (type, parameter, message) => {
    expect(await check(file(`${echo}inputs: [{ name: a, to: ${parameter}, type: ${type} }]\n`))).toMatch(message);
  });

  test.each([
    ['I_CHAR10: elevenchars', /fixed\.I_CHAR10: is CHAR 10 in SAP: the value is longer than the 10 characters/],
    ['I_DATS: 20260230', /the value must be a day, YYYYMMDD/],
    ['I_TIMS: 240', /must be a time, HHMMSS/],
    ['I_NUMC1: 12', /longer than the 1 characters/],
    ['I_DEC5: abc', /must be a number/],
    ['I_INT4: 1.5', /must be a whole number/],
    ['I_DATS: $contentHash', /\$contentHash is for writes only/],
    ['I_CHAR1: $today', /is CHAR 1 in SAP; \$today needs digits of 8/],
  ])('a fixed value that does not fit: %s', async (fixed, message) => {
    expect(await check(file(`${echo}fixed: { ${fixed} }\n`))).toMatch(message);
  });

  test.each([
    ['$key', 'I_CHAR10', /CHAR 10 in SAP; \$key needs CHAR of 80/],
    ['$shortKey', 'I_CHAR10', /\$shortKey needs CHAR of 20/],
    ['$contentHash', 'I_CHAR10', /\$contentHash needs CHAR of 64/],
    ['$fence', 'I_NUMC10', /\$fence needs digits of 18/],
  ])('%s where it does not fit', async (special, parameter, message) => {
    const text = file(`${echo}fixed: { ${parameter}: ${special} }\n`, 'effect: write\ncommit: self');
    expect(await check(text)).toMatch(message);
  });
});

describe('what SAP requires', () => {
  test('and nothing fills is named', async () => {
    expect((await check(file(house))).split('\n')).toEqual([
      expect.stringMatching(/I_NEEDED is required by SAP and nothing fills it/),
      expect.stringMatching(/IS_NEEDED is required by SAP and nothing fills it/),
    ]);
  });

  test('needs an input that is always there', async () => {
    const inputs = '[{ name: a, to: I_NEEDED, type: text }, { name: b, to: IS_NEEDED.A, type: text }]';
    expect(await check(file(`${house}inputs: ${inputs}\n`))).toMatch(/I_NEEDED is required by SAP, so its input needs/);
    expect(await check(file(`${house}inputs: ${inputs.replace('type: text', 'type: text, default: x')}\n`))).toBe('');
  });

  test('may be fixed', async () => {
    expect(await check(file(`${house}fixed: { I_NEEDED: x, IS_NEEDED.A: y }\n`))).toBe('');
  });
});

describe('a write', () => {
  test('that needs a commit is refused over SOAP', async () => {
    const text = file(echo, 'effect: write\ncommit: BAPI_TRANSACTION_COMMIT');
    expect(await check(text)).toMatch(/^line 5, commit: over SOAP a change and its commit cannot be one session/);
  });

  test('whose look-up is not published, or no reading service, is refused', async () => {
    const lookUp = 'lookUp: { service: Other, inputs: { nope: $key }, done: { output: gone }, outputs: {} }\n';
    const text = file(`${echo}${lookUp}`, 'effect: write\ncommit: self');
    expect(await check(text)).toMatch(/lookUp\.service: no service Other is published/);
    it.put(
      'Other.yaml',
      file(`${echo}inputs: [{ name: needed, to: I_CHAR10, type: text, required: true }]\n`).replace(
        'UnderTest',
        'Other',
      ),
    );
    const problems = await check(text);
    expect(problems).toMatch(/lookUp\.inputs\.nope: Other has no such single input/);
    expect(problems).toMatch(/needed is missing, which Other requires/);
    expect(problems).toMatch(/Other has no output gone/);
    it.put('Other.yaml', file(echo, 'effect: write\ncommit: self').replace('UnderTest', 'Other'));
    expect(await check(text)).toMatch(/Other writes; a look-up only reads/);
  });
});

describeRfc('over RFC', () => {
  test('a write that needs a commit is accepted', async () => {
    const rfc = await startServices('node-rfc');
    const text = file(echo, 'effect: write\ncommit: BAPI_TRANSACTION_COMMIT');
    expect(await rfc.bench.checkServiceFile(text, soon())).toEqual([]);
    await rfc.close();
  });
});
