/** The same inspection over RFC, with the real addon: it finds what it finds over SOAP, in the same words. */
import { afterEach, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import type { InterfaceFinding, SapConnection } from '../../../src/ports/index.ts';
import { AllowList } from '../../../src/sap/authorizations/allow-list.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { Findings } from '../../../src/sap/inspection/findings.ts';
import { guardConnection } from '../../../src/sap/inspection/guarded-connection.ts';
import { Inspector } from '../../../src/sap/inspection/inspector.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { describeRfc, openUnderTest } from '../drivers/node-rfc/rfc-under-test.ts';

const clock = systemClock;
const soon = (): Deadline => Deadline.in(clock, 30_000);

function inspected(driver: SapConnection) {
  const findings = new Findings(sapSystemId.parse('ERPCLNT100'));
  const allowList = new AllowList({ published: () => new Set() });
  const connection = guardConnection(driver, { allowList, findings });
  return { connection, inspector: new Inspector({ connection, clock, allowList, findings }) };
}

async function findingsOver(driver: SapConnection): Promise<InterfaceFinding[]> {
  const found: InterfaceFinding[] = [];
  for await (const finding of inspected(driver).inspector.inspect(soon())) found.push(finding);
  return found;
}

const overSoap = ({ url, sapClient }: SapSimulator): SapConnection =>
  openSoap(
    { url, sapClient, language: 'EN', user: 'GANGWAY', password: () => 'Gangway-Sim-1', maxConnections: 2 },
    functionCatalogue,
    clock,
  );

const otherRelease: SapSimulatorOptions['interfaceChanges'] = {
  structures: {
    BAPI3007_2: { AMT_DOCCUR: 'DEC15.2', DOC_TYPE: null },
    BAPIKNA110: { FIELDVALUE: 'CHAR60' },
    BAPISDHD: { DOC_DATE: 'CHAR8', ZZ_OWN: 'CHAR4' },
  },
  functions: {
    BAPI_CUSTOMER_GETLIST: { importing: { MAXROWS: 'CHAR4' } },
    BAPI_DELIVERY_GETLIST: { remote: false },
    Z_GANGWAY_KEY_READ: { exporting: { E_STATE: null } },
    Z_GANGWAY_CREDIT_CHANGE: { importing: { I_REASON: 'CHAR40 mandatory' } },
  },
};

describeRfc('inspecting over RFC', () => {
  const open: { close(): Promise<void> }[] = [];
  let simulator: SapSimulator;
  const start = async (options: SapSimulatorOptions): Promise<void> => {
    simulator = await startSapSimulator({ rfc: true, ...options });
    open.push(simulator);
  };
  const keep = <Thing extends { close(): Promise<void> }>(thing: Thing): Thing => {
    open.push(thing);
    return thing;
  };
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close();
  });

  test('finds everything as expected', async () => {
    await start({});
    const found = await findingsOver(keep(openUnderTest(simulator)));
    expect(found.filter(({ state }) => state !== 'as-expected')).toEqual([]);
  });

  test('finds in another release what is found over SOAP', async () => {
    await start({ interfaceChanges: otherRelease });
    const overRfc = await findingsOver(keep(openUnderTest(simulator)));
    expect(overRfc).toEqual(await findingsOver(keep(overSoap(simulator))));
    const differing = overRfc.filter(({ state }) => state === 'differs').map(({ functionName }) => functionName);
    expect(differing).toEqual(expect.arrayContaining(['BAPI_DELIVERY_GETLIST', 'Z_GANGWAY_CREDIT_CHANGE']));
    expect(differing.length).toBeGreaterThan(5);
  });

  test('finds the pack missing, and a right to look missing', async () => {
    const users = [{ name: 'GANGWAY', password: 'Gangway-Sim-1', language: 'EN', functions: ['RFC_PING', 'BAPI*'] }];
    await start({ pack: false });
    const missing = await findingsOver(keep(openUnderTest(simulator)));
    expect(missing.find(({ functionName }) => functionName === 'Z_GANGWAY_VERSION')).toMatchObject({
      state: 'missing',
    });
    await start({ users });
    const unseen = await findingsOver(keep(openUnderTest(simulator)));
    expect(new Set(unseen.map(({ state }) => state))).toEqual(new Set(['not-authorized']));
  });

  test('says who the system is', async () => {
    await start({});
    const { inspector } = inspected(keep(openUnderTest(simulator)));
    expect(await inspector.identify(soon())).toMatchObject({ logicalSystem: 'ERPCLNT100', codePage: '4103' });
  });

  test('holds the allow list inside a session, with one connection only', async () => {
    await start({});
    const { connection } = inspected(keep(openUnderTest(simulator, { maxConnections: 1 })));
    const options = { deadline: soon(), effect: 'write', tables: ['ET_RETURN'] } as const;
    await connection.inOneSession(async (session) => {
      await expect(session.call('BAPI_TRANSACTION_COMMIT', {}, options)).rejects.toMatchObject({
        code: 'SAP_FUNCTION_NOT_ALLOWED',
      });
      // Before a key is looked up SAP is asked which system it is, in this very session: there is no other.
      const answer = await session.call(
        'Z_GANGWAY_KEY_READ',
        { I_EXTERNAL_KEY: 'nobody' },
        { ...options, effect: 'read' },
      );
      expect(answer['E_STATE']).toBe('');
    });
  });
});
