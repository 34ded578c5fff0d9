/** What the addon rejects with, and what it means: SAP's key before the group. */
import { describe, expect, test } from '@jest/globals';
import { sapError } from '../../../../src/sap/errors.ts';
import {
  endsSession,
  failureOf,
  logonFailureOf,
  readRfcError,
} from '../../../../src/sap/drivers/node-rfc/rfc-errors.ts';

interface Thrown {
  readonly code: number;
  readonly group: number;
  readonly key: string;
  readonly codeString?: string;
  readonly message?: string;
  readonly [abapMsg: string]: unknown;
}
const where = { functionName: 'Z_TEST', sapClient: '100' };
const codesFor = (thrown: unknown): readonly [string, string] => {
  const failure = failureOf(readRfcError(thrown), where);
  return [sapError(failure, 'read').code, sapError(failure, 'write').code];
};

describe('an error of the addon', () => {
  test.each<[string, Thrown, string, string]>([
    [
      'a broken line',
      { code: 1, group: 4, key: 'RFC_COMMUNICATION_FAILURE' },
      'SAP_UNREACHABLE',
      'SAP_OUTCOME_UNKNOWN',
    ],
    ['a closed line', { code: 6, group: 4, key: 'RFC_CLOSED' }, 'SAP_UNREACHABLE', 'SAP_OUTCOME_UNKNOWN'],
    ['a cancelled call', { code: 7, group: 4, key: 'RFC_CANCELED' }, 'SAP_UNREACHABLE', 'SAP_OUTCOME_UNKNOWN'],
    [
      'a handle that is gone',
      { code: 13, group: 5, key: 'RFC_INVALID_HANDLE' },
      'SAP_UNREACHABLE',
      'SAP_OUTCOME_UNKNOWN',
    ],
    ['a dump', { code: 3, group: 2, key: 'COMPUTE_INT_ZERODIVIDE' }, 'SAP_SHORT_DUMP', 'SAP_OUTCOME_UNKNOWN'],
    ['time out in a work process', { code: 3, group: 2, key: 'TIME_OUT' }, 'SAP_SHORT_DUMP', 'SAP_OUTCOME_UNKNOWN'],
    ['no authorization', { code: 3, group: 2, key: 'RFC_NO_AUTHORITY' }, 'SAP_NOT_AUTHORIZED', 'SAP_NOT_AUTHORIZED'],
    [
      'a function that is not remote',
      { code: 3, group: 2, key: 'CALL_FUNCTION_NOT_REMOTE' },
      'SAP_FUNCTION_MISSING',
      'SAP_FUNCTION_MISSING',
    ],
    // A function that calls another one which is missing has begun already.
    [
      'a missing function inside',
      { code: 3, group: 2, key: 'CALL_FUNCTION_NOT_FOUND' },
      'SAP_FUNCTION_MISSING',
      'SAP_OUTCOME_UNKNOWN',
    ],
    ['a missing function', { code: 5, group: 1, key: 'FU_NOT_FOUND' }, 'SAP_FUNCTION_MISSING', 'SAP_FUNCTION_MISSING'],
    ['an exception', { code: 5, group: 1, key: 'NOT_FOUND' }, 'SAP_REFUSED', 'SAP_OUTCOME_UNKNOWN'],
    ['an exception class', { code: 27, group: 1, key: 'ZCX_ORDER' }, 'SAP_REFUSED', 'SAP_OUTCOME_UNKNOWN'],
    [
      'an A message',
      { code: 4, group: 2, key: 'Order is locked', abapMsgType: 'A' },
      'SAP_REFUSED',
      'SAP_OUTCOME_UNKNOWN',
    ],
    [
      'an X message',
      { code: 4, group: 2, key: 'MESSAGE_TYPE_X', abapMsgType: 'X' },
      'SAP_SHORT_DUMP',
      'SAP_OUTCOME_UNKNOWN',
    ],
    [
      'an answer that cannot be converted',
      { code: 22, group: 5, key: 'RFC_CONVERSION_FAILURE' },
      'SAP_ANSWER_UNREADABLE',
      'SAP_OUTCOME_UNKNOWN',
    ],
  ])('%s', (_what, thrown, read, write) => {
    expect(codesFor(thrown)).toEqual([read, write]);
  });

  test.each([
    undefined,
    null,
    'text',
    new TypeError('x'),
    { name: 'nodeRfcError', message: 'request over closed connection' },
  ])('%p has no code, so the connection is given up', (thrown) => {
    expect(codesFor(thrown)).toEqual(['SAP_UNREACHABLE', 'SAP_OUTCOME_UNKNOWN']);
    expect(endsSession(readRfcError(thrown))).toBe(true);
  });

  test('only exceptions leave the session as it is', () => {
    const ends = [1, 2, 3, 4, 5, 6, 7].map((group) => endsSession(readRfcError({ code: 0, group })));
    expect(ends).toEqual([false, true, true, true, true, false, false]);
  });

  test("SAP's message travels along, with class and number", () => {
    const thrown = {
      ...{ code: 5, group: 1, key: 'FOREIGN_LOCK', message: 'ID:F2 Type:E Number:042 0000104711 SMITH' },
      ...{ abapMsgClass: 'F2', abapMsgType: 'E', abapMsgNumber: '042', abapMsgV1: '0000104711', abapMsgV2: 'SMITH' },
    };
    expect(failureOf(readRfcError(thrown), where).messages).toEqual([
      { type: 'E', id: 'F2', number: '042', text: '0000104711 SMITH' },
    ]);
  });

  test('an exception without a message is its name', () => {
    const thrown = { code: 5, group: 1, key: 'TABLE_NOT_AVAILABLE', message: ' Number:000' };
    expect(failureOf(readRfcError(thrown), where).messages[0]?.text).toBe('TABLE_NOT_AVAILABLE');
  });

  test('a broken line is explained by what the system said, without host and route', () => {
    const message = `\nLOCATION    CPIC (TCP/IP) on local host\nERROR       partner '10.1.2.3:3300' not reached\nRC          -10\nERRNO       111\nERRNO TEXT  Connection refused\nCOUNTER     2\n`;
    const thrown = {
      code: 1,
      group: 4,
      key: 'RFC_COMMUNICATION_FAILURE',
      codeString: 'RFC_COMMUNICATION_FAILURE',
      message,
    };
    expect(logonFailureOf(readRfcError(thrown), '100')).toMatchObject({
      group: 'communication',
      reason: 'RFC_COMMUNICATION_FAILURE, Connection refused',
      messages: [],
    });
  });

  test('at the logon, whatever is not a refusal of the user is a way that does not lead to SAP', () => {
    expect(logonFailureOf(readRfcError({ code: 2, group: 3, key: 'RFC_LOGON_FAILURE' }), '100').group).toBe('logon');
    expect(logonFailureOf(readRfcError({ code: 20, group: 5, key: 'RFC_INVALID_PARAMETER' }), '100').group).toBe(
      'communication',
    );
  });
});
