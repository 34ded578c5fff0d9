/** What every driver to SAP must promise, as the port's comments state it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { AbapParameters, SapConnection } from '../../src/ports/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';

/** A SAP that the driver under test can reach, with a customer whose orders are known. */
export interface SapPlace {
  open(): Promise<SapConnection>;
  /** The next call is executed by SAP, but its answer never arrives. */
  loseNextAnswer(): void;
  /** Nobody listens any more. */
  stop(): Promise<void>;
  readonly customer: string;
  readonly unknownCustomer: string;
  readonly salesOrganization: string;
}

const soon = (): Deadline => Deadline.in(systemClock, 5_000);

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof GatewayError ? thrown.code : String(thrown);
}

/** Runs the suite against one driver. */
export function sapConnectionContract(driver: string, prepare: () => Promise<SapPlace>): void {
  describe(`SapConnection contract: ${driver}`, () => {
    let place: SapPlace;
    let connection: SapConnection;

    const readOrders = (): Promise<AbapParameters> =>
      connection.call(
        'BAPI_SALESORDER_GETLIST',
        {
          CUSTOMER_NUMBER: place.customer,
          SALES_ORGANIZATION: place.salesOrganization,
          DOCUMENT_DATE: '20000101',
          DOCUMENT_DATE_TO: '99991231',
        },
        { deadline: soon(), effect: 'read', tables: ['SALES_ORDERS'] },
      );

    beforeEach(async () => {
      place = await prepare();
      connection = await place.open();
    });
    afterEach(async () => {
      await connection.close();
      await place.stop();
    });

    test('answers a ping', async () => {
      await expect(connection.call('RFC_PING', {}, { deadline: soon(), effect: 'read' })).resolves.toBeDefined();
    });

    test('gives dates as YYYYMMDD and keys with their leading zeros', async () => {
      const answer = await readOrders();
      const rows = answer['SALES_ORDERS'];
      expect(Array.isArray(rows) && rows.length > 0).toBe(true);
      for (const row of Array.isArray(rows) ? rows : []) {
        expect(row).toMatchObject({
          DOC_DATE: expect.stringMatching(/^\d{8}$/),
          SD_DOC: expect.stringMatching(/^[0-9A-Z]{10}$/),
        });
      }
    });

    test('hands a refusal of a BAPI on as RETURN, not as an error', async () => {
      const options = { deadline: soon(), effect: 'read' } as const;
      const answer = await connection.call('BAPI_CUSTOMER_GETDETAIL2', { CUSTOMERNO: place.unknownCustomer }, options);
      expect(answer['RETURN']).toMatchObject({ TYPE: 'E' });
    });

    test('refuses a value that SAP would cut, before anything is sent', async () => {
      const options = { deadline: soon(), effect: 'write' } as const;
      expect(await codeOf(connection.call('BAPI_CUSTOMER_GETDETAIL2', { CUSTOMERNO: '12345678901' }, options))).toBe(
        'SAP_VALUE_TOO_LONG',
      );
    });

    test('refuses a parameter that the function does not have', async () => {
      expect(await codeOf(connection.call('RFC_PING', { NO_SUCH: 'X' }, { deadline: soon(), effect: 'read' }))).toBe(
        'INTERNAL',
      );
    });

    test('names a function that SAP does not have', async () => {
      expect(await codeOf(connection.call('Z_GANGWAY_NO_SUCH', {}, { deadline: soon(), effect: 'read' }))).toBe(
        'SAP_FUNCTION_MISSING',
      );
    });

    test('sends nothing once the deadline has passed', async () => {
      const passed = Deadline.in(systemClock, 0);
      expect(await codeOf(connection.call('RFC_PING', {}, { deadline: passed, effect: 'write' }))).toBe(
        'DEADLINE_PASSED',
      );
    });

    test('repeats a read whose answer was lost', async () => {
      await connection.call('RFC_PING', {}, { deadline: soon(), effect: 'read' });
      place.loseNextAnswer();
      await expect(readOrders()).resolves.toBeDefined();
    });

    test('says that the outcome is unknown when the answer of a write was lost', async () => {
      await connection.call('RFC_PING', {}, { deadline: soon(), effect: 'read' });
      place.loseNextAnswer();
      expect(await codeOf(connection.call('RFC_PING', {}, { deadline: soon(), effect: 'write' }))).toBe(
        'SAP_OUTCOME_UNKNOWN',
      );
    });

    test('says that SAP cannot be reached when nobody listens, for a write too', async () => {
      await place.stop();
      expect(await codeOf(connection.call('RFC_PING', {}, { deadline: soon(), effect: 'write' }))).toBe(
        'SAP_UNREACHABLE',
      );
    });

    test('keeps a change and its commit together, or says that it cannot', async () => {
      const inOneSession = connection.inOneSession((session) =>
        session.call('RFC_PING', {}, { deadline: soon(), effect: 'read' }),
      );
      expect(await codeOf(inOneSession)).toBe(connection.capabilities.statefulSession ? 'undefined' : 'INTERNAL');
    });
  });
}
