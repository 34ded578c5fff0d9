/** What Salesforce says about a row, in our words and in its own. */
import { describe, expect, test } from '@jest/globals';
import { toRowError } from '../../../src/salesforce/records/ingest-job.ts';
import { toOutcome } from '../../../src/salesforce/records/row-failures.ts';
import { readFailedRows } from '../../../src/salesforce/records/row-results.ts';
import type { ParentReference } from '../../../src/salesforce/records/rows.ts';
import { key, system } from './records.ts';

const error = (code: string, message = 'Own words', fields: string[] = []) => ({ code, message, fields });
const row = { system, parents: [], keyField: 'SAP_Key__c' };

test.each([
  ['UNABLE_TO_LOCK_ROW', 'SALESFORCE_ROW_LOCKED', 'retry'],
  ['ENTITY_IS_LOCKED_BY_TRANSACTION', 'SALESFORCE_ROW_LOCKED', 'retry'],
  ['REQUEST_LIMIT_EXCEEDED', 'SALESFORCE_LIMIT_REACHED', 'retry'],
  ['STORAGE_LIMIT_EXCEEDED', 'SALESFORCE_STORAGE_FULL', 'retry'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'SALESFORCE_NOT_AUTHORIZED', 'hold'],
  ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'SALESFORCE_NOT_AUTHORIZED', 'hold'],
  ['INVALID_FIELD', 'SALESFORCE_MAPPING_INVALID', 'hold'],
  ['INVALID_FIELD_FOR_INSERT_UPDATE', 'SALESFORCE_MAPPING_INVALID', 'hold'],
  ['REQUIRED_FIELD_MISSING', 'SALESFORCE_VALUE_REFUSED', 'hold'],
  ['STRING_TOO_LONG', 'SALESFORCE_VALUE_REFUSED', 'hold'],
  ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'SALESFORCE_VALUE_REFUSED', 'hold'],
  ['NUMBER_OUTSIDE_VALID_RANGE', 'SALESFORCE_VALUE_REFUSED', 'hold'],
  ['INVALID_EMAIL_ADDRESS', 'SALESFORCE_VALUE_REFUSED', 'hold'],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'SALESFORCE_RULE_REFUSED', 'hold'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'SALESFORCE_RULE_REFUSED', 'hold'],
  ['CANNOT_EXECUTE_FLOW_TRIGGER', 'SALESFORCE_RULE_REFUSED', 'hold'],
  ['DUPLICATE_VALUE', 'SALESFORCE_DUPLICATE_FOUND', 'hold'],
  ['DUPLICATES_DETECTED', 'SALESFORCE_DUPLICATE_FOUND', 'hold'],
  ['ENTITY_IS_DELETED', 'SALESFORCE_RECORD_GONE', 'hold'],
  ['SOMETHING_NEW', 'SALESFORCE_FAILED', 'retry'],
  ['__proto__', 'SALESFORCE_FAILED', 'retry'],
])('%s is %s, to be ended by %s, with the words kept', (theirs, code, disposition) => {
  expect(toOutcome([error(theirs, 'Own words', ['Name'])], row)).toMatchObject({
    ended: 'failed',
    error: { code, disposition, context: { message: 'Own words', field: 'Name', salesforceCode: theirs } },
  });
});

test('a lock within the words of somebody else’s trigger is a lock', () => {
  const message =
    'AccountTrigger: System.DmlException: Update failed; first error: UNABLE_TO_LOCK_ROW, unable to obtain';
  expect(toOutcome([error('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message)], row)).toMatchObject({
    error: { code: 'SALESFORCE_ROW_LOCKED' },
  });
});

test('a rule that quotes the key of a parent does not say that it is missing', () => {
  const parents = [{ key: key('customer', '0000104711'), object: 'Account', keyField: 'SAP_Customer_Key__c' }];
  const said = error('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Not for ERPCLNT100:0000104711');
  expect(toOutcome([said], { ...row, parents })).toMatchObject({
    ended: 'failed',
    error: { code: 'SALESFORCE_RULE_REFUSED' },
  });
});

test('words are kept on one line, and not without end', () => {
  const outcome = toOutcome([error('X_Y', `a\u0000\nb ${'c'.repeat(1_000)}`)], row);
  expect(outcome).toMatchObject({ error: { context: { message: expect.stringMatching(/^a b c{496}$/) } } });
});

test('a key that somebody else has just taken is found by the next attempt; another unique field is a duplicate', () => {
  const taken = (name: string) =>
    toOutcome(
      [error('DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: 001`)],
      row,
    );
  expect(taken('SAP_Key__c')).toMatchObject({ error: { code: 'SALESFORCE_ROW_LOCKED', disposition: 'retry' } });
  expect(taken('Other_Key__c')).toMatchObject({ error: { code: 'SALESFORCE_DUPLICATE_FOUND' } });
  const empty = error('REQUIRED_FIELD_MISSING', 'SAP_Key__c is missing', ['SAP_Key__c']);
  expect(toOutcome([empty], row)).toMatchObject({ error: { code: 'SALESFORCE_VALUE_REFUSED' } });
});

describe('the marker of the package', () => {
  const marked = (message: string) => toOutcome([error('FIELD_CUSTOM_VALIDATION_EXCEPTION', message)], row);

  test('says which facets are older', () => {
    expect(marked('SAP_ARRIVAL_OLDER:credit,master')).toEqual({ ended: 'older', facets: ['credit', 'master'] });
    expect(marked('SAP_ARRIVAL_OLDER: credit , weather')).toEqual({ ended: 'older', facets: ['credit'] });
  });
  test('says that no new record is wanted', () => {
    expect(marked('SAP_ARRIVAL_UNWANTED:No new Accounts.')).toEqual({ ended: 'unwanted', reason: 'No new Accounts.' });
    expect(marked('SAP_ARRIVAL_UNWANTED:')).toMatchObject({ ended: 'unwanted', reason: expect.stringMatching(/./) });
  });
  test('says which request is creating the customer', () => {
    expect(marked('SAP_CUSTOMER_BEING_CREATED:SR-000012')).toMatchObject({
      error: { code: 'CUSTOMER_BEING_CREATED', context: { system, request: 'SR-000012' } },
    });
  });
  test('counts before what other rules say', () => {
    const errors = [error('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Phone?'), error('X', 'SAP_ARRIVAL_OLDER:master')];
    expect(toOutcome(errors, row)).toEqual({ ended: 'older', facets: ['master'] });
  });
  test('is none in the middle of a sentence', () => {
    expect(marked('The name SAP_ARRIVAL_OLDER:master is taken')).toMatchObject({
      error: { code: 'SALESFORCE_RULE_REFUSED' },
    });
  });
});

describe('a parent that is missing', () => {
  const parent = (
    kind: 'customer' | 'order' | 'order-item' | 'delivery',
    id: string,
    object: string,
  ): ParentReference => ({
    key: key(kind, id),
    object,
    keyField: object === 'Account' ? 'SAP_Customer_Key__c' : 'SAP_Key__c',
  });
  const customer = parent('customer', '0000104711', 'Account');
  const order = parent('order', '0000000001', 'SAP_Order__c');
  const item = parent('order-item', '0000000001/000010', 'SAP_Order_Item__c');
  const delivery = parent('delivery', '0000000001', 'SAP_Delivery__c');
  const missing = (message: string, parents: ParentReference[]) =>
    toOutcome([error('INVALID_FIELD', message)], { ...row, parents });

  test.each([
    [
      'Foreign key external ID: erpclnt100:0000104711 not found for field SAP_Customer_Key__c in entity Account',
      customer,
    ],
    ['Externe Fremdschlüssel-ID: ERPCLNT100:0000104711 wurde für Feld SAP_Customer_Key__c nicht gefunden', customer],
    [
      'Foreign key external ID: erpclnt100:0000000001/000010 not found for field SAP_Key__c in entity SAP_Order_Item__c',
      item,
    ],
    ['Foreign key external ID: erpclnt100:0000000001 not found for field SAP_Key__c in entity SAP_Order__c', order],
    [
      'Foreign key external ID: erpclnt100:0000000001 not found for field SAP_Key__c in entity SAP_Delivery__c',
      delivery,
    ],
  ])('is named by its id: %s', (message, expected) => {
    expect(missing(message, [delivery, customer, order, item])).toEqual({
      ended: 'parent-missing',
      parent: expected.key,
    });
  });

  test('is none where no parent of the row is named', () => {
    expect(missing('No such column', [customer])).toMatchObject({ error: { code: 'SALESFORCE_MAPPING_INVALID' } });
  });
});

test.each([
  [
    'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [Name]',
    ['Name'],
  ],
  [
    'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--',
    'UNABLE_TO_LOCK_ROW',
    'unable to obtain exclusive access to this record',
    [],
  ],
  [
    'INVALID_FIELD:Foreign key external ID: s:1 not found for field K__c in entity Account:--',
    'INVALID_FIELD',
    'Foreign key external ID: s:1 not found for field K__c in entity Account',
    [],
  ],
  [
    'STRING_TOO_LONG:A: data value too large: x, y (max length=5):A__c B__c --',
    'STRING_TOO_LONG',
    'A: data value too large: x, y (max length=5)',
    ['A__c', 'B__c'],
  ],
  ['InvalidBatch : Field name not found : X__c', 'InvalidBatch', 'Field name not found : X__c', []],
  [
    'FIELD_CUSTOM_VALIDATION_EXCEPTION:SAP_ARRIVAL_OLDER:credit,master:--',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'SAP_ARRIVAL_OLDER:credit,master',
    [],
  ],
  ['something else', '', 'something else', []],
])('the error of a line of Bulk API is read: %s', (words, code, message, fields) => {
  expect(toRowError(words)).toEqual({ code, message, fields });
});

test('results of rows that cannot be read count as a failure, never as rows that all went well', () => {
  expect(readFailedRows({ httpStatusCode: 200, body: [{ success: true, id: '001' }] })).toEqual([]);
  for (const body of [undefined, {}, [{ id: '001' }]])
    expect(readFailedRows({ httpStatusCode: 200, body })).toMatchObject([{ code: expect.stringMatching(/./) }]);
});
