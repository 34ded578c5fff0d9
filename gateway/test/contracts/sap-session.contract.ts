/** What a driver promises of sessions: a change and its commit belong together, and nothing goes on in a session that is new. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AbapParameters, SapConnection, SapSession } from '../../src/ports/index.ts';
import * as sap from './sap-place.ts';
import type { SapPlace } from './sap-place.ts';

const company = {
  NAME: 'Zephyr Robotics GmbH',
  CITY: 'Berlin',
  POSTL_COD1: '10115',
  STREET: 'Invalidenstr. 1',
  COUNTRY: 'DE',
  LANGU_ISO: 'DE',
  CURRENCY: 'EUR',
};
const reference = { SALESORG: '1000', DISTR_CHAN: '10', DIVISION: '00', REF_CUSTMR: sap.customer };

const createFunction = 'BAPI_CUSTOMER_CREATEFROMDATA1';
const commitFunction = 'BAPI_TRANSACTION_COMMIT';

/** Creates a customer, without a commit; gives back its number. */
async function create(session: SapSession): Promise<string> {
  const parameters = { PI_COMPANYDATA: company, PI_COPYREFERENCE: reference };
  const answer = await session.call(createFunction, parameters, sap.writing());
  expect(sap.textIn(answer['RETURN'], 'TYPE')).toBe('');
  return String(answer['CUSTOMERNO']);
}

const commit = (session: SapSession): Promise<AbapParameters> =>
  session.call(commitFunction, { WAIT: 'X' }, sap.writing());

/** For a driver that has sessions. */
export function sapSessionContract(driver: string, prepare: () => Promise<SapPlace>): void {
  describe(`SapConnection contract, sessions: ${driver}`, () => {
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

    const exists = async (number: string): Promise<boolean> => {
      const answer = await connection.call('BAPI_CUSTOMER_GETDETAIL2', { CUSTOMERNO: number }, sap.reading());
      return sap.textIn(answer['RETURN'], 'TYPE') !== 'E';
    };
    const commits = async (): Promise<number> => (await sap.countCalls(place.simulator)).functions[commitFunction] ?? 0;

    test('a change and its commit are two calls of one unit of work', async () => {
      const number = await connection.inOneSession(async (session) => {
        const created = await create(session);
        await commit(session);
        return created;
      });
      expect(await exists(number)).toBe(true);
    });

    test('a change without its commit is gone at the end of the session, and its locks with it', async () => {
      const number = await connection.inOneSession(create);
      // On the same connection, if it was kept: a commit there must not bring it back.
      await connection.inOneSession(commit);
      expect(await exists(number)).toBe(false);
      await expect(connection.inOneSession(create)).resolves.toMatch(/^\d{10}$/);
    });

    test('a single write leaves nothing in the session for the next caller, on the same connection too', async () => {
      const narrow = place.open({ maxConnections: 1 });
      const number = await create(narrow);
      await commit(narrow);
      await narrow.close();
      expect(await exists(number)).toBe(false);
      await expect(connection.inOneSession(create)).resolves.toMatch(/^\d{10}$/);
    });

    test('work that fails hands its error on, and leaves nothing behind', async () => {
      const numbers: string[] = [];
      const failing = connection.inOneSession(async (session) => {
        numbers.push(await create(session));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await exists(numbers[0] ?? '')).toBe(false);
    });

    test('two sessions do not see each other, nor do calls beside them', async () => {
      const first = Promise.withResolvers<void>();
      const one = connection.inOneSession(async (session) => {
        const number = await create(session);
        await first.promise;
        await commit(session);
        return number;
      });
      await connection.inOneSession(commit).finally(first.resolve);
      expect(await exists(await one)).toBe(true);
    });

    test('a connection that breaks between change and commit: the outcome is unknown, never success', async () => {
      const numbers: string[] = [];
      place.simulator.addFault({ kind: 'drop-session', function: createFunction, times: 1 });
      const work = connection.inOneSession(async (session) => {
        numbers.push(await create(session));
        await commit(session);
      });
      expect(await sap.codeOf(work)).toBe('SAP_OUTCOME_UNKNOWN');
      expect(await exists(numbers[0] ?? '')).toBe(false);
      await expect(connection.inOneSession(create)).resolves.toMatch(/^\d{10}$/);
    });

    test.each(['drop-in-call', 'short-dump'] as const)(
      'a %s between change and commit: the commit is not sent in the session that the library opens instead',
      async (kind) => {
        const codes: string[] = [];
        await connection.inOneSession(async (session) => {
          await create(session);
          place.simulator.addFault({ kind, function: 'RFC_PING', times: 1 });
          codes.push(await sap.codeOf(session.call('RFC_PING', {}, sap.reading())));
          codes.push(await sap.codeOf(commit(session)));
          codes.push(await sap.codeOf(session.call('RFC_PING', {}, sap.reading())));
        });
        expect(codes).toEqual(['SAP_OUTCOME_UNKNOWN', 'SAP_OUTCOME_UNKNOWN', 'SAP_OUTCOME_UNKNOWN']);
        expect(await commits()).toBe(0);
      },
    );

    test('a deadline that passes between change and commit ends the session too', async () => {
      const codes: string[] = [];
      await connection.inOneSession(async (session) => {
        await create(session);
        place.simulator.addFault({ kind: 'hang', function: 'RFC_PING' });
        codes.push(await sap.codeOf(session.call('RFC_PING', {}, sap.reading({ deadline: sap.within(60) }))));
        place.simulator.clearFaults();
        codes.push(await sap.codeOf(commit(session)));
      });
      expect(codes).toEqual(['SAP_OUTCOME_UNKNOWN', 'SAP_OUTCOME_UNKNOWN']);
      expect(await commits()).toBe(0);
    });

    test('a session that only read is unreachable once it is lost: nothing can have changed', async () => {
      const codes: string[] = [];
      await connection.inOneSession(async (session) => {
        place.simulator.addFault({ kind: 'drop-in-call', function: 'RFC_PING', times: 1 });
        codes.push(await sap.codeOf(session.call('RFC_PING', {}, sap.reading())));
        codes.push(await sap.codeOf(session.call('RFC_PING', {}, sap.reading())));
        codes.push(await sap.codeOf(commit(session)));
      });
      expect(codes).toEqual(['SAP_UNREACHABLE', 'SAP_UNREACHABLE', 'SAP_UNREACHABLE']);
      expect(await commits()).toBe(0);
    });

    test('a call that was refused before it was sent leaves the session as it is', async () => {
      const number = await connection.inOneSession(async (session) => {
        const created = await create(session);
        expect(await sap.codeOf(session.call('RFC_PING', { NO_SUCH: 'X' }, sap.writing()))).toBe('INTERNAL');
        expect(await sap.codeOf(session.call('RFC_PING', {}, sap.writing({ deadline: sap.within(0) })))).toBe(
          'DEADLINE_PASSED',
        );
        await commit(session);
        return created;
      });
      expect(await exists(number)).toBe(true);
    });

    test('calls made at once run one after the other', async () => {
      const answers = await connection.inOneSession((session) =>
        Promise.all(Array.from({ length: 5 }, () => session.call('RFC_PING', {}, sap.reading()))),
      );
      expect(answers).toHaveLength(5);
    });

    test('a session that is over takes no more calls', async () => {
      const kept = await connection.inOneSession(async (session) => session);
      expect(await sap.codeOf(kept.call('RFC_PING', {}, sap.reading()))).toBe('INTERNAL');
    });

    test("sessions that wait for each other's place do not stop each other", async () => {
      const numbers = await Promise.all(
        Array.from({ length: 6 }, () =>
          connection.inOneSession((session) => session.call('RFC_PING', {}, sap.reading())),
        ),
      );
      expect(numbers).toHaveLength(6);
    });

    test('leaves no session behind, whatever happened inside', async () => {
      place.simulator.addFault({ kind: 'drop-in-call', function: 'RFC_PING', times: 1 });
      await sap.codeOf(connection.inOneSession((session) => session.call('RFC_PING', {}, sap.reading())));
      await connection.inOneSession(create);
      await connection.close();
      await sap.noSessionLeft(place.simulator);
    });
  });
}

/** For a driver that has none: it says so, and nothing is sent. */
export function noSapSessionContract(driver: string, prepare: () => Promise<SapPlace>): void {
  test(`SapConnection contract, sessions: ${driver} has none and says so before anything is sent`, async () => {
    const place = await prepare();
    const connection = place.open();
    expect(connection.capabilities.statefulSession).toBe(false);
    expect(await sap.codeOf(connection.inOneSession(create))).toBe('INTERNAL');
    expect((await sap.countCalls(place.simulator)).functions).toEqual({});
    await connection.close();
    await place.stop();
  });
}
