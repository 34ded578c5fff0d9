/** What every driver to SAP must promise of single calls, as the port's comments state it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AbapParameters, CallOptions, SapConnection } from '../../src/ports/index.ts';
import { echoed, echoFunction } from './sap-echo.ts';
import * as sap from './sap-place.ts';
import type { SapPlace } from './sap-place.ts';

/** Runs the suite against one driver. */
export function sapConnectionContract(driver: string, prepare: () => Promise<SapPlace>): void {
  describe(`SapConnection contract, calls: ${driver}`, () => promises(prepare));
}

function promises(prepare: () => Promise<SapPlace>): void {
  let place: SapPlace;
  let connection: SapConnection;
  beforeEach(async () => {
    place = await prepare();
    connection = place.open();
  });
  afterEach(async () => {
    place.simulator.clearFaults();
    await connection.close();
    await place.stop();
  });

  const readOrders = (options: CallOptions): Promise<AbapParameters> =>
    connection.call(
      'BAPI_SALESORDER_GETLIST',
      {
        CUSTOMER_NUMBER: sap.customer,
        SALES_ORGANIZATION: sap.salesOrganization,
        DOCUMENT_DATE: '20000101',
        DOCUMENT_DATE_TO: '99991231',
      },
      options,
    );

  describe('what comes back', () => {
    test('answers a ping', async () => {
      await expect(sap.ping(connection)).resolves.toBeDefined();
    });

    test('gives dates as YYYYMMDD and keys with their leading zeros', async () => {
      const rows = sap.rowsOf((await readOrders(sap.reading({ tables: ['SALES_ORDERS'] })))['SALES_ORDERS']);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toMatchObject({
          DOC_DATE: expect.stringMatching(/^\d{8}$/),
          SD_DOC: expect.stringMatching(/^[0-9A-Z]{10}$/),
        });
      }
    });

    test('gives back the tables that were wanted, and no others', async () => {
      expect(await readOrders(sap.reading())).not.toHaveProperty('SALES_ORDERS');
      const sent = { IDRANGE: [{ SIGN: 'I', OPTION: 'EQ', LOW: sap.customer }] };
      const answer = await connection.call('BAPI_CUSTOMER_GETLIST', sent, sap.reading({ tables: ['ADDRESSDATA'] }));
      expect(sap.rowsOf(answer['ADDRESSDATA'])).toHaveLength(1);
      expect(answer).not.toHaveProperty('IDRANGE');
      expect(answer).not.toHaveProperty('SPECIALDATA');
    });

    test.each(Object.keys(echoed))('brings back what it sent of %s', async (parameter) => {
      const value = echoed[parameter] ?? '';
      const answer = await connection.call(echoFunction, { [`I_${parameter}`]: value }, sap.reading());
      expect(answer[`E_${parameter}`]).toBe(value);
    });

    test('leaves initial values as the port has them', async () => {
      const answer = await connection.call(echoFunction, {}, sap.reading());
      expect(answer).toMatchObject({ E_CHAR10: '', E_NUMC10: '0000000000', E_DATS: '00000000', E_TIMS: '000000' });
      expect(Number(answer['E_CURR'])).toBe(0);
      expect(answer['E_INT4']).toBe('0');
    });

    test('brings structures and tables back as it sent them, changed parameters included', async () => {
      const row = { CHAR10_FIELD: 'Grüße 😀', DATS_FIELD: '20260228', CURR_FIELD: '-12.50', RAW3_FIELD: 'AB01CD' };
      const other = { NUMC10_FIELD: '0000000042', INT4_FIELD: '-7', TIMS_FIELD: '235959' };
      const sent = { CS_ALL: row, TT_ALL: [row, other, {}] };
      const answer = await connection.call(echoFunction, sent, sap.reading({ tables: ['TT_ALL'] }));
      expect(answer['CS_ALL']).toMatchObject(row);
      expect(sap.rowsOf(answer['TT_ALL'])).toHaveLength(3);
      expect(sap.rowsOf(answer['TT_ALL'])).toMatchObject([
        row,
        other,
        { CHAR10_FIELD: '', NUMC10_FIELD: '0000000000' },
      ]);
    });

    test('hands a refusal of a BAPI on as RETURN, not as an error', async () => {
      const parameters = { CUSTOMERNO: sap.unknownCustomer };
      const answer = await connection.call('BAPI_CUSTOMER_GETDETAIL2', parameters, sap.reading());
      expect(answer['RETURN']).toMatchObject({ TYPE: 'E' });
    });
  });

  describe('refusals before anything is sent', () => {
    const echo = (parameters: AbapParameters): Promise<AbapParameters> =>
      connection.call(echoFunction, parameters, sap.writing());
    const echoCalls = async (): Promise<number> => (await sap.countCalls(place.simulator)).functions[echoFunction] ?? 0;

    test.each<[string, string, string]>([
      ['I_CHAR10', 'elevenchars', 'SAP_VALUE_TOO_LONG'],
      ['I_CHAR10', 'a\u0000b', 'REQUEST_INVALID'],
      ['I_CHAR10', 'a\ud800b', 'REQUEST_INVALID'],
      ['I_STRING', 'a\u0000b', 'REQUEST_INVALID'],
      ['I_NUMC10', '12345678901', 'SAP_VALUE_TOO_LONG'],
      ['I_NUMC10', '12a', 'REQUEST_INVALID'],
      ['I_DATS', '2026-01-31', 'REQUEST_INVALID'],
      ['I_TIMS', '1200', 'REQUEST_INVALID'],
      ['I_CURR', '12345678901234.00', 'SAP_VALUE_TOO_LONG'],
      ['I_CURR', '0.005', 'SAP_VALUE_TOO_LONG'],
      ['I_CURR', '1e3', 'REQUEST_INVALID'],
      ['I_INT1', '256', 'SAP_VALUE_TOO_LONG'],
      ['I_INT2', '-32769', 'SAP_VALUE_TOO_LONG'],
      ['I_INT4', '2147483648', 'SAP_VALUE_TOO_LONG'],
      ['I_INT8', '9223372036854775808', 'SAP_VALUE_TOO_LONG'],
      ['I_RAW3', 'AABBCCDD', 'SAP_VALUE_TOO_LONG'],
      ['I_RAW3', 'xyz', 'REQUEST_INVALID'],
    ])('%s %j: %s', async (parameter, value, code) => {
      expect(await sap.codeOf(echo({ [parameter]: value }))).toBe(code);
      expect(await sap.codeOf(echo({ TT_ALL: [{}, { CHAR10_FIELD: 'elevenchars' }] }))).toBe('SAP_VALUE_TOO_LONG');
      expect(await echoCalls()).toBe(0);
    });

    test.each<[string, AbapParameters]>([
      ['a parameter', { NO_SUCH: 'X' }],
      ['a field', { CS_ALL: { NO_SUCH: 'X' } }],
      ['a field of a row', { TT_ALL: [{ NO_SUCH: 'X' }] }],
      ['a text where a structure is', { CS_ALL: 'X' }],
    ])('%s that the function does not have', async (_what, parameters) => {
      expect(await sap.codeOf(echo(parameters))).toBe('INTERNAL');
      expect(await echoCalls()).toBe(0);
    });

    test('a table that the function does not have', async () => {
      const call = connection.call('RFC_PING', {}, sap.reading({ tables: ['NO_SUCH'] }));
      expect(await sap.codeOf(call)).toBe('INTERNAL');
    });

    test('names a function that SAP does not have', async () => {
      const call = connection.call('Z_GANGWAY_NO_SUCH', {}, sap.reading());
      await expect(call).rejects.toMatchObject({
        code: 'SAP_FUNCTION_MISSING',
        context: expect.objectContaining({ functionName: 'Z_GANGWAY_NO_SUCH' }),
      });
    });

    test('sends nothing once the deadline has passed', async () => {
      expect(await sap.codeOf(sap.ping(connection, sap.writing({ deadline: sap.within(0) })))).toBe('DEADLINE_PASSED');
      expect((await sap.countCalls(place.simulator)).functions).toEqual({});
    });
  });
}
