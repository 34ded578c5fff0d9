/** Functions of a customer's own, which nobody foresaw: drafted, published as drafted, and called through both drivers. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServiceAnswer, ServiceValues } from '../../../src/ports/index.ts';
import type { SapSettings } from '../../../src/sap/index.ts';
import { describeRfc, failureOf, named, soon, startServices, writeOf } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

const org = 'callers: [{ org: 00D5g000004GANG }]';
const said = (type: string, text: string) => ({ TYPE: type, ID: 'ZA', NUMBER: '001', MESSAGE: text });

const functions = {
  '/ACME/SHOP_READ_LINES': {
    structures: {
      ZSHOP_S_HEAD: ['KUNNR CHAR10 # Customer of the shop', 'BUDAT DATS', 'NETWR CURR15.2', 'WAERS CUKY5'],
      ZSHOP_S_LINE: ['POSNR NUMC6', 'MATNR CHAR18', 'MENGE QUAN13.3', 'NOTE STRING', 'RAW XSTRING', 'COUNT INT2'],
    },
    importing: ['IS_HEAD ZSHOP_S_HEAD', 'IT_LINE ZSHOP_S_LINE[]', 'I_MODE? CHAR1 A', 'I_PICTURE? XSTRING'],
    exporting: ['ES_HEAD? ZSHOP_S_HEAD', 'ET_LINE? ZSHOP_S_LINE[]', 'E_MODE? CHAR1', 'E_PICTURE? XSTRING'],
    tables: ['RETURN? BAPIRET2'],
    behaviour: 'echo' as const,
  },
  Z_COUNT_GET: {
    structures: { Z_S_PAIR: ['KEY CHAR4', 'AMOUNT DEC9.3'] },
    importing: ['I_UNUSED? CHAR1'],
    changing: ['C_COUNT INT4', 'CS_PAIR Z_S_PAIR', 'CT_PAIR? Z_S_PAIR[]'],
    answers: [
      {
        give: { C_COUNT: 7, CS_PAIR: { KEY: 'B', AMOUNT: '-1.5' }, CT_PAIR: [{ KEY: 'C', AMOUNT: '2' }, { KEY: 'D' }] },
      },
    ],
  },
  Z_BLANK_READ: {
    importing: ['I_ANY? CHAR1'],
    exporting: ['E_OK? CHAR1', 'RETURN? BAPIRETURN'],
    answers: [{ give: { E_OK: 'X', RETURN: { TYPE: '', CODE: '', MESSAGE: 'nothing to say' } } }],
  },
  Z_RETURN_SAVE: {
    importing: ['I_KIND CHAR12'],
    exporting: ['OLD? BAPIRETURN', 'OLD1? BAPIRETURN1', 'NEW1? BAPIRET1', 'ET_LOG? BAPIRET2[]'],
    tables: ['T_LOG? BAPIRET2'],
    commits: true,
    answers: [
      { when: { I_KIND: 'OLD' }, give: { OLD: { TYPE: 'E', CODE: 'ZA001', MESSAGE: 'no' } } },
      { when: { I_KIND: 'OLD1' }, give: { OLD1: said('A', 'no') } },
      { when: { I_KIND: 'NEW1' }, give: { NEW1: said('E', 'no') } },
      { when: { I_KIND: 'ET_LOG' }, give: { ET_LOG: [said('S', 'well'), said('E', 'no')] } },
      { when: { I_KIND: 'T_LOG' }, give: { T_LOG: [said('W', 'hm'), said('E', 'no')] } },
      { give: { T_LOG: [said('W', 'hm')], ET_LOG: [said('S', 'well')] } },
    ],
  },
};

const rows = Array.from({ length: 1_000 }, (_row, index) => ({
  posnr: String(index + 1).padStart(6, '0'),
  matnr: `GW-${index}`,
  menge: `${index}.5`,
  note: `line ${index}\n<&> ${'ä'.repeat(200)}`,
  raw: 'C0FFEE',
  count: index - 500,
}));

function suite(driver: SapSettings['driver']): void {
  let it: ServicesUnderTest;
  beforeAll(async () => {
    it = await startServices(driver, { functions });
  });
  afterAll(() => it.close());

  /** As drafted, with callers and, for a write, what its documentation says. */
  const publish = async (functionName: string): Promise<string> => {
    const drafted = await it.bench.draftService(functionName, soon());
    expect(await it.bench.checkServiceFile(drafted, soon())).toEqual([]);
    const text = drafted
      .replace(/^callers: .*$/m, org)
      .replace(/^commit: .*$/m, 'commit: self')
      .replace(/maxRows: \d+/, 'maxRows: 1000')
      .replace('    to: IT_LINE\n', '    to: IT_LINE\n    maxRows: 1000\n');
    return (await it.bench.publishService(text, soon(), { replace: true })).service.name;
  };
  const read = async (name: string, inputs: ServiceValues): Promise<ServiceAnswer> => {
    await untilServed(name);
    return it.sap.services.read(named(name), it.sap.services.checkInputs(named(name), inputs), soon());
  };
  /** The folder is looked at every second or two. */
  const untilServed = async (name: string): Promise<void> => {
    while (it.sap.services.find(named(name)) === undefined) await new Promise((resolve) => setImmediate(resolve));
  };

  test('a function in a namespace, with table types in and out: a thousand rows come back as they were sent', async () => {
    const name = await publish('/ACME/SHOP_READ_LINES');
    expect(name).toBe('AcmeShopReadLines');
    const isHead = { kunnr: '0000104711', budat: '2026-11-21', netwr: '12.50', waers: 'EUR' };
    const answer = await read(name, { isHead, itLine: rows, iPicture: 'FF00' });
    expect(answer).toEqual({
      outputs: { esHead: isHead, etLine: rows, eMode: 'A', ePicture: 'FF00' },
      sapMessages: [],
    });
  });

  test('a required table is sent without rows, and one row too many is refused before SAP is asked', async () => {
    const name = await publish('/ACME/SHOP_READ_LINES');
    const isHead = { kunnr: '1', budat: '2026-11-21' };
    await untilServed(name);
    const none = await failureOf(read(name, { isHead }));
    expect(none).toMatchObject({ code: 'REQUEST_INVALID', issues: [{ path: 'itLine', message: 'is required' }] });
    const many = await failureOf(read(name, { isHead, itLine: [...rows, ...rows.slice(0, 1)] }));
    expect(many).toMatchObject({ code: 'REQUEST_INVALID', issues: [{ message: 'has 1001 rows; 1000 are allowed' }] });
  });

  test('changing parameters are inputs and outputs: values, structures and tables', async () => {
    const name = await publish('Z_COUNT_GET');
    const answer = await read(name, { cCount: 1, csPair: { key: 'A' }, ctPair: [{ key: 'A', amount: '1.125' }] });
    expect(answer.outputs).toEqual({
      cCount: 7,
      csPair: { key: 'B', amount: '-1.5' },
      ctPair: [
        { key: 'C', amount: '2' },
        { key: 'D', amount: '0' },
      ],
    });
  });

  test('a message without a type refuses nothing', async () => {
    const name = await publish('Z_BLANK_READ');
    expect(await read(name, {})).toEqual({ outputs: { eOk: 'X' }, sapMessages: [] });
  });

  test('messages of every flavour and name refuse a write; warnings and successes do not', async () => {
    const name = named(await publish('Z_RETURN_SAVE'));
    await untilServed(name);
    const write = (iKind: string) => it.sap.services.write(writeOf(`:${iKind}`), name, { iKind }, soon());
    for (const kind of ['OLD', 'OLD1', 'NEW1', 'ET_LOG', 'T_LOG']) {
      const refused = await failureOf(write(kind));
      expect([kind, refused]).toMatchObject([
        kind,
        {
          code: 'SAP_REFUSED',
          sapMessages: expect.arrayContaining([expect.objectContaining({ id: 'ZA', number: '001' })]),
        },
      ]);
    }
    const done = await write('FINE');
    expect(done.sapMessages.map(({ type }) => type).toSorted()).toEqual(['S', 'W']);
  });
}

describe('over SOAP', () => suite('soap'));
describeRfc('over RFC', () => suite('node-rfc'));
