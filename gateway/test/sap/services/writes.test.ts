/** Writes of published services: done once, refused with nothing written, or unknown and looked up; never anything else. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { GatewayError } from '../../../src/errors/index.ts';
import type { SapConnection, SapSession, ServiceAnswer } from '../../../src/ports/index.ts';
import { Workbench } from '../../../src/sap/services/service-workbench.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import { settings } from '../fakes/scripted-system.ts';
import { describeRfc, failureOf, named, shippedFiles, soon, startServices, writeOf } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

const tableRows = z.object({ rows: z.array(z.record(z.string(), z.string())) });
const rowsOf = async (it: ServicesUnderTest, table: string): Promise<readonly Record<string, string>[]> => {
  const answer = await fetch(`${it.simulator.url}/simulator/tables/${table}`);
  return tableRows.parse(await answer.json()).rows;
};

const quotation = {
  orderType: 'AG',
  salesOrganization: '1000',
  distributionChannel: '10',
  division: '00',
  soldTo: '104711',
  requestedDate: '2030-02-01',
  items: [
    { material: 'GW-1010', quantity: '10' },
    { material: 'gw-2040', quantity: '2.5', requestedDate: '2030-03-01' },
  ],
};

describe.each(['soap', 'node-rfc'] as const)('a function that commits itself, by its key: %s', (driver) => {
  const suite = driver === 'soap' ? describe : describeRfc;
  suite('CreateQuotation', () => {
    let it: ServicesUnderTest;
    beforeAll(async () => {
      it = await startServices(driver);
      for (const [name, text] of shippedFiles()) it.put(name, text);
    });
    afterAll(() => it.close());
    afterEach(() => it.simulator.clearFaults());
    const create = (id: string, fence?: number): Promise<ServiceAnswer> =>
      it.sap.services.write(writeOf(id, fence), named('CreateQuotation'), quotation, soon());
    const lookUp = (id: string): Promise<unknown> =>
      it.sap.services.lookUp(writeOf(id), named('CreateQuotation'), quotation, soon());

    test('makes a document with every row where the file says', async () => {
      const { outputs, sapMessages } = await create('q-1');
      const number = String(outputs['documentNumber']).padStart(10, '0');
      expect(sapMessages.at(-1)).toMatchObject({ type: 'S', id: 'ZGANGWAY', number: '018' });
      const items = (await rowsOf(it, 'VBAP')).filter(({ VBELN }) => VBELN === number);
      expect(items).toMatchObject([
        { POSNR: '000010', MATNR: 'GW-1010' },
        { POSNR: '000020', MATNR: 'GW-2040' },
      ]);
    });

    test('gives the first document to who comes again with the key', async () => {
      const first = await create('q-2');
      expect((await create('q-2')).outputs).toMatchObject({ documentNumber: first.outputs['documentNumber'] });
    });

    test('is looked up after a lost answer, and found', async () => {
      it.simulator.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_ORDER_CREATE', times: 1 });
      expect((await failureOf(create('q-3'))).code).toBe('SAP_OUTCOME_UNKNOWN');
      const first = await create('q-3');
      expect(await lookUp('q-3')).toEqual({
        state: 'done',
        outputs: { documentNumber: first.outputs['documentNumber'] },
      });
    });

    test('is not taken for another document that was made under the same key', async () => {
      await create('q-9');
      const other = { ...writeOf('q-9'), contentHash: 'f'.repeat(64) };
      expect(await it.sap.services.lookUp(other, named('CreateQuotation'), quotation, soon())).toEqual({
        state: 'other',
      });
    });

    test('that was cut off before its commit is known not to be there', async () => {
      it.simulator.addFault({ kind: 'cut-before-commit', function: 'Z_GANGWAY_ORDER_CREATE', times: 1 });
      expect((await failureOf(create('q-4'))).code).toBe('SAP_OUTCOME_UNKNOWN');
      expect(await lookUp('q-4')).toEqual({ state: 'none', isFinal: true });
    });

    test('with an old lease is refused by SAP', async () => {
      await create('q-5', 7);
      expect((await failureOf(create('q-6', 6))).code).toBe('LEASE_LOST');
    });

    test('that was looked up under a newer lease comes too late', async () => {
      const found = it.sap.services.lookUp(writeOf('q-8', 20), named('CreateQuotation'), quotation, soon());
      expect(await found).toEqual({ state: 'none', isFinal: true });
      expect((await failureOf(create('q-8', 19))).code).toBe('LEASE_LOST');
    });

    test('whose service has been withdrawn cannot be looked up, which is not "never written"', async () => {
      expect(await it.sap.services.lookUp(writeOf('q-7'), named('Withdrawn'), {}, soon())).toEqual({
        state: 'impossible',
      });
    });
  });
});

describeRfc('a change and its commit in one session', () => {
  let it: ServicesUnderTest;
  const insert = { table: 'ZTEST', row: { ID: { from: 'I_ID' } } };
  const give = (TYPE: string): Record<string, Record<string, string>> => ({
    RETURN: { TYPE, ID: 'ZX', NUMBER: '001', MESSAGE: 'said by SAP' },
  });
  const file = [
    'gangway: 1',
    'name: Insert',
    'summary: Inserts a row',
    'function: Z_INSERT',
    'effect: write',
    'commit: BAPI_TRANSACTION_COMMIT',
    'inputs: [{ name: id, to: I_ID, type: text, required: true }]',
    'outputs: [{ name: id, from: E_ID, type: text }]',
    '',
  ].join('\n');
  beforeAll(async () => {
    it = await startServices('node-rfc', {
      data: { ZTEST: [{ ID: 'FIRST' }] },
      functions: {
        Z_INSERT: {
          importing: ['I_ID CHAR10'],
          exporting: ['E_ID? CHAR10', 'RETURN? BAPIRET2'],
          behaviour: 'echo',
          inserts: [insert],
          answers: [
            { when: { I_ID: 'REFUSED' }, give: give('E') },
            { when: { I_ID: 'ABORTED' }, give: give('A') },
            { when: { I_ID: 'WARNED' }, give: give('W') },
            { when: { I_ID: 'RAISED' }, exception: 'NOT_POSSIBLE' },
            { when: { I_ID: 'DUMPED' }, dump: 'COMPUTE_INT_ZERODIVIDE' },
          ],
        },
      },
    });
    it.put('Insert.yaml', file);
  });
  afterAll(() => it.close());
  afterEach(() => it.simulator.clearFaults());
  const write = (id: string): Promise<ServiceAnswer> =>
    it.sap.services.write(writeOf(id), named('Insert'), { id }, soon());
  const isThere = async (id: string): Promise<boolean> => (await rowsOf(it, 'ZTEST')).some(({ ID }) => ID === id);

  test('is kept', async () => {
    expect((await write('KEPT')).outputs).toEqual({ id: 'KEPT' });
    expect(await isThere('KEPT')).toBe(true);
  });

  test('is kept with a warning, which travels along', async () => {
    expect((await write('WARNED')).sapMessages).toMatchObject([{ type: 'W', text: 'said by SAP' }]);
    expect(await isThere('WARNED')).toBe(true);
  });

  test.each(['REFUSED', 'ABORTED', 'RAISED'])(
    'that SAP does not want (%s) is refused, and nothing is written',
    async (id) => {
      expect((await failureOf(write(id))).code).toBe('SAP_REFUSED');
      expect(await isThere(id)).toBe(false);
      // The session that is used next holds nothing of it.
      await write(`AFTER${id.slice(0, 3)}`);
      expect(await isThere(id)).toBe(false);
    },
  );

  test('that SAP answers late is done: a machine that is slow makes nobody look for its answer', async () => {
    it.simulator.addFault({ kind: 'slow', function: 'Z_INSERT', delayMs: 900, times: 1 });
    it.simulator.addFault({ kind: 'slow', function: 'BAPI_TRANSACTION_COMMIT', delayMs: 900, times: 1 });
    const late = it.sap.services.write(writeOf('LATE'), named('Insert'), { id: 'LATE' }, soon(800));
    expect((await late).outputs).toEqual({ id: 'LATE' });
    expect(await isThere('LATE')).toBe(true);
  });

  test('for which there is no place in time was not sent, and may be sent again', async () => {
    it.simulator.addFault({ kind: 'slow', function: 'Z_INSERT', delayMs: 900, times: 2 });
    const [first, second] = [write('FIRST_ONE'), write('SECOND_ONE')];
    const third = await failureOf(it.sap.services.write(writeOf('THIRD'), named('Insert'), { id: 'THIRD' }, soon(100)));
    expect(third.disposition).toBe('retry');
    await Promise.all([first, second]);
    expect(await isThere('THIRD')).toBe(false);
  });

  test.each([
    ['work-processes-exhausted', 'SAP_WORK_PROCESSES_EXHAUSTED'],
    ['no-authorization', 'SAP_NOT_AUTHORIZED'],
  ] as const)('that SAP refused at the door (%s) is known not to be there', async (kind, code) => {
    it.simulator.addFault({ kind, function: 'Z_INSERT', times: 1 });
    expect((await failureOf(write('AT_DOOR'))).code).toBe(code);
    expect(await isThere('AT_DOOR')).toBe(false);
  });

  test('that ends in a short dump has an unknown outcome, because functions exist that commit half way', async () => {
    expect((await failureOf(write('DUMPED'))).code).toBe('SAP_OUTCOME_UNKNOWN');
    expect(await isThere('DUMPED')).toBe(false);
  });

  test.each(['cut-before-commit', 'cut-after-commit'] as const)(
    'whose commit is not answered (%s) has an unknown outcome',
    async (kind) => {
      it.simulator.addFault({ kind, function: 'BAPI_TRANSACTION_COMMIT', times: 1 });
      const id = kind === 'cut-after-commit' ? 'CUT_LATE' : 'CUT_EARLY';
      expect((await failureOf(write(id))).code).toBe('SAP_OUTCOME_UNKNOWN');
      expect(await isThere(id)).toBe(kind === 'cut-after-commit');
    },
  );

  test('that was cut off before its commit is not there, and not repeated', async () => {
    it.simulator.addFault({ kind: 'cut-before-commit', function: 'Z_INSERT', times: 1 });
    expect((await failureOf(write('CUT_OFF'))).code).toBe('SAP_OUTCOME_UNKNOWN');
    expect(await isThere('CUT_OFF')).toBe(false);
  });
});

/** A connection with sessions, whose commit says what the test wants. */
function withCommit(
  answer: () => object,
  pinged: () => object = () => ({}),
): { readonly connection: SapConnection; readonly calls: string[] } {
  const calls: string[] = [];
  const scripted = scriptedConnection({
    RFC_GET_FUNCTION_INTERFACE: () => ({
      PARAMS: [{ PARAMCLASS: 'I', PARAMETER: 'I_A', EXID: 'C', TABNAME: '', INTLENGTH: '4', OPTIONAL: 'X' }],
    }),
    RFC_PING: () => ({ ...pinged() }),
    Z_CHANGE: () => ({}),
  });
  const session: SapSession = {
    call: async (name, parameters, options) => {
      calls.push(name);
      if (name !== 'BAPI_TRANSACTION_COMMIT') return scripted.call(name, parameters, options);
      return { ...answer() };
    },
  };
  const connection: SapConnection = {
    ...scripted,
    capabilities: { statefulSession: true },
    inOneSession: (work) => work(session),
  };
  return { connection, calls };
}
const change =
  'gangway: 1\nname: Change\nsummary: x\nfunction: Z_CHANGE\neffect: write\ncommit: BAPI_TRANSACTION_COMMIT\n';

test('a write that nobody can look up is not sent where its connection has broken unseen', async () => {
  const { connection, calls } = withCommit(
    () => ({}),
    () => {
      throw new GatewayError('SAP_UNREACHABLE');
    },
  );
  const error = await failureOf(new Workbench(connection, settings, systemClock).testService(change, {}, soon()));
  expect([error.code, calls]).toEqual(['SAP_UNREACHABLE', ['RFC_PING']]);
});

describe('the commit itself', () => {
  test('that says it failed leaves an unknown outcome: nobody knows what the update task has done', async () => {
    const { connection, calls } = withCommit(() => ({
      RETURN: { TYPE: 'A', ID: '00', NUMBER: '671', MESSAGE: 'Update terminated' },
    }));
    const error = await failureOf(new Workbench(connection, settings, systemClock).testService(change, {}, soon()));
    expect(error).toMatchObject({ code: 'SAP_OUTCOME_UNKNOWN', sapMessages: [{ text: 'Update terminated' }] });
    expect(calls).toEqual(['RFC_PING', 'Z_CHANGE', 'BAPI_TRANSACTION_COMMIT']);
  });

  test.each(['SAP_OUTCOME_UNKNOWN', 'SAP_UNREACHABLE'] as const)(
    'in a session that was lost is %s, as the driver says, and never a success',
    async (code) => {
      const { connection } = withCommit(() => {
        throw new GatewayError(code);
      });
      const error = await failureOf(new Workbench(connection, settings, systemClock).testService(change, {}, soon()));
      expect(error.code).toBe(code);
    },
  );
});
