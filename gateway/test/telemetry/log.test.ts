/** The log: one JSON line per event, and nothing in it that belongs to a customer. */
import { expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { createLog, errorFields, silentLog } from '../../src/telemetry/index.ts';
import type { LogLevel } from '../../src/telemetry/index.ts';

function createLines(level: LogLevel = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('agent', { level }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

test('a line is JSON with time, level, program, fields and a sentence', () => {
  const { log, lines } = createLines();
  log.warn({ code: 'SAP_UNREACHABLE' }, 'A call failed');
  expect(lines).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      program: 'agent',
      code: 'SAP_UNREACHABLE',
      message: 'A call failed',
    },
  ]);
});

test('a child carries its correlation id on every line, once', () => {
  const { log, lines } = createLines();
  log.child({ correlationId: 'c-1' }).child({ operation: 'readCredit' }).info({}, 'Asked');
  expect(lines[0]).toMatchObject({ correlationId: 'c-1', operation: 'readCredit' });
});

test('less severe lines than the level are not written', () => {
  const { log, lines } = createLines('warn');
  log.info({}, 'no');
  log.error({}, 'yes');
  expect(lines.map(({ message }) => message)).toEqual(['yes']);
});

test.each(['password', 'token', 'authorization', 'privateKey', 'body', 'draft', 'email', 'name'])(
  'a value that slipped in under %s is removed',
  (field) => {
    const { log, lines } = createLines();
    log.info({ [field]: 'Nordwind Logistik GmbH' }, 'x');
    expect(lines[0]?.[field]).toBe('[removed]');
  },
);

test('a failure says its code and facts, and of its cause only the kind: parsers quote what they read', () => {
  const cause = new SyntaxError('Unexpected token N in "Nordwind Logistik GmbH"');
  const fields = errorFields(new GatewayError('SAP_ANSWER_UNREADABLE', { functionName: 'BAPI_X' }, cause));
  expect(fields).toEqual({
    code: 'SAP_ANSWER_UNREADABLE',
    disposition: 'hold',
    functionName: 'BAPI_X',
    causeKind: 'SyntaxError',
  });
});

test('a bug says where it sits in our code, without its message', () => {
  const cause = new TypeError('Cannot read Nordwind');
  const fields = errorFields(new GatewayError('INTERNAL', {}, cause));
  expect(fields['frames']).toMatch(/log\.test\.ts/);
  expect(JSON.stringify([fields, errorFields(cause)])).not.toContain('Nordwind');
});

test('a system error says its code', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' });
  expect(errorFields(new GatewayError('SAP_UNREACHABLE', {}, cause))['causeKind']).toBe('Error ECONNREFUSED');
  expect(errorFields('a text')).toEqual({ errorKind: 'string' });
});

test('the silent log and its children say nothing', () => {
  expect(() => silentLog.child({ a: 1 }).error({}, 'x')).not.toThrow();
});
