/** The catalogue: every failure has words for people and a next step. */
import { describe, expect, test } from '@jest/globals';
import { catalogue, GatewayError, toGatewayError } from '../../src/errors/index.ts';

describe.each(Object.entries(catalogue))('%s', (code, entry) => {
  test('says what happened in a sentence, even without facts', () => {
    const sentence = entry.message({});
    expect(sentence).toMatch(/^[A-Z].*[.:!]\s*$/s);
    expect(sentence).not.toContain('undefined');
  });

  test('says what to do', () => {
    expect(entry.advice.length).toBeGreaterThan(10);
  });

  test('has a status that fits its disposition', () => {
    if (entry.disposition === 'verify') expect(entry.status).toBe(202);
    if (entry.disposition === 'retry') expect([408, 429, 502, 503, 504, 507]).toContain(entry.status);
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });
});

test('shows customer numbers as the screens of SAP do', () => {
  const sentence = (customerNumber: string): string => catalogue.SAP_STEP_NOT_WRITTEN.message({ customerNumber });
  expect(sentence('0000104711')).toMatch(/^SAP customer 104711 exists/);
  expect(sentence('WEB4711')).toMatch(/^SAP customer WEB4711 exists/);
  expect(sentence('00AB')).toMatch(/^SAP customer 00AB exists/);
});

test('the cause is kept', () => {
  const cause = new Error('socket hang up');
  expect(new GatewayError('SAP_UNREACHABLE', {}, cause).cause).toBe(cause);
});

test('anything that is not ours becomes INTERNAL with its cause', () => {
  const thrown = new TypeError('x is not a function');
  const error = toGatewayError(thrown);
  expect(error.code).toBe('INTERNAL');
  expect(error.cause).toBe(thrown);
  expect(error.message).not.toContain('x is not');
});
