/** The port XML HTTP: what a receiver sees, and what SAP makes of its answer. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startIdocSystem, nordwind } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { all, fieldOf, fieldsOf, idocsOf, readXml } from './idoc-reader.ts';

let it: IdocSystem;
afterEach(() => it.close());

const change = async (): Promise<void> => {
  await it.edit('KNA1', nordwind, { NAME2: 'Müller & <Söhne> "AG"' });
  await it.run();
};

describe('a document', () => {
  test('says what it is, from whom, to whom and when, and leaves out what is blank', async () => {
    it = await startIdocSystem(
      {},
      { clock: { now: () => Date.parse('2026-11-21T12:34:56Z'), after: () => () => undefined } },
    );
    await change();
    const [received] = it.receiver.received;
    expect(received?.headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      'content-length': String(received?.body.length),
    });
    const [text = ''] = it.receiver.texts();
    expect(
      text.startsWith('<?xml version="1.0" encoding="utf-8"?><DEBMAS07><IDOC BEGIN="1"><EDI_DC40 SEGMENT="1">'),
    ).toBe(true);
    const [idoc = readXml('<NONE/>')] = idocsOf(text);
    expect(fieldsOf(idoc, 'EDI_DC40')).toEqual({
      TABNAM: 'EDI_DC40',
      MANDT: '100',
      DOCNUM: '0000000000000001',
      DOCREL: '731',
      STATUS: '30',
      DIRECT: '1',
      OUTMOD: '2',
      IDOCTYP: 'DEBMAS07',
      MESTYP: 'DEBMAS',
      SNDPOR: 'SAPERP',
      SNDPRT: 'LS',
      SNDPRN: 'ERPCLNT100',
      RCVPOR: 'GW',
      RCVPRT: 'LS',
      RCVPRN: 'GANGWAY',
      CREDAT: '20261121',
      CRETIM: '123456',
      SERIAL: '20261121123456',
    });
    expect(fieldsOf(idoc, 'E1KNA1M')['NAME2']).toBe('Müller & <Söhne> "AG"');
    expect(fieldsOf(idoc, 'E1KNA1M')).not.toHaveProperty('NAME3');
  });

  test('goes out with the content type, the logon, the empty elements and the serial of its port', async () => {
    it = await startIdocSystem({
      port: { contentType: 'application/x-sap.idoc', user: 'idoc', password: 'geheim:x', emptyElements: true },
      serial: 'fine',
    });
    await change();
    const [received] = it.receiver.received;
    expect(received?.headers['content-type']).toBe('application/x-sap.idoc; charset=utf-8');
    expect(received?.headers.authorization).toBe(`Basic ${Buffer.from('idoc:geheim:x').toString('base64')}`);
    const [idoc] = idocsOf(it.receiver.texts()[0] ?? '');
    expect(idoc && fieldsOf(idoc, 'E1KNA1M')['NAME3']).toBe('');
    expect(idoc && fieldsOf(idoc, 'EDI_DC40')['SERIAL']).toMatch(/^\d{20}$/);
    expect((await it.control('GET', 'idocs/settings')).body).toMatchObject({ ports: { GW: { password: '***' } } });
  });

  test.each([
    ['1100', 'iso-8859-1', 'latin1'],
    ['4103', 'utf-16', 'utf16le'],
  ] as const)('in code page %s is what its declaration says', async (codePage, declared, encoding) => {
    it = await startIdocSystem({ port: { codePage } });
    await change();
    const text = it.receiver.received[0]?.body.toString(encoding) ?? '';
    expect(text).toContain(`encoding="${declared}"`);
    const [idoc] = idocsOf(text.replace(/^\uFEFF/, ''));
    expect(idoc && fieldsOf(idoc, 'E1KNA1M')['STRAS']).toBe('Hafenstraße 12');
  });

  test('holds several IDocs where the partner profile collects, and waits for its job until then', async () => {
    it = await startIdocSystem({ messageTypes: { DEBMAS: { output: 'collect', packetSize: 2 } } });
    for (const number of ['11', '12', '13']) await it.edit('KNA1', { KUNNR: `00001047${number}` }, { TELF1: '1' });
    await it.run();
    expect(it.receiver.received).toHaveLength(0);
    expect(it.ale.counts().byStatus).toEqual({ '30': 3 });
    it.ale.sendReady();
    await it.ale.idle();
    expect(it.receiver.texts().map((text) => idocsOf(text).length)).toEqual([2, 1]);
    expect(fieldsOf(idocsOf(it.receiver.texts()[0] ?? '')[1] ?? readXml('<NONE/>'), 'EDI_DC40')).toMatchObject({
      OUTMOD: '4',
    });
    expect(it.ale.counts().byStatus).toEqual({ '03': 3 });
  });
});

describe('the answer', () => {
  test('of any 2xx is status 03; of anything else 02, and the IDoc leaves again under its number', async () => {
    it = await startIdocSystem();
    it.receiver.answer(503, 202);
    await change();
    expect(it.ale.list()).toMatchObject([{ deliveries: 1, history: [{}, {}, { status: '02', text: 'HTTP 503' }] }]);
    expect(it.ale.sendReady()).toEqual([]);
    const { body } = await it.control('POST', 'idocs/resend', {});
    expect(body).toMatchObject({ count: 1, idocs: [{ status: '03', deliveries: 2 }] });
    const numbers = it.receiver.texts().map((text) => fieldOf(all(readXml(text), 'EDI_DC40')[0], 'DOCNUM'));
    expect(numbers[0]).toBe(numbers[1]);
    expect(it.ale.resend()).toEqual([]);
  });

  test('that does not come in time is status 02', async () => {
    it = await startIdocSystem({ port: { timeoutMs: 50 } });
    it.receiver.answer('silence');
    await change();
    expect(it.ale.list()[0]?.history.at(-1)).toMatchObject({ status: '02', text: 'HTTP timeout' });
  });

  test('that is still awaited when the system is shut down is cut off', async () => {
    it = await startIdocSystem();
    it.receiver.answer('silence');
    await it.edit('KNA1', nordwind, { NAME2: 'x' });
    it.ale.run();
    await it.receiver.arrived(1);
    await it.sap.close();
    expect(it.ale.list()[0]?.history.at(-1)).toMatchObject({ status: '02' });
  });

  test('that nobody gives is status 02', async () => {
    it = await startIdocSystem({ ports: { GW: { kind: 'http', url: 'http://127.0.0.1:1/' } } });
    await change();
    expect(it.ale.list()[0]?.history.at(-1)).toMatchObject({
      status: '02',
      text: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  test('to a SOAP port must be an envelope without a fault', async () => {
    it = await startIdocSystem({ port: { soap: true } });
    const envelope = (inner: string): string =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inner}</s:Body></s:Envelope>`;
    const texts: (string | undefined)[] = [];
    for (const body of ['ok', envelope('<s:Fault/>'), envelope('')]) {
      it.receiver.body = body;
      await change();
      await it.edit('KNA1', nordwind, { NAME2: null });
      texts.push(it.ale.list().at(-1)?.history.at(-1)?.status);
    }
    expect(texts).toEqual(['02', '02', '03']);
    const [root] = all(readXml(it.receiver.texts()[0] ?? ''), 'DEBMAS07');
    expect(root?.children.map(({ name }) => name)).toEqual(['IDOC']);
  });
});

describe('the control API', () => {
  test('lists, shows, filters and counts', async () => {
    it = await startIdocSystem();
    await change();
    expect((await it.control('GET', 'idocs?status=03&key=0000104711')).body).toMatchObject({ count: 1 });
    expect((await it.control('GET', 'idocs?status=02')).body).toMatchObject({ count: 0 });
    const { body } = await it.control('GET', 'idocs/1');
    expect(body['xml']).toBe(it.receiver.texts()[0]);
    expect(String(body['flat']).split('\n')[0]).toHaveLength(524);
    expect((await it.control('GET', 'idocs/counts')).body).toMatchObject({
      documents: 1,
      idocs: 1,
      created: { DEBMAS: 1 },
      byStatus: { '03': 1 },
      problems: [],
    });
    expect((await it.control('GET', 'idocs/77')).status).toBe(400);
    expect((await it.control('GET', 'idocs/nothing')).status).toBe(404);
  });

  test('takes settings, and says what is wrong with them', async () => {
    it = await startIdocSystem({ messageTypes: {} });
    await change();
    expect(it.receiver.received).toHaveLength(0);
    expect((await it.control('PATCH', 'idocs/settings', { messageTypes: { DEBMAS: {} } })).status).toBe(200);
    await it.edit('KNA1', nordwind, { NAME2: 'x' });
    expect((await it.control('POST', 'idocs/run', {})).body).toMatchObject({ count: 1 });
    for (const wrong of [{ messageTypes: { NONSENSE: {} } }, { messageTypes: { DEBMAS: { port: 'X' } } }, { other: 1 }])
      expect((await it.control('PATCH', 'idocs/settings', wrong)).status).toBe(400);
  });

  test('keeps so many IDocs; of those that were sent the oldest are archived', async () => {
    it = await startIdocSystem({ keep: 2 });
    await it.control('POST', 'idocs/burst', { key: nordwind, count: 4 });
    expect(it.ale.list().map(({ number }) => Number(number))).toEqual([3, 4]);
    expect(it.ale.counts()).toMatchObject({ archived: 2, created: { DEBMAS: 4 } });
  });
});
