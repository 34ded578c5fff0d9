/** Identifiers: what is padded, what is refused, and that org ids have one form inside. */
import { describe, expect, test } from '@jest/globals';
import { customerNumber, documentNumber, idempotencyKey, orgId, sapSystemId } from '../../src/model/index.ts';

describe('customer numbers', () => {
  test.each([
    ['104711', '0000104711'],
    ['0000104711', '0000104711'],
    ['WEB4711', 'WEB4711'],
    ['web4711', 'WEB4711'],
    ['1', '0000000001'],
  ])('%s is kept as %s', (given, kept) => {
    expect(customerNumber.parse(given)).toBe(kept);
  });

  test.each([
    '',
    '0',
    '0000000000',
    '12345678901',
    '47 11',
    '47-11',
    "4711'",
    '4711\n',
    '４７１１',
    '../4711',
    '4711%00',
  ])('%j is refused', (given) => {
    expect(customerNumber.safeParse(given).success).toBe(false);
  });
});

test('a document number is padded like a customer number', () => {
  expect(documentNumber.parse('90000123')).toBe('0090000123');
});

test.each(['ERPCLNT100', 'P/1_A'])('%s is a logical system', (given) => {
  expect(sapSystemId.parse(given)).toBe(given);
});

test.each(['', 'erpclnt100', 'ERPCLNT1000', 'ERP CLNT'])('%j is no logical system', (given) => {
  expect(sapSystemId.safeParse(given).success).toBe(false);
});

describe('org ids', () => {
  test('the 15-character form becomes the 18-character one', () => {
    expect(orgId.parse('00D000000000062')).toBe('00D000000000062EAA');
  });

  test('the 18-character form stays, and a wrong checksum is put right', () => {
    expect(orgId.parse('00D000000000062EAA')).toBe('00D000000000062EAA');
    expect(orgId.parse('00D000000000062AAA')).toBe('00D000000000062EAA');
  });

  test('ids that differ only in case are different orgs', () => {
    expect(orgId.parse('00D5g000004GANg')).not.toBe(orgId.parse('00D5g000004GANG'));
  });

  test.each(['', '00D5g000004GAN', '0015g000004GANg', '00D5g000004GANg1', '00D5g000004GAN!'])(
    '%j is refused',
    (given) => {
      expect(orgId.safeParse(given).success).toBe(false);
    },
  );
});

test.each(['short', 'a'.repeat(61), 'customer create', ':customer.create', 'customer.create:001\n'])(
  'the idempotency key %j is refused',
  (given) => {
    expect(idempotencyKey.safeParse(given).success).toBe(false);
  },
);

test('the key of an Account is an idempotency key', () => {
  expect(idempotencyKey.safeParse('customer.create:0015g00000AbCdEAAV').success).toBe(true);
});
