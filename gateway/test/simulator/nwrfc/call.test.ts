/** Calls and their failures, with the real addon. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Client } from 'node-rfc';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { describeWithAddon, openClient } from './addon.ts';

const text = { class: 'SR', number: '006', text: 'Method = 1', variables: ['one', 'two', 'three', 'four'] };
const failing = (answer: object): object => ({ answers: [answer] });
const functions = {
  Z_RAISE: failing({ exception: 'NOT_FOUND' }),
  Z_RAISE_MESSAGE: failing({ exception: 'NOT_FOUND', message: { type: 'E', ...text } }),
  Z_MESSAGE_E: failing({ message: { type: 'E', ...text } }),
  Z_MESSAGE_A: failing({ message: { type: 'A', ...text } }),
  Z_MESSAGE_X: failing({ message: { type: 'X', ...text } }),
  Z_DUMP: failing({ dump: 'TIME_OUT' }),
};
const messageFields = {
  abapMsgClass: 'SR',
  abapMsgNumber: '006',
  abapMsgV1: 'one',
  abapMsgV2: 'two',
  abapMsgV3: 'three',
  abapMsgV4: 'four',
};

let sap: SapSimulator;
let client: Client;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true, data: { _system: { functions } } });
  client = await openClient(sap);
});
afterEach(async () => {
  await client.close();
  await sap.close();
});

describeWithAddon('a call', () => {
  test('carries structures and tables there and back', async () => {
    const given = {
      RFCFLOAT: 1.25,
      RFCCHAR1: 'A',
      RFCCHAR2: 'BC',
      RFCCHAR4: 'DEFG',
      RFCINT1: 7,
      RFCINT2: -3,
      RFCINT4: 2_147_483_000,
      RFCHEX3: Buffer.from([1, 0, 255]),
      RFCTIME: '235959',
      RFCDATE: '20240229',
      RFCDATA1: 'Übergrößenträger',
      RFCDATA2: '',
    };
    const answer = await client.call('STFC_STRUCTURE', { IMPORTSTRUCT: given, RFCTABLE: [given, given] });
    expect(answer['ECHOSTRUCT']).toEqual(given);
    expect(answer['RFCTABLE']).toEqual([
      given,
      given,
      { ...given, RFCFLOAT: 2.25, RFCINT1: 8, RFCINT2: -2, RFCINT4: 2_147_483_001 },
    ]);
  });

  test('carries a thousand rows', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ RFCINT4: index, RFCDATA1: `row ${index}` }));
    const answer = await client.call('STFC_STRUCTURE', { IMPORTSTRUCT: {}, RFCTABLE: rows });
    expect(answer['RFCTABLE']).toHaveLength(1_001);
    expect(answer['RFCTABLE']).toMatchObject({ 0: { RFCINT4: 0 }, 999: { RFCINT4: 999, RFCDATA1: 'row 999' } });
  });

  test('carries text beyond the first plane of Unicode', async () => {
    const answer = await client.call('STFC_CONNECTION', { REQUTEXT: 'Grüße 登録 😀 e\u0301' });
    expect(answer['ECHOTEXT']).toBe('Grüße 登録 😀 e\u0301');
  });

  test('gets every table back, but not one it does not request', async () => {
    const all = await client.call('BAPI_CUSTOMER_GETLIST', {});
    expect(all['ADDRESSDATA']).toEqual([]);
    const options = { notRequested: ['ADDRESSDATA'] };
    expect(await client.call('BAPI_CUSTOMER_GETLIST', { IDRANGE: [] }, options)).toMatchObject({ ADDRESSDATA: [] });
  });
});

describeWithAddon('a wrong call', () => {
  test.each([
    ['an unknown parameter', 'STFC_CONNECTION', { NOPE: '1' }, { code: 20, message: "field 'NOPE' not found" }],
    ['an unknown field', 'STFC_STRUCTURE', { IMPORTSTRUCT: { NOPE: '1' } }, { code: 20, key: 'RFC_INVALID_PARAMETER' }],
    [
      'text for a number',
      'STFC_STRUCTURE',
      { IMPORTSTRUCT: { RFCFLOAT: 'A' } },
      { code: 22, key: 'RFC_CONVERSION_FAILURE' },
    ],
    ['letters in a date', 'STFC_STRUCTURE', { IMPORTSTRUCT: { RFCDATE: '2024-2-9' } }, { code: 22 }],
  ])('with %s is refused before SAP hears of it', async (_what, name, parameters, expected) => {
    await expect(client.call(name, parameters)).rejects.toMatchObject({ name: 'RfcLibError', group: 5, ...expected });
    expect((await client.call('STFC_CONNECTION', { REQUTEXT: 'x' }))['ECHOTEXT']).toBe('x');
  });

  test('text for a number is described as SAP does it', async () => {
    await expect(client.call('STFC_STRUCTURE', { IMPORTSTRUCT: { RFCFLOAT: 'A' } })).rejects.toMatchObject({
      message: 'Cannot convert string value A at position 0 for the field RFCFLOAT to type RFCTYPE_FLOAT',
    });
  });
});

describeWithAddon('a failing call', () => {
  test.each([
    ['RAISE', 'Z_RAISE', { code: 5, group: 1, key: 'NOT_FOUND', message: ' Number:000' }],
    [
      'MESSAGE RAISING',
      'Z_RAISE_MESSAGE',
      {
        code: 5,
        group: 1,
        key: 'NOT_FOUND',
        message: 'ID:SR Type:E Number:006 one',
        abapMsgType: 'E',
        ...messageFields,
      },
    ],
    [
      'an unknown function',
      'Z_NOPE',
      { code: 5, group: 1, key: 'FU_NOT_FOUND', abapMsgClass: 'FL', abapMsgV1: 'Z_NOPE' },
    ],
  ])('with %s leaves the session alive', async (_what, name, expected) => {
    const before = client.connectionHandle;
    await expect(client.call(name, {})).rejects.toMatchObject({ name: 'ABAPError', ...expected });
    expect(client.connectionHandle).toBe(before);
  });

  test.each([
    ['message E', 'Z_MESSAGE_E', { code: 4, group: 2, key: 'Method = 1', abapMsgType: 'E', ...messageFields }],
    ['message A', 'Z_MESSAGE_A', { code: 4, group: 2, key: 'Method = 1', abapMsgType: 'A', ...messageFields }],
    ['message X', 'Z_MESSAGE_X', { code: 4, group: 2, key: 'MESSAGE_TYPE_X', abapMsgType: 'X', ...messageFields }],
    ['a short dump', 'Z_DUMP', { code: 3, group: 2, key: 'TIME_OUT', message: 'Z_DUMP' }],
  ])('with %s makes the addon open a new session', async (_what, name, expected) => {
    const before = client.connectionHandle;
    await expect(client.call(name, {})).rejects.toMatchObject({ name: 'ABAPError', ...expected });
    expect(client.connectionHandle).not.toBe(before);
    expect(await client.ping()).toBe(true);
  });

  test('without the authorization names the function', async () => {
    sap.addFault({ kind: 'no-authorization', function: 'STFC_CONNECTION', times: 1 });
    await expect(client.call('STFC_CONNECTION', { REQUTEXT: 'x' })).rejects.toMatchObject({
      code: 3,
      group: 2,
      key: 'RFC_NO_AUTHORITY',
      message: 'No RFC authorization for function module STFC_CONNECTION',
    });
  });

  test('with an answer that is cut off is a protocol error', async () => {
    sap.addFault({ kind: 'garbage', times: 1 });
    await expect(client.call('STFC_CONNECTION', { REQUTEXT: 'x' })).rejects.toMatchObject({
      name: 'RfcLibError',
      code: 11,
      group: 4,
      key: 'RFC_INVALID_PROTOCOL',
    });
  });
});
