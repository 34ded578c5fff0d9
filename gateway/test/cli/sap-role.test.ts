/** `gangway sap-role`: with and without a configuration, in each form. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { runCli } from '../../src/cli/cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-role-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function sapRole(...args: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal = { print: (line: string) => void printed.push(line), say: (line: string) => void said.push(line) };
  const code = await runCli(['sap-role', ...args], terminal);
  return { code, out: printed.join('\n'), err: said.join('\n') };
}

const role = z.object({
  version: z.literal(1),
  features: z.array(z.string()),
  authorizations: z.array(z.object({ object: z.string(), fields: z.record(z.string(), z.array(z.string())) })),
  untraced: z.array(z.string()),
  notes: z.array(z.string()),
});
const asJson = async (...args: readonly string[]) =>
  role.parse(JSON.parse((await sapRole('--format', 'json', ...args)).out));
const functionsIn = ({ authorizations }: z.infer<typeof role>): readonly string[] =>
  authorizations.find(({ object }) => object === 'S_RFC')?.fields['RFC_NAME'] ?? [];

test('is there before user, password or configuration are', async () => {
  const { code, out } = await sapRole();
  expect(code).toBe(0);
  expect(out).toContain('Z_GANGWAY_CUSTOMER_CREATE');
  expect(out).toContain('$BUKRS');
});

test('follows the configuration, whose secrets need not be there yet', async () => {
  const file = join(folder, 'agent.yaml');
  writeFileSync(
    file,
    [
      'sap:',
      '  system: ERPCLNT100',
      '  driver: node-rfc',
      '  passwordFile: not-there-yet',
      '  features: [credit, texts]',
      '  companyCodes: ["1000"]',
      '  creditControlAreas: ["0001"]',
    ].join('\n'),
  );
  const found = await asJson('--config', file);
  expect(found.features).toEqual(['credit', 'texts']);
  expect(functionsIn(found).filter((name) => name.includes('ORDER'))).toEqual([]);
  expect(found.authorizations.map(({ object }) => object)).not.toContain('S_ICF');
  const values = found.authorizations.flatMap(({ fields }) => [...(fields['BUKRS'] ?? []), ...(fields['KKBER'] ?? [])]);
  expect(new Set(values)).toEqual(new Set(['1000', '0001']));
});

test('takes in what the service files of the folder call, with the commit where one needs it', async () => {
  const service = ['gangway: 1', 'name: ReadPrices', 'summary: Prices', 'function: Z_PRICES', 'effect: read'];
  writeFileSync(join(folder, 'prices.yaml'), service.join('\n'));
  const writing = [
    'gangway: 1',
    'name: ChangeIt',
    'summary: A change',
    'function: BAPI_SALESORDER_CHANGE',
    'effect: write',
    'commit: BAPI_TRANSACTION_COMMIT',
  ];
  writeFileSync(join(folder, 'change.yaml'), writing.join('\n'));
  const found = await asJson('--set', `sap.servicesFolder=${folder}`);
  expect(functionsIn(found)).toEqual(
    expect.arrayContaining([
      'Z_PRICES',
      'BAPI_SALESORDER_CHANGE',
      'BAPI_TRANSACTION_COMMIT',
      'BAPI_TRANSACTION_ROLLBACK',
    ]),
  );
  expect(found.untraced).toEqual(['BAPI_SALESORDER_CHANGE', 'Z_PRICES']);
  expect(found.notes.join(' ')).toContain('STAUTHTRACE');
});

test('prints rows only as CSV, and says the notes beside them', async () => {
  const { out, err } = await sapRole('--format', 'csv', '--set', 'sap.features=texts');
  const [head, ...rows] = out.split('\r\n');
  expect(head).toBe('Object,Field,Value,Why,Confidence');
  expect(rows.filter((row) => !/^S_[A-Z_]+,[A-Z_]+,[A-Z0-9_$]+,/.test(row))).toEqual([]);
  expect(err).toContain('STAUTHTRACE');
});

test('is without what stands in for the ABAP pack where the configuration says that it is there, unless told otherwise', async () => {
  const required = functionsIn(await asJson('--set', 'sap.abapPack=required'));
  expect(required).toContain('Z_GANGWAY_CREDIT_READ');
  expect(required).not.toContain('BAPI_CR_ACC_GETDETAIL');
  const absent = functionsIn(await asJson('--set', 'sap.abapPack=required', '--pack', 'absent'));
  expect(absent).toContain('BAPI_CR_ACC_GETDETAIL');
  expect(absent.filter((name) => name.startsWith('Z_'))).toEqual([]);
});

test('refuses a feature that does not exist', async () => {
  const { code, err } = await sapRole('--set', 'sap.features=everything');
  expect(code).toBe(3);
  expect(err).toContain('sap.features');
});
