/** What every driver to SAP must promise when something goes wrong: the true error, no harm, and a clean connection afterwards. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SapConnection } from '../../src/ports/index.ts';
import * as sap from './sap-place.ts';
import type { SapPlace } from './sap-place.ts';

/** Runs the suite against one driver. */
export function sapFailuresContract(driver: string, prepare: () => Promise<SapPlace>): void {
  describe(`SapConnection contract, failures: ${driver}`, () => {
    let place: SapPlace;
    let connection: SapConnection;
    beforeEach(async () => {
      place = await prepare();
      connection = place.open();
    });
    afterEach(async () => {
      place.simulator.clearFaults();
      await connection.close();
      await place.stop();
    });
    const pings = async (): Promise<number> => (await sap.countCalls(place.simulator)).functions['RFC_PING'] ?? 0;

    test('repeats a read whose answer was lost', async () => {
      await sap.ping(connection);
      place.simulator.addFault({ kind: 'cut-after-commit', times: 1 });
      await expect(sap.ping(connection)).resolves.toBeDefined();
      expect(await pings()).toBe(3);
    });

    test('says that the outcome is unknown when the answer of a write was lost, and does not repeat it', async () => {
      await sap.ping(connection);
      place.simulator.addFault({ kind: 'cut-after-commit', times: 1 });
      expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_OUTCOME_UNKNOWN');
      expect(await pings()).toBe(2);
      await expect(sap.ping(connection, sap.writing())).resolves.toBeDefined();
    });

    test('says that SAP cannot be reached when nobody listens, for a write too', async () => {
      await place.stop();
      expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_UNREACHABLE');
    });

    test.each(['short-dump', 'garbage'] as const)(
      'a %s is an error of its own, and the next call is as ever',
      async (kind) => {
        const expected = { 'short-dump': 'SAP_SHORT_DUMP', garbage: expect.stringMatching(/^SAP_/) }[kind];
        await sap.ping(connection);
        place.simulator.addFault({ kind, times: 1 });
        const read = await sap.codeOf(sap.ping(connection));
        // What cannot be read may be a lost answer, and a lost answer of a read is asked for again.
        if (kind === 'short-dump' || read !== 'none') expect(read).toEqual(expected);
        place.simulator.addFault({ kind, times: 1 });
        expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_OUTCOME_UNKNOWN');
        await expect(sap.ping(connection)).resolves.toBeDefined();
      },
    );

    test('a missing authorization is one, and a write has certainly not run', async () => {
      await sap.ping(connection);
      place.simulator.addFault({ kind: 'no-authorization', function: 'RFC_PING', times: 2 });
      expect(await sap.codeOf(sap.ping(connection))).toBe('SAP_NOT_AUTHORIZED');
      expect(await sap.codeOf(sap.ping(connection, sap.writing()))).toBe('SAP_NOT_AUTHORIZED');
      await expect(sap.ping(connection)).resolves.toBeDefined();
    });

    test('work processes that are all taken are temporary', async () => {
      await sap.ping(connection);
      place.simulator.addFault({ kind: 'work-processes-exhausted', function: 'RFC_PING' });
      expect(['SAP_WORK_PROCESSES_EXHAUSTED', 'SAP_UNREACHABLE']).toContain(await sap.codeOf(sap.ping(connection)));
      place.simulator.clearFaults();
      await expect(sap.ping(connection)).resolves.toBeDefined();
    });

    test('an answer slower than its deadline: passed for a read, unknown for a write, and then all is well', async () => {
      await sap.ping(connection);
      place.simulator.addFault({ kind: 'hang' });
      expect(await sap.codeOf(sap.ping(connection, sap.reading({ deadline: sap.within(60) })))).toBe('DEADLINE_PASSED');
      expect(await sap.codeOf(sap.ping(connection, sap.writing({ deadline: sap.within(60) })))).toBe(
        'SAP_OUTCOME_UNKNOWN',
      );
      place.simulator.clearFaults();
      await expect(sap.ping(connection)).resolves.toBeDefined();
    });

    test('a wrong password is tried once, however many ask, and never again', async () => {
      const wrong = place.open({ password: 'Wrong-1' });
      const codes = await Promise.all(Array.from({ length: 12 }, () => sap.codeOf(sap.ping(wrong))));
      expect(codes).toEqual(Array(12).fill('SAP_LOGON_REFUSED'));
      expect(await sap.codeOf(sap.ping(wrong, sap.writing()))).toBe('SAP_LOGON_REFUSED');
      await wrong.close();
      // Were it tried more often, the user would be locked by now.
      await expect(sap.ping(connection)).resolves.toBeDefined();
    });

    test('a host that takes the connection and says nothing is given up at the deadline', async () => {
      const silent = await sap.startSilentHost();
      const elsewhere = place.open({ elsewhere: silent.port });
      const code = await sap.codeOf(sap.ping(elsewhere, sap.reading({ deadline: sap.within(80) })));
      expect(['SAP_UNREACHABLE', 'DEADLINE_PASSED']).toContain(code);
      await silent.close();
      await elsewhere.close();
    });

    test('more calls than may wait are turned away, and the others are answered', async () => {
      const narrow = place.open({ maxConnections: 1 });
      await sap.ping(narrow);
      place.simulator.addFault({ kind: 'slow', delayMs: 20, times: 1 });
      const codes = await Promise.all(Array.from({ length: 30 }, () => sap.codeOf(sap.ping(narrow))));
      expect(new Set(codes)).toEqual(new Set(['none', 'AGENT_BUSY']));
      expect(codes.filter((code) => code === 'none')).toHaveLength(9);
      await narrow.close();
    });

    test('leaves no session behind when it is closed', async () => {
      await Promise.all(Array.from({ length: 6 }, () => sap.ping(connection)));
      await connection.close();
      await sap.noSessionLeft(place.simulator);
    });
  });
}
