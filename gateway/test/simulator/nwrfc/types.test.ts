/** Every type of value there and back, with the real addon. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from 'node-rfc';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { describeWithAddon, openClient } from './addon.ts';
import { startScriptedPartner } from './scripted-partner.ts';
import type { ScriptedPartner } from './scripted-partner.ts';

const echo = 'Z_GANGWAY_TEST_ECHO';

describeWithAddon('a value of the simulated SAP', () => {
  let sap: SapSimulator;
  let client: Client;
  beforeAll(async () => {
    sap = await startSapSimulator({ rfc: true, data: {}, testFunctions: true });
    client = await openClient(sap);
  });
  afterAll(async () => {
    await client.close();
    await sap.close();
  });

  const roundTrip = async (type: string, value: string | number | Buffer): Promise<unknown> =>
    (await client.call(echo, { [`I_${type}`]: value }))[`E_${type}`];

  test.each<[string, string | number | Buffer, string | number | Buffer]>([
    ['CHAR10', 'ABCDEFGHIJ', 'ABCDEFGHIJ'],
    ['CHAR10', '  left', '  left'],
    ['CHAR10', 'right   ', 'right'],
    ['CHAR10', '', ''],
    ['CHAR255', '登録😀"\\\t', '登録😀"\\'],
    ['NUMC10', '4711', '0000004711'],
    ['NUMC18', '999999999999999999', '999999999999999999'],
    ['DATS', '20240229', '20240229'],
    ['DATS', '00000000', '00000000'],
    ['DATS', '', '00000000'],
    ['DATS', '99991231', '99991231'],
    ['TIMS', '235959', '235959'],
    ['DEC5', '-99999', '-99999'],
    ['DEC23', '0', '0.0000'],
    ['DEC23', '-0.00005', '-0.0001'],
    ['DEC23', '1234567890123456789.1234', '1234567890123456789.1234'],
    ['DEC31', '12345678901234567.12345678901234', '12345678901234567.12345678901234'],
    ['CURR', '1e3', '1000.00'],
    ['QUAN', '.5', '0.500'],
    ['INT1', 255, 255],
    ['INT2', -32768, -32768],
    ['INT4', -2147483648, -2147483648],
    ['INT8', 2147483647, 2147483647],
    ['FLTP', 0.1, 0.1],
    ['FLTP', 1.7976931348623157e308, 1.7976931348623157e308],
    ['FLTP', -5e-324, -5e-324],
    ['RAW3', Buffer.from([1, 0, 255]), Buffer.from([1, 0, 255])],
    ['RAW3', Buffer.from([7]), Buffer.from([7, 0, 0])],
    ['STRING', 'x'.repeat(100_000), 'x'.repeat(100_000)],
    ['XSTRING', Buffer.alloc(70_000, 7), Buffer.alloc(70_000, 7)],
    ['XSTRING', Buffer.alloc(0), Buffer.alloc(0)],
  ])('of type %s goes there and comes back', async (type, given, expected) => {
    expect(await roundTrip(type, given)).toEqual(expected);
  });

  test('of type CHAR is cut to its length without a word', async () => {
    expect(await roundTrip('CHAR10', 'ABCDEFGHIJK')).toBe('ABCDEFGHIJ');
  });

  test('of type CHAR is cut in the middle of a character too, which then is none any more', async () => {
    expect(await roundTrip('CHAR1', '😀')).toBe('\ufffd');
  });

  test.each<[string, string | number]>([
    ['NUMC10', '12345678901'],
    ['NUMC10', '12A'],
    ['DEC5', '100000'],
    ['CURR', '99999999999999.99'],
    ['CURR', '1,5'],
    ['DATS', '29.02.24'],
    ['TIMS', '1:00'],
    ['INT1', -1],
  ])('of type %s is refused when it does not fit: %s', async (type, value) => {
    await expect(roundTrip(type, value)).rejects.toMatchObject({ code: 22, group: 5, key: 'RFC_CONVERSION_FAILURE' });
  });

  test('that nobody set is initial', async () => {
    const answer = await client.call(echo, {});
    expect(answer).toMatchObject({ E_DATS: '00000000', E_TIMS: '000000', E_CURR: '0.00', E_INT8: 0, E_NUMC1: '0' });
    expect(answer).toMatchObject({ E_RAW3: Buffer.alloc(3), E_STRING: '', E_XSTRING: Buffer.alloc(0), ET_ALL: [] });
  });

  test('in structures and tables goes there and comes back', async () => {
    const row = {
      CHAR10_FIELD: 'Ä',
      DATS_FIELD: '20240229',
      CURR_FIELD: '-12.50',
      RAW3_FIELD: Buffer.from('abc'),
      STRING_FIELD: 's',
    };
    const answer = await client.call(echo, { IS_ALL: row, IT_ALL: [row, {}, row], CV_COUNT: 4 });
    expect(answer).toMatchObject({
      ES_ALL: row,
      ET_ALL: [row, { CHAR10_FIELD: '', CURR_FIELD: '0.00' }, row],
      CV_COUNT: 4,
    });
  });
});

describeWithAddon('a value of a type that ECC does not have', () => {
  let partner: ScriptedPartner;
  let client: Client;
  beforeAll(async () => {
    partner = await startScriptedPartner();
    client = await partner.openClient();
  });
  afterAll(async () => {
    await client.close();
    await partner.close();
  });

  test.each<[string, string, string]>([
    ['DECF16', '0', '0'],
    ['DECF16', '1.50', '1.50'],
    ['DECF16', '12345678901234567', '1.234567890123457E+16'],
    ['DECF34', '1234567890123456789012345678901234', '1234567890123456789012345678901234'],
    ['DECF34', '-1e-6000', '-1E-6000'],
    ['UTCLONG', '2024-02-29T23:59:59.1234567', '2024-02-29T23:59:59.1234567'],
  ])('%s goes there and comes back', async (type, given, expected) => {
    expect((await client.call('Z_NEW_TYPES', { [`I_${type}`]: given }))[`E_${type}`]).toBe(expected);
  });

  test('UTCLONG in another form is refused as SAP does it', async () => {
    await expect(client.call('Z_NEW_TYPES', { I_UTCLONG: '1' })).rejects.toMatchObject({
      code: 22,
      message: 'Cannot convert 1 to RFCTYPE_UTCLONG : illegal format',
    });
  });

  test('a table of plain values and a table within a row', async () => {
    const given = {
      I_PLAIN: [Buffer.from('0102', 'hex')],
      I_NESTED: [{ NAME: 'a', PARTS: [{ NAME: 'b' }, { NAME: 'c' }] }],
    };
    expect(await client.call('Z_NEW_TYPES', given)).toMatchObject({ E_PLAIN: given.I_PLAIN, E_NESTED: given.I_NESTED });
  });
});
