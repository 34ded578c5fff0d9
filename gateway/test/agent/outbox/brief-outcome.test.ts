/** What a visit leaves is bounded, whatever SAP says. */
import { describe, expect, test } from '@jest/globals';
import { briefOutcome } from '../../../src/agent/outbox/brief-outcome.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { idempotencyKey, toProblem } from '../../../src/model/index.ts';
import type { MailboxOutcome } from '../../../src/ports/index.ts';

/** Refused with so many messages of this text. */
function outcomeWith(count: number, text: string): MailboxOutcome {
  const sapMessages = Array.from({ length: count }, () => ({
    type: 'E' as const,
    id: 'ZGANGWAY',
    number: '008',
    text,
  }));
  const issues = Array.from({ length: count }, (_, index) => ({ path: `address.${index}`, message: text }));
  const failure = new GatewayError('SAP_REFUSED', {}, undefined, { sapMessages, issues });
  const id = idempotencyKey.parse('customer.create:0015g00000FJORD');
  const common = { id, kind: 'customer.create' as const, attempts: 1, isRepeat: false, customer: null, contact: null };
  const problem = toProblem(failure, 'brief-1');
  const asOf = '2026-11-21T09:00:00.000Z';
  return { operation: { ...common, state: 'refused', asOf, sapMessages, problem }, correlationId: 'brief-1' };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('an outcome that is left in the org', () => {
  test('is left as it is while it is short', () => {
    const outcome = outcomeWith(3, 'Postal code 123 is not valid for country DE');
    expect(briefOutcome(outcome)).toEqual(outcome);
  });

  test('keeps the first twenty messages, each cut after 220 bytes and between two characters', () => {
    const { operation } = briefOutcome(outcomeWith(500, 'ß€'.repeat(10)));
    expect(operation.sapMessages).toHaveLength(20);
    const [first] = briefOutcome(outcomeWith(1, '€'.repeat(300))).operation.sapMessages;
    expect(first?.text).toBe('€'.repeat(73));
  });

  test.each([
    ['plain', 'x'],
    ['escaped', '"\\'],
    ['controls', '\u0001'],
    ['emoji', '😀'],
  ])('lets a hundred of them stay below 1.5 MB (%s)', (_, text) => {
    const visit = Array.from({ length: 100 }, () => briefOutcome(outcomeWith(1_000, text.repeat(2_000))));
    expect(bytesOf(visit)).toBeLessThan(1_500_000);
    expect(visit[0]?.operation).toMatchObject({ state: 'refused', problem: { code: 'SAP_REFUSED' } });
  });
});
