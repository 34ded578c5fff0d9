/** How the RFC driver keeps its clients: few, one logon at a time, none that is dead, none that nobody needs. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SapSimulator } from '../../../../simulator/sap/start.ts';
import { startSapSimulator } from '../../../../simulator/sap/start.ts';
import { openRfc } from '../../../../src/sap/drivers/node-rfc/rfc-driver.ts';
import { functionCatalogue } from '../../../../src/sap/functions/catalogue.ts';
import type { SapConnection } from '../../../../src/ports/index.ts';
import * as sap from '../../../contracts/sap-place.ts';
import { startGate } from '../../fakes/gate.ts';
import type { Gate } from '../../fakes/gate.ts';
import { shiftedClock } from '../../fakes/shifted-clock.ts';
import type { ShiftedClock } from '../../fakes/shifted-clock.ts';
import { configFor, describeRfc, openUnderTest } from './rfc-under-test.ts';

let simulator: SapSimulator;
let connection: SapConnection;
beforeEach(async () => {
  simulator = await startSapSimulator({ rfc: true });
});
afterEach(async () => {
  simulator.clearFaults();
  await connection.close();
  await simulator.close();
});

const sessions = async (): Promise<sap.SapCounts['sessions']> => (await sap.countCalls(simulator)).sessions;

/** Breaks every connection as soon as nothing runs on it, so that nobody is told. */
async function dropIdle(): Promise<void> {
  while ((await sessions()).open > 0) simulator.addFault({ kind: 'drop-session' });
}

describeRfc('logons that take their time', () => {
  let gate: Gate;
  beforeEach(async () => {
    gate = await startGate(Number(/(\d+)$/.exec(simulator.rfc?.router ?? '')?.[1]));
    const { rfc } = configFor(simulator);
    connection = openUnderTest(simulator, { rfc: { ...rfc, router: `/H/127.0.0.1/S/${gate.port}` } });
  });
  afterEach(() => gate.close());

  test('a router that does not answer is said to be unreachable, at the deadline of each call', async () => {
    const codes = await Promise.all(
      [40, 60].map((limitMs) => sap.codeOf(sap.ping(connection, sap.writing({ deadline: sap.within(limitMs) })))),
    );
    await gate.arrived(1);
    expect(codes).toEqual(['SAP_UNREACHABLE', 'SAP_UNREACHABLE']);
    expect(gate.waiting).toBe(1);
  });

  test('a session that opens when nobody waits any more is closed', async () => {
    const given = sap.codeOf(sap.ping(connection, sap.reading({ deadline: sap.within(40) })));
    await Promise.all([given, gate.arrived(1)]);
    gate.open();
    while ((await sessions()).opened === 0) await new Promise((resolve) => setImmediate(resolve));
    await sap.noSessionLeft(simulator);
  });

  test('one logon at a time, however many wait', async () => {
    const calls = [1, 2, 3, 4].map(() => sap.ping(connection));
    await gate.arrived(1);
    expect(gate.waiting).toBe(1);
    gate.open();
    await gate.arrived(1);
    gate.open();
    await Promise.all(calls);
    expect((await sessions()).opened).toBeLessThanOrEqual(2);
  });

  test('whoever waits for a logon that fails hears of it, and nobody tries again for each of them', async () => {
    const calls = [1, 2, 3, 4].map(() => sap.codeOf(sap.ping(connection)));
    await gate.arrived(1);
    await gate.close();
    expect(await Promise.all(calls)).toEqual(Array(4).fill('SAP_UNREACHABLE'));
  });
});

describeRfc('what errors say', () => {
  test('is what failed, and neither hosts nor passwords', async () => {
    const router = `${simulator.rfc?.router ?? ''}/W/Router-Secret-1`;
    connection = openUnderTest(simulator, {
      password: () => 'Wrong-Secret-1',
      rfc: { ...configFor(simulator).rfc, router },
    });
    const error: unknown = await sap.ping(connection).catch((thrown: unknown) => thrown);
    const seen = JSON.stringify([
      error,
      String(error),
      error instanceof Error ? [error.stack, String(error.cause)] : '',
    ]);
    expect(seen).not.toMatch(/Secret|127\.0\.0\.1/);
  });
});

describeRfc('clients that grow old', () => {
  let clock: ShiftedClock;
  beforeEach(() => {
    clock = shiftedClock();
    connection = openRfc(configFor(simulator), functionCatalogue, clock);
  });

  test('are closed after a minute without work', async () => {
    await Promise.all([sap.ping(connection), sap.ping(connection)]);
    clock.advance(1_000);
    expect((await sessions()).open).toBeGreaterThan(0);
    while ((await sessions()).open > 0) {
      clock.advance(61_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(sap.ping(connection)).resolves.toEqual({});
  });

  test('are asked before a write, so that one cut in the meantime does not leave an outcome unknown', async () => {
    await Promise.all([sap.ping(connection), sap.ping(connection)]);
    clock.advance(11_000);
    await dropIdle();
    await expect(sap.ping(connection, sap.writing())).resolves.toEqual({});
    await expect(connection.inOneSession((session) => session.call('RFC_PING', {}, sap.writing()))).resolves.toEqual(
      {},
    );
  });

  test('may all be dead at once, and a read is answered all the same', async () => {
    await Promise.all([sap.ping(connection), sap.ping(connection)]);
    await dropIdle();
    await expect(Promise.all([sap.ping(connection), sap.ping(connection)])).resolves.toHaveLength(2);
  });
});

describeRfc('a logon that the addon tries by itself', () => {
  test('is the last one when it is refused, and the write that came before is an unknown outcome', async () => {
    // One only: a second one would be opened while the first is still on its way back, and be refused before anything was sent.
    connection = openUnderTest(simulator, { maxConnections: 1 });
    await sap.ping(connection);
    simulator.addFault({ kind: 'drop-in-call', function: 'RFC_PING', times: 1 });
    simulator.addFault({ kind: 'logon-refused' });
    expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_OUTCOME_UNKNOWN');
    simulator.clearFaults();
    const before = await sessions();
    expect(await sap.codeOf(sap.ping(connection))).toBe('SAP_LOGON_REFUSED');
    expect((await sessions()).opened).toBe(before.opened);
  });
});

describeRfc('an answer that cannot be read exactly', () => {
  test('is a failed read, and of a write nobody knows what came of it', async () => {
    const functions = {
      Z_BIG: { exporting: ['E_BIG? INT8'], answers: [{ give: { E_BIG: '9007199254740993' } }] },
    };
    const other = await startSapSimulator({ rfc: true, functions });
    connection = openUnderTest(other);
    expect(await sap.codeOf(connection.call('Z_BIG', {}, sap.reading()))).toBe('SAP_ANSWER_UNREADABLE');
    expect(await sap.codeOf(connection.call('Z_BIG', {}, sap.writing()))).toBe('SAP_OUTCOME_UNKNOWN');
    await connection.close();
    await other.close();
  });
});

describeRfc('the number of connections', () => {
  test('is never above the limit, however much is asked at once', async () => {
    connection = openUnderTest(simulator);
    simulator.addFault({ kind: 'slow', function: 'RFC_PING', delayMs: 20, times: 4 });
    await Promise.all(Array.from({ length: 8 }, () => sap.ping(connection)));
    const { sessions: seen } = (await (await fetch(`${simulator.url}/simulator/calls`)).json()) as {
      sessions: { peak: number };
    };
    expect(seen.peak).toBe(2);
  });

  test('is filled again for those who wait when one is lost', async () => {
    connection = openUnderTest(simulator, { maxConnections: 1 });
    await sap.ping(connection);
    simulator.addFault({ kind: 'cut-after-commit', function: 'RFC_PING', times: 1 });
    const codes = [sap.codeOf(sap.ping(connection, sap.writing())), sap.codeOf(sap.ping(connection))];
    expect(await Promise.all(codes)).toEqual(['SAP_OUTCOME_UNKNOWN', 'none']);
  });
});

describeRfc('closing while SAP is at work', () => {
  test('cancels what runs: a read has failed, of a write nobody knows', async () => {
    connection = openUnderTest(simulator);
    await Promise.all([sap.ping(connection), sap.ping(connection)]);
    simulator.addFault({ kind: 'hang', function: 'RFC_PING' });
    const options = { deadline: sap.within(60_000) };
    const both = Promise.all([
      sap.codeOf(sap.ping(connection, sap.reading(options))),
      sap.codeOf(sap.ping(connection, sap.writing(options))),
    ]);
    while ((await sap.countCalls(simulator)).functions['RFC_PING'] !== 4)
      await new Promise((resolve) => setImmediate(resolve));
    await connection.close();
    expect(await both).toEqual(['SAP_UNREACHABLE', 'SAP_OUTCOME_UNKNOWN']);
  });
});

describeRfc('a user who may not read the dictionary', () => {
  test('is served with what is known of our own functions', async () => {
    connection = openUnderTest(simulator);
    await sap.ping(connection);
    simulator.addFault({ kind: 'no-authorization', function: 'DDIF_FIELDINFO_GET' });
    const name = { NAME1: 'Zephyr', LAND1: 'DE' };
    const parameters = { I_EXTERNAL_KEY: 'k'.repeat(20), I_CONTENT: 'a'.repeat(64), I_TESTRUN: 'X', IS_GENERAL: name };
    const options = sap.writing({ tables: ['ET_RETURN'] });
    const answer = await connection.call(
      'Z_GANGWAY_CUSTOMER_CREATE',
      { ...parameters, IS_COMPANY: {}, IS_SALES: {} },
      options,
    );
    expect(sap.rowsOf(answer['ET_RETURN']).length).toBeGreaterThan(0);
  });
});

describeRfc('a refused logon while another connection is at work', () => {
  test('is told to those who wait at once, and not only when their time is up', async () => {
    connection = openUnderTest(simulator);
    const codes = await connection.inOneSession(async (session) => {
      await session.call('RFC_PING', {}, sap.reading());
      simulator.addFault({ kind: 'logon-refused', times: 1 });
      const waiting = sap.codeOf(sap.ping(connection, sap.reading({ deadline: sap.within(4_000) })));
      return [await waiting, await sap.codeOf(sap.ping(connection))];
    });
    expect(codes).toEqual(['SAP_LOGON_REFUSED', 'SAP_LOGON_REFUSED']);
  });
});

describeRfc('a refused logon after a dead connection was noticed', () => {
  test('stops everything, whoever noticed it', async () => {
    const clock = shiftedClock();
    connection = openRfc(configFor(simulator), functionCatalogue, clock);
    await sap.ping(connection);
    clock.advance(11_000);
    await dropIdle();
    const { opened } = await sessions();
    simulator.addFault({ kind: 'logon-refused', times: 1 });
    // The ping before the write makes the addon log on: that refusal counts, and a second logon would lock the user sooner.
    expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_LOGON_REFUSED');
    expect(await sap.codeOf(sap.ping(connection))).toBe('SAP_LOGON_REFUSED');
    expect((await sessions()).opened).toBe(opened);
  });
});

describeRfc('memory of the library', () => {
  /** Handles of functions that the library has given out and not got back; other tests of this process count too. */
  async function heldHandles(): Promise<number> {
    const { Client } = await import('node-rfc');
    const { host = '', systemNumber = '' } = simulator.rfc ?? {};
    const logon = { client: '100', user: 'GANGWAY', passwd: 'Gangway-Sim-1', lang: 'EN' };
    const teller = new Client({ ashost: host, sysnr: systemNumber, ...logon });
    await teller.open();
    await teller.ping();
    const { handles } = (await (await fetch(`${simulator.url}/simulator/calls`)).json()) as {
      handles: { functions: number };
    };
    await teller.close();
    return handles.functions;
  }

  test('holds no further function handle after calls that were refused, failed or answered', async () => {
    connection = openUnderTest(simulator);
    const before = await heldHandles();
    for (let round = 0; round < 20; round += 1) {
      await sap.codeOf(connection.call('STFC_CONNECTION', { NO_SUCH: 'x' }, sap.reading()));
      await sap.codeOf(connection.call('STFC_CONNECTION', { REQUTEXT: 'x'.repeat(256) }, sap.reading()));
      await sap.codeOf(connection.call('RFC_READ_TABLE', { QUERY_TABLE: 'NO_SUCH' }, sap.reading()));
      await connection.call('STFC_CONNECTION', { REQUTEXT: 'Grüße' }, sap.reading());
    }
    expect(await heldHandles()).toBe(before);
  });
});
