/** The SOAP service refuses what a real one refuses. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, envelope, fault, find, parse, rowsOf, send, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeAll(async () => {
  sap = await startSapSimulator();
});
afterAll(() => sap.close());

const creditTables = '<ET_ACCOUNT/><ET_RECEIVABLE/><ET_RETURN/>';

describe('the answer', () => {
  test('echoes text with its special characters and says who answered', async () => {
    const answer = await call(sap.url, 'STFC_CONNECTION', '<REQUTEXT>A &amp; B &lt;ü€&gt; "x"</REQUTEXT>');
    expect(textOf(answer, 'ECHOTEXT')).toBe('A & B <ü€> "x"');
    expect(textOf(answer, 'RESPTEXT')).toContain('100/GANGWAY/E');
  });

  test('comes as text/xml with SAP session cookies that carry no session', async () => {
    const answer = await send(sap.url, envelope('RFC_PING', ''));
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(answer.headers['set-cookie']).toBe('sap-usercontext=sap-client=100; path=/');
  });

  test('holds only the tables that were asked for', async () => {
    const answer = await call(sap.url, 'Z_GANGWAY_CREDIT_READ', '<I_KUNNR>0000104711</I_KUNNR><ET_BLOCK/>');
    expect(find(answer, 'ET_BLOCK')).toBeDefined();
    expect(find(answer, 'ET_ACCOUNT')).toBeUndefined();
  });

  test('trims trailing blanks of character fields and keeps leading ones', async () => {
    const answer = await call(sap.url, 'STFC_CONNECTION', '<REQUTEXT>  two before, three after   </REQUTEXT>');
    expect(textOf(answer, 'ECHOTEXT')).toBe('  two before, three after');
  });
});

describe('parameters', () => {
  test.each([
    [
      'an unknown parameter',
      'STFC_CONNECTION',
      '<REQUTEXT>a</REQUTEXT><REQUTEX>b</REQUTEX>',
      'CALL_FUNCTION_PARM_UNKNOWN',
    ],
    ['a parameter in the wrong case', 'STFC_CONNECTION', '<requtext>a</requtext>', 'CALL_FUNCTION_PARM_UNKNOWN'],
    [
      'an exporting parameter sent along',
      'STFC_CONNECTION',
      '<REQUTEXT>a</REQUTEXT><ECHOTEXT/>',
      'CALL_FUNCTION_PARM_UNKNOWN',
    ],
    ['a missing mandatory parameter', 'STFC_CONNECTION', '', 'CALL_FUNCTION_PARM_MISSING'],
    [
      'a missing mandatory parameter of a list',
      'BAPI_SALESORDER_GETLIST',
      '<CUSTOMER_NUMBER>0000104711</CUSTOMER_NUMBER><SALES_ORDERS/>',
      'CALL_FUNCTION_PARM_MISSING',
    ],
    ['a parameter given twice', 'STFC_CONNECTION', '<REQUTEXT>a</REQUTEXT><REQUTEXT>b</REQUTEXT>', 'CONVERSION_ERROR'],
    [
      'a value that is too long',
      'Z_GANGWAY_CREDIT_READ',
      `<I_KUNNR>00001047110</I_KUNNR>${creditTables}`,
      'CONVERSION_ERROR',
    ],
    [
      'an unknown field of a structure',
      'BAPISDORDER_GETDETAILEDLIST',
      '<I_BAPI_VIEW><HEADERS>X</HEADERS></I_BAPI_VIEW>',
      'CONVERSION_ERROR',
    ],
    [
      'plain LOW in a delivery range',
      'BAPI_DELIVERY_GETLIST',
      '<IS_DLV_DATA_CONTROL/><IT_VBELN><item><SIGN>I</SIGN><OPTION>EQ</OPTION><LOW>0080004711</LOW></item></IT_VBELN>',
      'CONVERSION_ERROR',
    ],
    [
      'a table row that is not called item',
      'RFC_READ_TABLE',
      '<QUERY_TABLE>T001</QUERY_TABLE><FIELDS><row/></FIELDS>',
      'CONVERSION_ERROR',
    ],
    [
      'text where a structure is expected',
      'BAPISDORDER_GETDETAILEDLIST',
      '<I_BAPI_VIEW>X</I_BAPI_VIEW>',
      'CONVERSION_ERROR',
    ],
    ['elements where a value is expected', 'STFC_CONNECTION', '<REQUTEXT><b>a</b></REQUTEXT>', 'CONVERSION_ERROR'],
    [
      'a date without dashes',
      'BAPI_AR_ACC_GETOPENITEMS',
      '<COMPANYCODE>1000</COMPANYCODE><CUSTOMER>0000104711</CUSTOMER><KEYDATE>20260101</KEYDATE>',
      'CONVERSION_ERROR',
    ],
    [
      'a day the calendar does not have',
      'BAPI_AR_ACC_GETOPENITEMS',
      '<COMPANYCODE>1000</COMPANYCODE><CUSTOMER>0000104711</CUSTOMER><KEYDATE>2026-02-30</KEYDATE>',
      'CONVERSION_ERROR',
    ],
    [
      'a number with an exponent',
      'Z_GANGWAY_INVOICES_READ',
      '<I_KUNNR>0000104711</I_KUNNR><I_MAX>1e3</I_MAX>',
      'CONVERSION_ERROR',
    ],
    [
      'an integer beyond 32 bits',
      'Z_GANGWAY_INVOICES_READ',
      '<I_KUNNR>0000104711</I_KUNNR><I_MAX>4294967296</I_MAX>',
      'CONVERSION_ERROR',
    ],
    ['a function nobody has', 'Z_NOBODY', '', 'FU_NOT_FOUND'],
    ['a function in the wrong case', 'rfc_ping', '', 'FU_NOT_FOUND'],
    [
      'a function that is not remote-enabled',
      'CREDIT_EXPOSURE',
      '<KKBER>1000</KKBER><KUNNR>0000104711</KUNNR>',
      'CALL_FUNCTION_NOT_REMOTE',
    ],
  ])('%s is a fault', async (_what, functionName, parameters, name) => {
    const answer = await fault(sap.url, functionName, parameters);
    expect(answer).toMatchObject({ status: 500, code: 'SOAP-ENV:Client', name });
  });

  test('a customer number without its leading zeros finds nothing', async () => {
    const answer = await call(sap.url, 'Z_GANGWAY_CREDIT_READ', `<I_KUNNR>104711</I_KUNNR>${creditTables}`);
    expect(rowsOf(answer, 'ET_RETURN')).toEqual([
      expect.objectContaining({ TYPE: 'E', ID: 'F2', NUMBER: '153', MESSAGE_V1: '104711' }),
    ]);
    expect(rowsOf(answer, 'ET_ACCOUNT')).toEqual([]);
  });

  test('an initial date may be sent as 0000-00-00', async () => {
    const parameters =
      '<CUSTOMER_NUMBER>0000104711</CUSTOMER_NUMBER><SALES_ORGANIZATION>1000</SALES_ORGANIZATION><DOCUMENT_DATE>0000-00-00</DOCUMENT_DATE><SALES_ORDERS/>';
    expect(rowsOf(await call(sap.url, 'BAPI_SALESORDER_GETLIST', parameters), 'SALES_ORDERS')?.length).toBeGreaterThan(
      25,
    );
  });

  test('tables that the function does not change come back as they were sent', async () => {
    const answer = await call(
      sap.url,
      'BAPISDORDER_GETDETAILEDLIST',
      '<I_BAPI_VIEW/><SALES_DOCUMENTS><item><VBELN>0000004500</VBELN></item></SALES_DOCUMENTS>',
    );
    expect(rowsOf(answer, 'SALES_DOCUMENTS')).toEqual([{ VBELN: '0000004500' }]);
  });
});

describe('hostile and broken XML', () => {
  const wrap = (body: string): string =>
    `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body>${body}</E:Body></E:Envelope>`;
  const ping = '<r:RFC_PING xmlns:r="urn:sap-com:document:sap:rfc:functions"/>';
  const good = wrap(ping);

  test('the well-formed twin of what follows is answered', async () => {
    expect((await send(sap.url, good)).status).toBe(200);
  });

  test.each([
    ['a document type declaration', `<!DOCTYPE a [<!ENTITY x "y">]>${good}`],
    ['an external entity', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${good}`],
    [
      'an undeclared entity',
      wrap(
        '<r:STFC_CONNECTION xmlns:r="urn:sap-com:document:sap:rfc:functions"><REQUTEXT>&x;</REQUTEXT></r:STFC_CONNECTION>',
      ),
    ],
    [
      'a control character by reference',
      wrap(
        '<r:STFC_CONNECTION xmlns:r="urn:sap-com:document:sap:rfc:functions"><REQUTEXT>&#1;</REQUTEXT></r:STFC_CONNECTION>',
      ),
    ],
    ['a processing instruction', `<?xml-stylesheet href="x"?>${good}`],
    ['XML 1.1', `<?xml version="1.1"?>${good}`],
    ['a declared encoding that is not UTF-8', `<?xml version="1.0" encoding="iso-8859-1"?>${good}`],
    ['a missing end tag', good.replace('</E:Body>', '')],
    ['nothing', ''],
    ['an empty body', wrap('')],
    ['two functions', wrap(ping + ping)],
    ['SOAP 1.2', good.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope')],
    ['a function without its namespace', wrap('<RFC_PING/>')],
    [
      'a qualified parameter',
      wrap('<STFC_CONNECTION xmlns="urn:sap-com:document:sap:rfc:functions"><REQUTEXT>a</REQUTEXT></STFC_CONNECTION>'),
    ],
    ['text beside elements', wrap('<r:RFC_PING xmlns:r="urn:sap-com:document:sap:rfc:functions">x</r:RFC_PING>y')],
    [
      'deep nesting',
      wrap(
        `<r:RFC_PING xmlns:r="urn:sap-com:document:sap:rfc:functions">${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}</r:RFC_PING>`,
      ),
    ],
    ['a duplicate attribute', good.replace('<E:Body>', '<E:Body a="1" a="2">')],
  ])('%s is a fault', async (_what, body) => {
    const answer = await send(sap.url, body);
    expect(answer.status).toBe(500);
    expect(textOf(parse(answer.text), 'faultcode')).toBe('SOAP-ENV:Client');
  });

  test('bytes that are not UTF-8 are a fault', async () => {
    const answer = await send(sap.url, Buffer.from(good.replace('RFC_PING', 'RFC_P\u00fcNG'), 'latin1'));
    expect(answer.status).toBe(500);
  });

  test('a request larger than the ICM takes is refused before it is parsed', async () => {
    const answer = await send(sap.url, Buffer.alloc(9 * 1024 * 1024, 32));
    expect(answer.status).toBe(413);
  });

  test('the service goes on after all of this', async () => {
    await expect(call(sap.url, 'RFC_PING', '')).resolves.toBeDefined();
  });
});
