/** The SOAP driver against a small endpoint on a socket: what goes out and what comes back. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AbapParameters, SapConnection } from '../../../../src/ports/index.ts';
import { envelope, fault, parameters, xml } from '../../fakes/soap-server.ts';
import type { SoapServer } from '../../fakes/soap-server.ts';
import { failure, options, secret, startSoapUnderTest } from '../../fakes/soap-under-test.ts';
import type { SoapUnderTest } from '../../fakes/soap-under-test.ts';

let it: SoapUnderTest;
let server: SoapServer;
let connection: SapConnection;

beforeEach(async () => {
  it = await startSoapUnderTest();
  ({ server, connection } = it);
});
afterEach(() => it.close());

describe('what goes out', () => {
  test('a call carries client, language, an empty action and basic authentication', async () => {
    await it.ping();
    const [request] = server.requests;
    expect(request?.url).toBe('/sap/bc/soap/rfc?sap-client=100&sap-language=EN');
    expect(request?.headers['soapaction']).toBe('""');
    expect(request?.headers['authorization']).toBe(`Basic ${Buffer.from(`GANGWAY:${secret}`).toString('base64')}`);
    expect(request?.headers['cookie']).toBeUndefined();
  });

  test('parameters are unqualified, tables wanted back are sent empty, and nothing else is', async () => {
    await connection.call(
      'BAPI_CUSTOMER_GETLIST',
      { MAXROWS: '10', IDRANGE: [{ SIGN: 'I', OPTION: 'EQ', LOW: '0000104711' }] },
      options({ tables: ['ADDRESSDATA', 'IDRANGE'] }),
    );
    expect(server.requests[0]?.body).toContain(
      '<rfc:BAPI_CUSTOMER_GETLIST xmlns:rfc="urn:sap-com:document:sap:rfc:functions"><MAXROWS>10</MAXROWS>' +
        '<IDRANGE><item><SIGN>I</SIGN><OPTION>EQ</OPTION><LOW>0000104711</LOW></item></IDRANGE><ADDRESSDATA/></rfc:BAPI_CUSTOMER_GETLIST>',
    );
  });

  test('markup in a value stays a value', async () => {
    const hostile = `</CUSTOMERNO>&<x a="'">`.slice(0, 10);
    await connection.call('Z_GANGWAY_KEY_READ', { I_EXTERNAL_KEY: `${hostile}]]>` }, options());
    expect(server.requests[0]?.body).toContain('<I_EXTERNAL_KEY>&lt;/CUSTOMER]]&gt;</I_EXTERNAL_KEY>');
  });

  test.each(['\u0000', '\u0008', '\u001b', '\u007f', '\u0085', '\ud800', '\uffff', '\n', '\t'])(
    'the control character %j is refused before anything is sent',
    async (character) => {
      const error = await failure(
        connection.call('Z_GANGWAY_KEY_READ', { I_EXTERNAL_KEY: `a${character}b` }, options()),
      );
      expect(error.code).toBe('REQUEST_INVALID');
      expect(error.issues[0]?.path).toBe('I_EXTERNAL_KEY');
      expect(server.requests).toHaveLength(0);
    },
  );

  test('a value that SAP would cut is refused and never sent, umlauts and emoji counted as SAP counts them', async () => {
    const create = (name: string): Promise<AbapParameters> =>
      connection.call(
        'Z_GANGWAY_CUSTOMER_CREATE',
        { IS_GENERAL: { NAME1: name } },
        options({ effect: 'write', tables: ['ET_RETURN'] }),
      );
    await create('ü'.repeat(35));
    const tooLong = await failure(create(`${'ü'.repeat(34)}😀`));
    expect(tooLong.code).toBe('SAP_VALUE_TOO_LONG');
    expect(tooLong.context).toMatchObject({ field: 'IS_GENERAL.NAME1', maxLength: 35 });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toContain(`<NAME1>${'ü'.repeat(35)}</NAME1>`);
  });

  test('a field that the structure does not have is refused', async () => {
    const call = connection.call(
      'Z_GANGWAY_CUSTOMER_CREATE',
      { IS_GENERAL: { NAME9: 'x' } },
      options({ effect: 'write' }),
    );
    expect((await failure(call)).code).toBe('INTERNAL');
    expect(server.requests).toHaveLength(0);
  });

  test('dates leave as YYYY-MM-DD, the initial one included', async () => {
    const dates = { DOCUMENT_DATE: '20260131', DOCUMENT_DATE_TO: '' };
    await connection.call('BAPI_SALESORDER_GETLIST', dates, options({ tables: ['SALES_ORDERS'] }));
    expect(server.requests[0]?.body).toContain(
      '<DOCUMENT_DATE>2026-01-31</DOCUMENT_DATE><DOCUMENT_DATE_TO>0000-00-00</DOCUMENT_DATE_TO>',
    );
  });

  test('a cookie that SAP sets is never sent back', async () => {
    server.answer = (request, response) => {
      response.setHeader('set-cookie', 'SAP_SESSIONID_ERP_100=abc');
      parameters('')(request, response);
    };
    await it.ping();
    await it.ping();
    expect(server.requests[1]?.headers['cookie']).toBeUndefined();
  });
});

describe('what comes back', () => {
  test('values are converted by their declared type, not by what they look like', async () => {
    server.answer = parameters(
      '<SALES_ORDERS><item><SD_DOC>2026-01-31</SD_DOC><DOC_DATE>2026-01-31</DOC_DATE><NOT_DECLARED>x</NOT_DECLARED></item>' +
        '<item><SD_DOC>0000000002   </SD_DOC><DOC_DATE>0000-00-00</DOC_DATE></item></SALES_ORDERS>',
    );
    const answer = await connection.call('BAPI_SALESORDER_GETLIST', {}, options({ tables: ['SALES_ORDERS'] }));
    expect(answer['SALES_ORDERS']).toEqual([
      { SD_DOC: '2026-01-31', DOC_DATE: '20260131' },
      { SD_DOC: '0000000002', DOC_DATE: '00000000' },
    ]);
  });

  test('entities, CDATA, comments and umlauts are read as the text they stand for', async () => {
    server.answer = parameters('<E_NAME>M&#252;ller &amp; <![CDATA[S<ö>hne]]><!-- no --> &#x1F600;</E_NAME>');
    const answer = await connection.call('Z_GANGWAY_CREDIT_READ', { I_KUNNR: '0000104711' }, options());
    expect(answer['E_NAME']).toBe('Müller & S<ö>hne 😀');
  });

  test('an answer that arrives byte by byte is the same answer', async () => {
    const text = '<E_NAME>Grüße &amp; 😀</E_NAME><ET_BLOCK><item><FIELD>AUFSD</FIELD></item></ET_BLOCK>';
    server.answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const bytes = Buffer.from(envelope(request.functionName, text));
      const send = (index: number): void => {
        if (index >= bytes.length) return void response.end();
        response.write(bytes.subarray(index, index + 1), () => setImmediate(send, index + 1));
      };
      send(0);
    };
    const answer = await connection.call('Z_GANGWAY_CREDIT_READ', {}, options({ tables: ['ET_BLOCK'] }));
    expect(answer).toEqual({ E_NAME: 'Grüße & 😀', ET_BLOCK: [{ FIELD: 'AUFSD' }] });
  });

  test.each([
    ['a truncated answer', (body: string) => body.slice(0, -40)],
    ['tags that do not match', (body: string) => body.replace('</E_NAME>', '</E_NAM>')],
    ['a document type', (body: string) => body.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')],
    ['an entity of its own', (body: string) => body.replace('name', '&a;')],
    ['a control character', (body: string) => body.replace('name', '\u0001')],
    ['a control character as reference', (body: string) => body.replace('name', '&#1;')],
    ['a nesting bomb', (body: string) => body.replace('name', '<a>'.repeat(10_000) + '</a>'.repeat(10_000))],
    ['a second root', (body: string) => `${body}<x/>`],
    ['text after the end', (body: string) => `${body}x`],
    ['the answer of another function', (body: string) => body.replaceAll('CREDIT_READ', 'KEY_READ')],
    ['a page in place of an envelope', () => '<html><body/></html>'],
    ['an envelope without an answer', () => '<E:Envelope xmlns:E="x"><E:Body/></E:Envelope>'],
  ])('%s is unreadable for a read, and an unknown outcome for a write', async (_what, spoil) => {
    server.answer = (request, response) =>
      xml(200, spoil(envelope(request.functionName, '<E_NAME>name</E_NAME>')))(request, response);
    const call = (effect: 'read' | 'write'): Promise<AbapParameters> =>
      connection.call('Z_GANGWAY_CREDIT_READ', {}, options({ effect }));
    expect((await failure(call('read'))).code).toBe('SAP_ANSWER_UNREADABLE');
    expect((await failure(call('write'))).code).toBe('SAP_OUTCOME_UNKNOWN');
  });

  test('bytes that are not UTF-8 are unreadable', async () => {
    server.answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(Buffer.from(envelope(request.functionName, '<E_NAME>ü</E_NAME>'), 'latin1'));
    };
    expect((await failure(connection.call('Z_GANGWAY_CREDIT_READ', {}, options()))).context['reason']).toBe(
      'not UTF-8',
    );
  });

  test('an answer beyond the limit is given up while it is still coming, and the connection is closed', async () => {
    connection = await it.reopen({ maxAnswerBytes: 1_000_000 });
    const closed = Promise.withResolvers<number>();
    server.answer = (request, response) => {
      let sent = 0;
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.write(envelope(request.functionName, '').split('</rfc')[0] ?? '');
      const row = '<ET_BLOCK><item><FIELD>AUFSD</FIELD></item></ET_BLOCK>'.repeat(2_000);
      const more = (): void => {
        sent += row.length;
        if (sent < 200_000_000 && !response.destroyed) response.write(row, more);
      };
      response.on('close', () => closed.resolve(sent));
      more();
    };
    const error = await failure(connection.call('Z_GANGWAY_CREDIT_READ', {}, options()));
    expect(error.code).toBe('ANSWER_TOO_LARGE');
    expect(await closed.promise).toBeLessThan(50_000_000);
  });

  test('a length announced beyond the limit is refused without reading', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '120000000' });
      response.write('<');
    };
    expect((await failure(connection.call('RFC_PING', {}, options()))).code).toBe('ANSWER_TOO_LARGE');
  });
});

describe("SAP's dictionary", () => {
  const fields = (...rows: string[]): string =>
    `<DFIES_TAB>${rows.map((row) => `<item>${row}</item>`).join('')}</DFIES_TAB>`;
  const field = (name: string, type: string, length: number): string =>
    `<FIELDNAME>${name}</FIELDNAME><INTTYPE>${type}</INTTYPE><LENG>${length}</LENG><DECIMALS>0</DECIMALS>`;
  const detail = '<CUSTOMERADDRESS><NAME>Nordwind</NAME><COUNTRYISO>DE</COUNTRYISO></CUSTOMERADDRESS>';

  test('fields that are not certain are taken from SAP once, and then known', async () => {
    server.answer = (request, response) => {
      const isDictionary = request.functionName === 'DDIF_FIELDINFO_GET';
      parameters(isDictionary ? fields(field('NAME', 'C', 35), field('COUNTRYISO', 'C', 2)) : detail)(
        request,
        response,
      );
    };
    const read = (): Promise<AbapParameters> =>
      connection.call('BAPI_CUSTOMER_GETDETAIL2', { CUSTOMERNO: '0000104711' }, options());
    expect(await read()).toEqual({ CUSTOMERADDRESS: { NAME: 'Nordwind', COUNTRYISO: 'DE' } });
    const asked = server.requests.length;
    await read();
    expect(server.requests).toHaveLength(asked + 1);
  });

  test('without the authorization to read it, what is certain is still read', async () => {
    server.answer = (request, response) => {
      const isDictionary = request.functionName === 'DDIF_FIELDINFO_GET';
      const answer = isDictionary
        ? xml(500, fault('Client', 'No authority', '<x>RFC_NO_AUTHORITY</x>'))
        : parameters(detail);
      answer(request, response);
    };
    const answer = await connection.call('BAPI_CUSTOMER_GETDETAIL2', { CUSTOMERNO: '0000104711' }, options());
    expect(answer).toEqual({ CUSTOMERADDRESS: { NAME: 'Nordwind' } });
  });

  test('a function nobody has described is called by its own interface, slash and all', async () => {
    server.answer = (request, response) => {
      const row = (paramClass: string, name: string, kind: string): string =>
        `<item><PARAMCLASS>${paramClass}</PARAMCLASS><PARAMETER>${name}</PARAMETER><EXID>${kind}</EXID><INTLENGTH>8</INTLENGTH><DECIMALS>0</DECIMALS></item>`;
      const isInterface = request.functionName === 'RFC_GET_FUNCTION_INTERFACE';
      const params = `<PARAMS>${row('I', 'I_DAY', 'D')}${row('E', '/ACME/DAY', 'D')}</PARAMS>`;
      parameters(isInterface ? params : '<_-ACME_-DAY>2026-02-03</_-ACME_-DAY>')(request, response);
    };
    const answer = await connection.call('/ACME/NEXT_DAY', { I_DAY: '20260202' }, options());
    expect(answer).toEqual({ '/ACME/DAY': '20260203' });
    expect(server.requests[1]?.body).toContain(
      '<rfc:_-ACME_-NEXT_DAY xmlns:rfc="urn:sap-com:document:sap:rfc:functions"><I_DAY>2026-02-02</I_DAY>',
    );
  });
});
