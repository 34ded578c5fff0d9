/** Secrets: read when used, never kept, never said. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFrom } from '../../src/config/index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-secret-'));
  file = join(folder, 'password');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a secret is read each time, so a new one needs no restart', () => {
  const secret = secretFrom('sap.passwordFile', file);
  writeFileSync(file, 'first');
  expect(secret()).toBe('first');
  writeFileSync(file, 'second');
  expect(secret()).toBe('second');
});

test.each([
  ['one\n', 'one'],
  ['one\r\n', 'one'],
  ['one\n\n', 'one\n'],
  [' with blanks ', ' with blanks '],
  ['Pässwörd🚢', 'Pässwörd🚢'],
])('of %j the secret is %j: only the line end that editors add is left out', (text, expected) => {
  writeFileSync(file, text);
  expect(secretFrom('sap.passwordFile', file)()).toBe(expected);
});

test('a link to a file is a file, as container platforms make them', () => {
  writeFileSync(join(folder, 'real'), 'linked');
  symlinkSync(join(folder, 'real'), file);
  expect(secretFrom('sap.passwordFile', file)()).toBe('linked');
});

test.each([
  ['missing', () => undefined],
  ['empty', () => writeFileSync(file, '')],
  ['huge', () => writeFileSync(file, 'x'.repeat(70_000))],
  ['a pipe, which would be waited for', () => execFileSync('mkfifo', [file])],
])('a file that is %s is refused, with the setting that names it', (_, prepare) => {
  prepare();
  expect(secretFrom('sap.passwordFile', file)).toThrow(
    expect.objectContaining({ code: 'SECRET_MISSING', context: { setting: 'sap.passwordFile', file } }),
  );
});
