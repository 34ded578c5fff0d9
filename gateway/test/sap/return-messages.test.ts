/** RETURN in every flavour, and what its messages mean. */
import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../src/sap/errors.ts';
import { isRefusal, lockHolderOf, messagesOf, readMessages } from '../../src/sap/return-messages.ts';

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
    ['MC', '602', 'SAP_OBJECT_LOCKED'],
    ['F2', '042', 'SAP_OBJECT_LOCKED'],
    ['V1', '042', 'SAP_OBJECT_LOCKED'],
    ['ZGANGWAY', '010', 'SAP_SHORT_DUMP'],
    ['ZGANGWAY', '011', 'LEASE_LOST'],
    ['ZGANGWAY', '014', 'SAP_CONTACT_UNKNOWN'],
    ['ZGANGWAY', '004', 'SAP_REFUSED'],
    ['ZGANGWAY', '015', 'SAP_REFUSED'],
    ['ZGANGWAY', '016', 'SAP_REFUSED'],
    ['OTHER', '011', 'SAP_REFUSED'],
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

describe('who holds a lock', () => {
  const holder = (row: Record<string, string>): string | undefined =>
    lockHolderOf({ ET_RETURN: [{ TYPE: 'E', MESSAGE: 'Locked by &, gesperrt durch &', ...row }] });
  const pack = { ID: 'ZGANGWAY', NUMBER: '007', MESSAGE_V1: '0000104711' };

  test.each([
    ['the pack', { ...pack, MESSAGE_V2: 'SMITH' }],
    ['the enqueue server', { ID: 'MC', NUMBER: '601', MESSAGE_V1: 'SMITH' }],
    ['the customer master', { ID: 'F2', NUMBER: '042', MESSAGE_V1: '104711', MESSAGE_V2: 'SMITH' }],
    ['sales, in the old form with one code', { CODE: 'V1042', MESSAGE_V1: '5', MESSAGE_V2: 'SMITH' }],
  ])('is read from the variable of %s', (_who, row) => {
    expect(holder(row)).toBe('SMITH');
  });

  test('is unknown where the message does not carry it', () => {
    expect(holder({ ID: 'ZGANGWAY', NUMBER: '002', MESSAGE_V2: 'SMITH' })).toBeUndefined();
    expect(holder(pack)).toBeUndefined();
    expect(holder({ ...pack, MESSAGE_V2: 'two words' })).toBeUndefined();
    expect(holder({ ...pack, MESSAGE_V2: 'THIRTEENCHARS' })).toBeUndefined();
    expect(holder({ ...pack, TYPE: 'W', MESSAGE_V2: 'SMITH' })).toBeUndefined();
    expect(holder({ ID: 'constructor', NUMBER: '', MESSAGE_V2: 'SMITH' })).toBeUndefined();
    expect(lockHolderOf({})).toBeUndefined();
  });

  test('is read from a single RETURN too, and from the row that has it', () => {
    const locked = { TYPE: 'E', ...pack, MESSAGE_V2: 'SMITH' };
    expect(lockHolderOf({ RETURN: locked })).toBe('SMITH');
    expect(lockHolderOf({ ET_RETURN: [{ TYPE: 'E', ID: 'F2', NUMBER: '001' }, locked] })).toBe('SMITH');
  });
});
