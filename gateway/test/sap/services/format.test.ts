/** What is wrong with a service file, seen without SAP: every problem, with its line and what to do. */
import { describe, expect, test } from '@jest/globals';
import { problemText } from '../../../src/sap/services/problems.ts';
import { readServiceFile } from '../../../src/sap/services/read-service-file.ts';

const head = 'gangway: 1\nname: FindThings\nsummary: Finds things\nfunction: Z_FIND\neffect: read\n';
const write = head.replace('read', 'write');
const problems = (text: string): readonly string[] => readServiceFile(text).problems.map(problemText);
const input = (rest: string): string => `${head}inputs:\n  - { name: a, to: I_A, ${rest} }\n`;

describe('a service file', () => {
  test('with nothing but what is required is right', () => {
    const { file } = readServiceFile(head);
    expect(file).toMatchObject({ name: 'FindThings', callers: [], inputs: [], outputs: [] });
  });

  test('keeps zeros, words and dates as they stand: nothing is a number', () => {
    const { file } = readServiceFile(
      `${head}inputs:\n  - { name: a, to: I_A, type: text, default: 0010, enum: [0010, no, 1e3, ~] }\nfixed: { I_B: 000, I_C: 2026-01-01 }\n`,
    );
    expect(file?.inputs[0]).toMatchObject({ default: '0010', enum: ['0010', 'no', '1e3', '~'] });
    expect(file?.fixed).toEqual({ I_B: '000', I_C: '2026-01-01' });
  });

  test('names every problem at once, each with its line', () => {
    const text = `gangway: 2
name: Find Things
function: z_find
effect: reed
colour: red
inputs:
  - name: 1st
    to: i-a
    type: number
`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^line 1, gangway: must be 1/),
      expect.stringMatching(/^line 2, name: must be 1 to 60 letters/),
      expect.stringMatching(/^line 1, summary: is missing/),
      expect.stringMatching(/^line 3, function: must be the name of a function module/),
      expect.stringMatching(/^line 4, effect: /),
      expect.stringMatching(/^line 9, inputs\[0\]\.type: /),
      expect.stringMatching(/^line 5, colour: is not part of the format/),
    ]);
  });

  test.each([
    ['', /gangway: is missing/],
    ['- a', /^line 1: is no service file, which begins with `gangway: 1`/],
    ['hello', /^line 1: is no service file/],
    [Buffer.from(`\ufeff${head}`, 'utf16le').toString('utf8'), /is not UTF-8 text; save it as UTF-8/],
    [`${head}\0`, /is not UTF-8 text/],
    [`${head}---\n${head}`, /^line 6: begins another document; one file is one service/],
    [`${head}inputs:\n\t- { name: a }\n`, /^line 7: is not YAML: Tabs/],
    [`${head}callers: 00D5g000004GANG\n`, /^line 6, callers: must be a list$/],
    [`${head}outputs: ${'['.repeat(5_000)}\n`, /is not YAML/],
    [`${head}__proto__: { name: x }\n`, /^line 6, __proto__: is not part of the format/],
    ['a: [', /line 1: is not YAML/],
    ['a: 1\na: 2', /line 2: is not YAML/],
    ['a: !!js/function x', /is not|missing/],
    [
      `a: &a [${'x,'.repeat(9)}x]\n${Array.from({ length: 9 }, (_x, n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`},`.repeat(9)}x]`).join('\n')}`,
      /refers to parts of itself \(&, \*\) too often; write them out/,
    ],
    [`${head}# ${'x'.repeat(262_144)}`, /is larger than 262144 bytes/],
  ])('that is no service file at all says so (%#)', (text, message) => {
    expect(problems(text).join('; ')).toMatch(message);
  });

  test.each([
    ['read with a commit', `${head}commit: self\n`, /line 6, commit: is for a write/],
    ['read with a signature', `${head}signature: required\n`, /signature: is for a write/],
    ['read with a look-up', `${head}lookUp: { service: A, done: { output: b } }\n`, /lookUp: is for a write/],
    ['write without a commit', write, /commit: is missing: a write needs/],
    ['commit of another name', `${write}commit: Z_COMMIT\n`, /commit: must be BAPI_TRANSACTION_COMMIT or self/],
    ['input without a place', `${head}inputs:\n  - { name: a, type: text }\n`, /line 7, inputs\[0\]\.to: is missing/],
    ['place in small letters', input('type: text').replace('I_A', 'i_a'), /inputs\[0\]\.to.*in capitals/],
    [
      'name that is there twice',
      `${input('type: text')}  - { name: A, to: I_B, type: text }\n`,
      /line 8, inputs\[1\]\.name: A is there twice/,
    ],
    [
      'place that is filled twice',
      `${input('type: text')}  - { name: b, to: I_A, type: text }\n`,
      /I_A is filled twice/,
    ],
    [
      'place that is fixed as well',
      `${input('type: text')}fixed: { I_A: x }\n`,
      /line 8, fixed\.I_A: I_A is filled twice/,
    ],
    [
      'conversion of another type',
      input('type: date, conversion: upper-case'),
      /upper-case is for the type text, not date/,
    ],
    ['unknown conversion', input('type: text, conversion: rot13'), /conversion/],
    ['amount without a currency', input('type: decimal, conversion: amount'), /currency: is missing/],
    [
      'amount whose currency is not there',
      input('type: decimal, conversion: amount, currency: b'),
      /names b, which is no text/,
    ],
    ['currency without an amount', input('type: decimal, currency: a'), /is for `conversion: amount` only/],
    ['enum of a date', input('type: date, enum: [x]'), /enum: is for text only/],
    ['default that is no date', input('type: date, default: 31.12.2026'), /default: must be a day of the calendar/],
    ['default that is not in the enum', input('type: text, enum: [x], default: y'), /default: must be one of x/],
    ['default of what is required', input('type: text, required: true, default: y'), /cannot be there beside/],
    ['required that is neither', input('type: text, required: maybe'), /required: must be true or false/],
    ['unknown special value', `${head}fixed: { I_B: $now }\n`, /\$now is not known; there are/],
    ['key in a read', `${head}fixed: { I_B: $key }\n`, /\$key is for writes only/],
    ['row number outside of a list', `${head}fixed: { I_B: $row }\n`, /\$row is for the `fixed` of a list/],
    ['callers with a wrong org', `${head}callers: [{ org: 001 }]\n`, /callers\[0\]\.org: .*00D/],
    ['callers with no users', `${head}callers: [{ org: 00D5g000004GANG, users: [] }]\n`, /callers\[0\]\.users/],
  ])('%s', (_what, text, message) => {
    expect(problems(text).join('\n')).toMatch(message);
  });

  test.each([
    ['list without fields', 'fields: []', /fields/],
    ['field that names a row', 'fields: [{ name: b, to: "T_A[1].B", type: text }]', /cannot name a row inside a group/],
    [
      'more rows than a call may have',
      'maxRows: 20000, fields: [{ name: b, to: B, type: text }]',
      /maxRows: must be at most 10000/,
    ],
    [
      'row count that is none',
      'maxRows: 0, fields: [{ name: b, to: B, type: text }]',
      /maxRows: must be a whole number from 1/,
    ],
  ])('%s', (_what, rest, message) => {
    expect(problems(`${head}inputs:\n  - { name: a, to: T_A, type: list, ${rest} }\n`).join('\n')).toMatch(message);
  });

  test('a table that a list and a single row fill is one too many', () => {
    const list = '  - { name: a, to: T_A, type: list, fields: [{ name: b, to: B, type: text }] }\n';
    const row = '  - { name: c, to: "T_A[1].C", type: text }\n';
    expect(problems(`${head}inputs:\n${list}${row}`).join('\n')).toMatch(/T_A is filled by a list as well/);
  });

  test('an output list reads one table', () => {
    const fields = 'fields: [{ name: b, from: T_B.B, type: text }]';
    const text = `${head}outputs:\n  - { name: a, from: T_A, type: list, ${fields} }\n`;
    expect(problems(text).join('\n')).toMatch(/must be a field of the table that the list is from/);
  });

  test.each([
    ['inputs: { k: $nothing }', /\$nothing is not known/],
    ['inputs: { k: $inputs.missing }', /\$inputs\.missing is not known/],
    ['outputs: { missing: x }', /lookUp\.outputs\.missing: is no output of this service/],
  ])('a look-up that refers to what is not there: %s', (rest, message) => {
    const text = `${write}commit: self\nlookUp: { service: Other, done: { output: state }, ${rest} }\n`;
    expect(problems(text).join('\n')).toMatch(message);
  });
});
