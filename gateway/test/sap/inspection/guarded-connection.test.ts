/** What stands between the code and SAP: the allow list, the right system, functions that have changed. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError, toGatewayError } from '../../../src/errors/index.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import type { SapFeature } from '../../../src/model/index.ts';
import type { CallOptions, SapConnection } from '../../../src/ports/index.ts';
import { AllowList } from '../../../src/sap/authorizations/allow-list.ts';
import { Findings } from '../../../src/sap/inspection/findings.ts';
import { guardConnection } from '../../../src/sap/inspection/guarded-connection.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { Script } from '../fakes/scripted-connection.ts';

const answers = (...names: readonly string[]): Script => Object.fromEntries(names.map((name) => [name, () => ({})]));
const as = (effect: CallOptions['effect']): CallOptions => ({ effect, deadline: Deadline.in(systemClock, 5_000) });

function guarded(script: Script, { features, published = [] }: { features?: SapFeature[]; published?: string[] } = {}) {
  const inner = scriptedConnection(script);
  const stateful: SapConnection = { ...inner, inOneSession: (work) => work(inner) };
  const findings = new Findings(sapSystemId.parse('ERPCLNT100'));
  const allowList = new AllowList({ features, published: () => new Set(published) });
  const connection = guardConnection(stateful, { allowList, findings });
  return { connection, findings, asked: () => inner.asked.map(({ functionName }) => functionName) };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => toGatewayError(thrown).code,
  );

describe('the allow list', () => {
  test('refuses a function of no enabled feature before anything is sent', async () => {
    const { connection, asked } = guarded(answers('BAPI_CUSTOMER_FIND'), { features: ['credit'] });
    const call = connection.call('BAPI_CUSTOMER_FIND', {}, as('read'));
    await expect(call).rejects.toMatchObject({
      code: 'SAP_FUNCTION_NOT_ALLOWED',
      context: { functionName: 'BAPI_CUSTOMER_FIND' },
    });
    expect(asked()).toEqual([]);
  });

  test('refuses a function that nobody knows, also with every feature on', async () => {
    const { connection, asked } = guarded(answers('RFC_ABAP_INSTALL_AND_RUN'));
    expect(await codeOf(connection.call('RFC_ABAP_INSTALL_AND_RUN', {}, as('write')))).toBe('SAP_FUNCTION_NOT_ALLOWED');
    expect(asked()).toEqual([]);
  });

  test('holds inside one ABAP session too', async () => {
    const { connection, asked } = guarded(answers('BAPI_X'));
    const work = connection.inOneSession((session) => session.call('BAPI_X', {}, as('read')));
    expect(await codeOf(work)).toBe('SAP_FUNCTION_NOT_ALLOWED');
    expect(asked()).toEqual([]);
  });

  test('lets the functions of published services through while the feature is on', async () => {
    const published = ['BAPI_X', 'BAPI_TRANSACTION_COMMIT'];
    const script = answers('BAPI_X', 'BAPI_TRANSACTION_COMMIT', 'Z_GANGWAY_VERSION');
    const on = guarded(script, { published });
    expect(await codeOf(on.connection.call('BAPI_X', {}, as('read')))).toBe('done');
    expect(await codeOf(on.connection.call('BAPI_TRANSACTION_COMMIT', {}, as('write')))).toBe('done');
    expect(await codeOf(on.connection.call('BAPI_TRANSACTION_ROLLBACK', {}, as('write')))).toBe(
      'SAP_FUNCTION_NOT_ALLOWED',
    );
    const off = guarded(script, { features: ['credit'], published });
    expect(await codeOf(off.connection.call('BAPI_X', {}, as('read')))).toBe('SAP_FUNCTION_NOT_ALLOWED');
  });

  test.each([
    ['TVAKT', ['texts'], 'done'],
    ['TCURX', ['texts'], 'done'],
    ['KNVP', ['partners'], 'done'],
    ['KNVP', ['texts'], 'SAP_FUNCTION_NOT_ALLOWED'],
    ['TVAKT', ['partners'], 'SAP_FUNCTION_NOT_ALLOWED'],
    ['USR02', ['texts', 'partners'], 'SAP_FUNCTION_NOT_ALLOWED'],
    ['tvakt', ['texts'], 'SAP_FUNCTION_NOT_ALLOWED'],
    ['', ['texts'], 'SAP_FUNCTION_NOT_ALLOWED'],
  ] as const)('reads table %s with features %j: %s', async (table, features, outcome) => {
    const { connection } = guarded(answers('RFC_READ_TABLE'), { features: [...features] });
    expect(await codeOf(connection.call('RFC_READ_TABLE', { QUERY_TABLE: table }, as('read')))).toBe(outcome);
  });

  test('gives a published service no other tables', async () => {
    const { connection } = guarded(answers('RFC_READ_TABLE'), { published: ['RFC_READ_TABLE'] });
    const outcome = codeOf(connection.call('RFC_READ_TABLE', { QUERY_TABLE: 'USR02' }, as('read')));
    expect(await outcome).toBe('SAP_FUNCTION_NOT_ALLOWED');
  });
});

describe('another SAP system', () => {
  const pack = (logicalSystem: string): Script => ({
    ...answers('Z_GANGWAY_CUSTOMER_CREATE', 'Z_GANGWAY_KEY_READ', 'BAPI_CUSTOMER_GETDETAIL2', 'RFC_PING'),
    Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.2.0', E_LOGSYS: logicalSystem }),
  });

  test.each([
    ['Z_GANGWAY_CUSTOMER_CREATE', 'write'],
    ['Z_GANGWAY_KEY_READ', 'read'],
  ] as const)('gets no %s: it is asked who it is before the first one', async (functionName, effect) => {
    const { connection, asked } = guarded(pack('QASCLNT100'));
    await expect(connection.call(functionName, {}, as(effect))).rejects.toMatchObject({
      code: 'SAP_SYSTEM_MISMATCH',
      context: { system: 'ERPCLNT100', found: 'QASCLNT100' },
    });
    expect(asked()).toEqual(['Z_GANGWAY_VERSION']);
  });

  test('gets no read either from then on, and may still be asked who it is', async () => {
    const { connection } = guarded(pack('QASCLNT100'));
    await connection.call('Z_GANGWAY_VERSION', {}, as('read'));
    expect(await codeOf(connection.call('BAPI_CUSTOMER_GETDETAIL2', {}, as('read')))).toBe('SAP_SYSTEM_MISMATCH');
    expect(await codeOf(connection.call('RFC_PING', {}, as('read')))).toBe('done');
  });

  test('is asked once, in the session of the write', async () => {
    const { connection, asked } = guarded(pack('ERPCLNT100'));
    const create = () => connection.call('Z_GANGWAY_CUSTOMER_CREATE', {}, as('write'));
    await connection.inOneSession((session) => session.call('Z_GANGWAY_CUSTOMER_CREATE', {}, as('write')));
    await create();
    expect(asked()).toEqual(['Z_GANGWAY_VERSION', 'Z_GANGWAY_CUSTOMER_CREATE', 'Z_GANGWAY_CUSTOMER_CREATE']);
  });

  test.each([
    ['an older pack', () => ({ E_VERSION: '1.1.0' })],
    ['a client without a logical system', () => ({ E_VERSION: '1.2.0', E_LOGSYS: '' })],
    ['no pack', () => new GatewayError('SAP_FUNCTION_MISSING')],
    ['no right to the pack', () => new GatewayError('SAP_NOT_AUTHORIZED')],
  ])('is not guessed: %s', async (_title, version) => {
    const { connection } = guarded({ ...pack(''), Z_GANGWAY_VERSION: version });
    expect(await codeOf(connection.call('Z_GANGWAY_CUSTOMER_CREATE', {}, as('write')))).toBe('done');
  });

  test('that cannot be asked now gets no write, and is asked again', async () => {
    let isAway = true;
    const { connection } = guarded({
      ...pack(''),
      Z_GANGWAY_VERSION: () => (isAway ? new GatewayError('SAP_UNREACHABLE') : { E_LOGSYS: 'QASCLNT100' }),
    });
    const create = () => codeOf(connection.call('Z_GANGWAY_CUSTOMER_CREATE', {}, as('write')));
    expect(await create()).toBe('SAP_UNREACHABLE');
    isAway = false;
    expect(await create()).toBe('SAP_SYSTEM_MISMATCH');
  });
});

describe('a function that differs', () => {
  test('is refused with its first difference, the others go on, and it is used again when it is repaired', async () => {
    const { connection, findings, asked } = guarded(answers('BAPI_CUSTOMER_FIND', 'BAPI_CUSTOMER_GETLIST'));
    const find = () => connection.call('BAPI_CUSTOMER_FIND', {}, as('read'));
    findings.noteFunction('BAPI_CUSTOMER_FIND', ['MAX_CNT: expected an integer, SAP has a date.', 'PL_HOLD: gone.']);
    await expect(find()).rejects.toMatchObject({
      code: 'SAP_INTERFACE_CHANGED',
      context: { reason: 'MAX_CNT: expected an integer, SAP has a date (and 1 more)' },
    });
    expect(await codeOf(connection.call('BAPI_CUSTOMER_GETLIST', {}, as('read')))).toBe('done');
    findings.noteFunction('BAPI_CUSTOMER_FIND', []);
    await find();
    expect(asked()).toEqual(['BAPI_CUSTOMER_GETLIST', 'BAPI_CUSTOMER_FIND']);
  });

  test.each(['RFC_GET_FUNCTION_INTERFACE', 'DDIF_FIELDINFO_GET', 'Z_GANGWAY_VERSION'])(
    'is not refused when it is %s: a repair could never be seen',
    async (functionName) => {
      const { connection, findings } = guarded(answers(functionName));
      findings.noteFunction(functionName, ['It differs.']);
      expect(await codeOf(connection.call(functionName, {}, as('read')))).toBe('done');
    },
  );
});
