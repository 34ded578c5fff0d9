/** Drafts of service files from real interfaces: whatever SAP has, the draft can be checked, and passes. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AbapStructure } from '../../../src/ports/index.ts';
import { Workbench } from '../../../src/sap/services/service-workbench.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import { settings } from '../fakes/scripted-system.ts';
import { describeRfc, failureOf, soon, startServices } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

const metadata = new URL('../../../simulator/sap/metadata/', import.meta.url);
const namesIn = (file: string): string[] => Object.keys(JSON.parse(readFileSync(new URL(file, metadata), 'utf8')));
const functions = [...namesIn('functions.json'), ...namesIn('test-functions.json')];

describeRfc('drafts over RFC', () => {
  let it: ServicesUnderTest;
  beforeAll(async () => {
    it = await startServices('node-rfc');
  });
  afterAll(() => it.close());

  test.each(functions.filter((name) => name !== 'CREDIT_EXPOSURE'))('%s: the draft passes the check', async (name) => {
    const text = await it.bench.draftService(name, soon());
    expect(await it.bench.checkServiceFile(text, soon())).toEqual([]);
    expect(it.bench.describeServiceFile(text).callers).toEqual([]);
  });

  test('of a function that is not remote-enabled say so', async () => {
    const text = await it.bench.draftService('CREDIT_EXPOSURE', soon());
    expect(text).toContain('not remote-enabled');
    expect(await it.bench.checkServiceFile(text, soon())).toMatchObject([{ path: 'function', line: 8 }]);
  });

  test('a draft can be called as it is', async () => {
    const text = await it.bench.draftService('bapi_customer_getdetail2 ', soon());
    const { outputs } = await it.bench.testService(text, { customerno: '104711' }, soon());
    expect(outputs).toMatchObject({ customeraddress: { name: 'Nordwind Logistik GmbH' } });
  });
});

describe('drafts over SOAP', () => {
  let it: ServicesUnderTest;
  beforeAll(async () => {
    it = await startServices('soap');
  });
  afterAll(() => it.close());

  test.each(functions.filter((name) => name !== 'CREDIT_EXPOSURE'))(
    '%s: the draft passes, or needs a commit that SOAP cannot bring',
    async (name) => {
      const text = await it.bench.draftService(name, soon());
      const paths = (await it.bench.checkServiceFile(text, soon())).map(({ path }) => path);
      const needsCommit = /^BAPI_.*(CREATEFROM|COMMIT|ROLLBACK|CHANGE)/.test(name);
      expect(paths).toEqual(needsCommit ? ['commit'] : []);
      expect(text.includes('cannot be published: use the driver node-rfc')).toBe(needsCommit);
    },
  );

  test('a function that SAP does not have cannot be drafted', async () => {
    const error = await failureOf(it.bench.draftService('Z_NO_SUCH', soon()));
    expect(error).toMatchObject({ code: 'SAP_FUNCTION_MISSING', context: { functionName: 'Z_NO_SUCH' } });
  });
});

/** A function with whatever an interface can hold. */
const bench = (params: readonly AbapStructure[], fields: Readonly<Record<string, readonly AbapStructure[]>> = {}) =>
  new Workbench(
    scriptedConnection({
      RFC_GET_FUNCTION_INTERFACE: () => ({ PARAMS: params }),
      DDIF_FIELDINFO_GET: ({ TABNAME }) => ({ DFIES_TAB: fields[String(TABNAME)] ?? [] }),
    }),
    settings,
    systemClock,
  );
const parameter = (PARAMCLASS: string, PARAMETER: string, EXID: string, more: AbapStructure = {}): AbapStructure => ({
  PARAMCLASS,
  PARAMETER,
  EXID,
  TABNAME: '',
  FIELDNAME: '',
  INTLENGTH: '10',
  DECIMALS: '0',
  OPTIONAL: 'X',
  ...more,
});
const field = (FIELDNAME: string, INTTYPE: string, more: AbapStructure = {}): AbapStructure => ({
  FIELDNAME,
  INTTYPE,
  LENG: '000010',
  DECIMALS: '000000',
  ...more,
});

describe('drafts of interfaces that nobody foresaw', () => {
  test('deep structures, tables inside, references and unknown types are left out, and named', async () => {
    const desk = bench(
      [
        parameter('I', 'I_DEEP', 'v', { TABNAME: 'ZDEEP' }),
        parameter('I', 'I_TABLE', 'h', { TABNAME: 'ZTT' }),
        parameter('I', 'I_REF', 'r'),
        parameter('I', 'I_DECFLOAT', 'e'),
        parameter('I', 'I_LOST', 'u', { TABNAME: 'ZGONE' }),
        parameter('I', 'i_lower', 'C'),
        parameter('I', 'I_MIXED', 'u', { TABNAME: 'ZMIXED' }),
        parameter('X', 'SOME_EXCEPTION', ''),
        parameter('?', 'I_NEW_KIND', 'C'),
        parameter('T', 'T_LINES', '', { TABNAME: 'ZLINES' }),
        parameter('E', 'E_OK', 'C'),
      ],
      {
        ZMIXED: [field('FLAT', 'C'), field('NESTED', 'u'), field('ROWS', 'h'), field('ODD.NAME', 'C'), field('', 'C')],
        ZLINES: [field('', 'C')],
        // A table type of single values.
        ZTT: [field('', 'C')],
      },
    );
    const text = await desk.draftService('Z_ODD', soon());
    expect(await desk.checkServiceFile(text, soon())).toEqual([]);
    for (const name of [
      'I_DEEP',
      'I_TABLE',
      'I_REF',
      'I_DECFLOAT',
      'I_LOST',
      'i_lower',
      'T_LINES',
      'NESTED',
      'ROWS',
      'ODD.NAME',
    ])
      expect(text).toMatch(new RegExp(`# left out: .*${name.replace('.', '\\.')}`));
    expect(text).not.toContain('I_NEW_KIND');
    expect(desk.describeServiceFile(text)).toMatchObject({
      inputs: { properties: { iMixed: { type: 'object', properties: { flat: { type: 'string' } } } } },
      outputs: { properties: { eOk: { type: 'string' } } },
    });
  });

  test('what SAP requires and nobody can pass is said in the draft and in the check', async () => {
    const desk = bench([parameter('I', 'I_TABLE', 'h', { TABNAME: 'ZTT', OPTIONAL: '' })], { ZTT: [field('', 'C')] });
    const text = await desk.draftService('Z_ODD', soon());
    expect(text).toContain('SAP requires I_TABLE, which cannot be passed');
    expect(await desk.checkServiceFile(text, soon())).toMatchObject([
      { path: 'function', message: expect.stringContaining('I_TABLE') },
    ]);
  });

  test('a table type is a list of its rows, however the dictionary describes it', async () => {
    const message = ['TYPE', 'ID', 'NUMBER', 'MESSAGE'].map((name) => field(name, 'C'));
    const parameters = [
      parameter('I', 'IT_ROWS', 'h', { TABNAME: 'ZROWS', OPTIONAL: '' }),
      parameter('C', 'CT_ROWS', 'h', { TABNAME: 'ZROWS_T' }),
      parameter('E', 'ET_MESSAGES', 'h', { TABNAME: 'BAPIRET2_T' }),
    ];
    const desk = bench(parameters, {
      ZROWS: [field('KEY', 'C'), field('ROWS', 'h')],
      ZROWS_T: [field('', 'u', { ROLLNAME: 'ZROWS' })],
      BAPIRET2_T: [field('', 'u', { ROLLNAME: 'BAPIRET2' })],
      BAPIRET2: message,
    });
    const text = await desk.draftService('Z_ODD', soon());
    expect(await desk.checkServiceFile(text, soon())).toEqual([]);
    const list = { type: 'array', items: { properties: { key: { type: 'string' } } } };
    expect(desk.describeServiceFile(text)).toMatchObject({
      inputs: { required: ['itRows'], properties: { itRows: list, ctRows: list } },
      outputs: { properties: { ctRows: list } },
    });
    expect(text).toContain('messages: [ET_MESSAGES]');
  });

  test('a write whose messages cannot be read would take a refusal for a success', async () => {
    const desk = bench([parameter('E', 'ET_RETURN', 'h', { TABNAME: 'ZTT' })], { ZTT: [field('', 'C')] });
    const text = 'gangway: 1\nname: A\nsummary: A\nfunction: Z_A\neffect: write\ncommit: self\n';
    expect(await desk.checkServiceFile(text, soon())).toMatchObject([
      { line: 4, message: expect.stringMatching(/messages come in ET_RETURN, which cannot be read/) },
    ]);
  });

  test('names that would be the same in Flow are told apart', async () => {
    const desk = bench([
      parameter('I', 'I_A_B', 'C'),
      parameter('I', 'I_AB', 'C'),
      parameter('I', '/ACME/AB', 'C'),
      parameter('I', '4711', 'C'),
      parameter('I', 'A_VERY_LONG_NAME_OF_30_LETTERS', 'C'),
      parameter('I', 'A_VERY_LONG_NAME_OF_30_LETTERZ', 'C'),
    ]);
    const text = await desk.draftService('/ACME/ODD', soon());
    expect(await desk.checkServiceFile(text, soon())).toEqual([]);
    expect(desk.describeServiceFile(text).name).toBe('AcmeOdd');
    expect(Object.keys(Reflect.get(desk.describeServiceFile(text).inputs, 'properties'))).toHaveLength(6);
  });

  test('texts of the dictionary cannot break the file', async () => {
    const nasty = 'a: "b" # c\n- { d } \' % @ ` \\ \u2028 é 😀 &x *y';
    const desk = bench([parameter('I', 'I_S', 'u', { TABNAME: 'ZS', PARAMTEXT: nasty })], {
      ZS: [field('F', 'C', { FIELDTEXT: nasty }), field('G', 'C', { FIELDTEXT: `${'x'.repeat(254)}😀` })],
    });
    expect(await desk.checkServiceFile(await desk.draftService('Z_ODD', soon()), soon())).toEqual([]);
  });

  test('a function of a thousand parameters drafts to a file that is not too long', async () => {
    const many = Array.from({ length: 200 }, (_one, index) => field(`F_${index}`, 'C', { FIELDTEXT: 'x'.repeat(60) }));
    const params = Array.from({ length: 1_000 }, (_one, index) =>
      parameter('T', `T_${index}`, 'u', { TABNAME: 'ZBIG', OPTIONAL: '' }),
    );
    const desk = bench([...params, parameter('I', 'I_KEY', 'C', { OPTIONAL: '' })], { ZBIG: many });
    const text = await desk.draftService('Z_BIG', soon());
    expect(await desk.checkServiceFile(text, soon())).toEqual([]);
    expect(text).toContain('left out, the draft is long enough: T_');
    expect(text).toContain('to: I_KEY');
    expect(text).toMatch(/ and \d+ more$/m);
  });

  test('one currency beside an amount is taken for its own; of several the admin decides', async () => {
    const amount = field('AMOUNT', 'P', { DATATYPE: 'CURR', LENG: '000015', DECIMALS: '000002' });
    const currency = (name: string): AbapStructure => field(name, 'C', { DATATYPE: 'CUKY', LENG: '000005' });
    const params = [
      parameter('T', 'T_ONE', 'u', { TABNAME: 'ZONE' }),
      parameter('T', 'T_TWO', 'u', { TABNAME: 'ZTWO' }),
    ];
    const desk = bench(params, {
      ZONE: [amount, currency('WAERS')],
      ZTWO: [amount, currency('WAERS'), currency('HWAER')],
    });
    const text = await desk.draftService('Z_ODD_READ', soon());
    expect(text.match(/conversion: amount, currency: waers/g)).toHaveLength(2);
    expect(text.match(/stored form/g)).toHaveLength(2);
    expect(await desk.checkServiceFile(text, soon())).toEqual([]);
  });
});
