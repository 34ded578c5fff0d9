/** RETURN in every flavour, and what its messages mean. */
import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../src/sap/errors.ts';
import { isRefusal, messagesOf, readMessages } from '../../src/sap/return-messages.ts';

describe('RETURN', () => {
  test('BAPIRETURN has class and number in one code', () => {
    expect(readMessages({ TYPE: 'E', CODE: 'F2153', MESSAGE: 'No such customer' })).toEqual([
      { type: 'E', id: 'F2', number: '153', text: 'No such customer' },
    ]);
  });

  test('BAPIRET2 names the field, and a table may hold many', () => {
    const rows = [
      { TYPE: 'S', ID: 'ZGANGWAY', NUMBER: '001', MESSAGE: 'Created' },
      { TYPE: 'W', ID: 'F2', NUMBER: '001', MESSAGE: 'Look', PARAMETER: 'IS_GENERAL', FIELD: 'STCEG' },
    ];
    expect(readMessages(rows)).toEqual([
      { type: 'S', id: 'ZGANGWAY', number: '001', text: 'Created' },
      { type: 'W', id: 'F2', number: '001', text: 'Look', field: 'STCEG' },
    ]);
  });

  test('an initial structure says nothing, whatever zeros stand in it', () => {
    expect(readMessages({ TYPE: '', CODE: '', NUMBER: '000', MESSAGE: '' })).toEqual([]);
    expect(readMessages(undefined)).toEqual([]);
  });

  test('only E, A and X refuse; a warning is still saved, and silence proves nothing either way', () => {
    const of = (type: string): boolean => isRefusal(readMessages({ TYPE: type, MESSAGE: 'x' }));
    expect(['S', 'I', 'W', 'E', 'A', 'X'].map(of)).toEqual([false, false, false, true, true, true]);
    expect(isRefusal(messagesOf({ RETURN: [], ET_RETURN: [{ TYPE: 'A', MESSAGE: 'x' }] }))).toBe(true);
  });
});

describe('refusals', () => {
  const codeOf = (id: string, number: string): string =>
    refusal([{ type: 'E', id, number, text: '' }], { functionName: 'X' }).code;

  test.each([
    ['ZGANGWAY', '002', 'SAP_OBJECT_LOCKED'],
    ['ZGANGWAY', '007', 'SAP_OBJECT_LOCKED'],
    ['MC', '601', 'SAP_OBJECT_LOCKED'],
    ['ZGANGWAY', '003', 'IDEMPOTENCY_KEY_REUSED'],
    ['F2', '153', 'SAP_CUSTOMER_UNKNOWN'],
    ['F2', '543', 'SAP_NOT_AUTHORIZED'],
    ['ZGANGWAY', '009', 'SAP_NOT_AUTHORIZED'],
    ['ZGANGWAY', '004', 'SAP_REFUSED'],
  ])('message %s %s is %s', (id, number, code) => {
    expect(codeOf(id, number)).toBe(code);
  });

  test('a warning with the number of a lock locks nothing', () => {
    const messages = [
      { type: 'W', id: 'MC', number: '601', text: '' },
      { type: 'E', id: 'F2', number: '001', text: '' },
    ] as const;
    expect(refusal(messages, { functionName: 'X' }).code).toBe('SAP_REFUSED');
  });
});
