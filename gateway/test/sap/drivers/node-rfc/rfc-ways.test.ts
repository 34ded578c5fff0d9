/** The ways to SAP over RFC: message server, SAProuter, SNC; each part that fails is named with what to look at. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSapRouter } from '../../../../simulator/sap/rfc/sap-router.ts';
import { startSapSimulator } from '../../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../../simulator/sap/start.ts';
import { GatewayError } from '../../../../src/errors/index.ts';
import type { SapConnection } from '../../../../src/ports/index.ts';
import type { RfcConfig } from '../../../../src/sap/drivers/node-rfc/rfc-config.ts';
import * as sap from '../../../contracts/sap-place.ts';
import { configFor, describeRfc, openUnderTest } from './rfc-under-test.ts';

type Rfc = RfcConfig['rfc'];
const snc = { partnerName: 'p:CN=ERP, O=Simulated', ownName: 'p:CN=GANGWAY, O=Simulated', quality: '3' } as const;
const users: NonNullable<SapSimulatorOptions['users']> = [
  { name: 'GANGWAY', password: 'Gangway-Sim-1', language: 'EN', sncName: snc.ownName },
];

let simulator: SapSimulator;
let connection: SapConnection;
beforeEach(async () => {
  simulator = await startSapSimulator({ rfc: true, users });
});
afterEach(async () => {
  await connection.close();
  await simulator.close();
});

/** The first call; its error where it fails, undefined where it does not. */
async function call(rfc: Rfc, changes: Partial<RfcConfig> = {}, limitMs = 5_000): Promise<GatewayError | undefined> {
  connection = openUnderTest(simulator, { rfc, ...changes });
  const thrown: unknown = await sap.ping(connection, sap.reading({ deadline: sap.within(limitMs) })).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof GatewayError || thrown === undefined) return thrown;
  throw new Error(`this is none of our errors: ${String(thrown)}`);
}

const direct = (): Rfc => configFor(simulator).rfc;
function byGroup(
  changes: { readonly group?: string; readonly systemId?: string; readonly service?: string } = {},
): Rfc {
  const known = simulator.rfc?.messageServer;
  if (known === undefined) throw new Error('the simulated SAP has no message server');
  const { host, port, systemId, group } = known;
  return { target: { kind: 'message-server', host, service: String(port), systemId, group, ...changes } };
}

/** A router of the test's own, which wants a password. */
async function withRouter(work: (route: string) => Promise<void>): Promise<void> {
  const ports = [simulator.rfc?.port ?? 0, simulator.rfc?.messageServer.port ?? 0];
  const router = createSapRouter({ ports, password: 'Route-1' });
  await new Promise<void>((resolve) => router.listen(0, '127.0.0.1', resolve));
  const address = router.address();
  await work(`/H/127.0.0.1/S/${typeof address === 'object' && address !== null ? address.port : 0}`);
  await connection.close();
  await new Promise((resolve) => router.close(resolve));
}

describeRfc('a message server', () => {
  test('names the application server of the group', async () => {
    expect(await call(byGroup())).toBeUndefined();
  });

  test.each([{ group: 'NO_SUCH' }, { systemId: 'XYZ' }])(
    'that knows no %j says so, and where groups are kept',
    async (changes) => {
      const error = await call(byGroup(changes));
      expect(error).toMatchObject({ code: 'SAP_UNREACHABLE' });
      expect(error?.message).toMatch(/message server knows no such logon group.*sap\.rfc\.group.*SMLG/);
    },
  );

  test('that is not there is told from one that refuses', async () => {
    expect((await call(byGroup({ service: '1' })))?.message).toMatch(/nobody listens there/);
  });

  test('that keeps silent is named', async () => {
    const silent = await sap.startSilentHost();
    expect((await call(byGroup({ service: String(silent.port) }), {}, 60))?.message).toMatch(
      /not answered by the message server/,
    );
    await silent.close();
  });
});

describeRfc('a SAProuter', () => {
  test('lets a route with its password through, to the application server and to the message server', async () => {
    await withRouter(async (route) => {
      expect(await call({ ...direct(), router: `${route}/W/Route-1/H/` })).toBeUndefined();
      await connection.close();
      expect(await call({ ...byGroup(), router: `${route}/W/Route-1/H/` })).toBeUndefined();
    });
  });

  test.each(['', '/W/Wrong-1'])(
    'refuses the password %j, and neither password nor host is in the error',
    async (password) => {
      await withRouter(async (route) => {
        const error = await call({ ...direct(), router: `${route}${password}/H/` });
        expect(error?.message).toMatch(/SAProuter refuses the route's password.*sap\.rfc\.routerFile/);
        expect(JSON.stringify([error, error?.message, error?.context])).not.toMatch(/Wrong-1|Route-1|127\.0\.0\.1/);
      });
    },
  );

  test('that does not permit the target says so', async () => {
    const target = { kind: 'application-server', host: '127.0.0.1', systemNumber: '99' } as const;
    const error = await call({ target, router: `${simulator.rfc?.router ?? ''}/H/` });
    expect(error?.message).toMatch(/SAProuter does not permit this route.*saprouttab/);
  });

  test('that keeps silent is named, with what may be behind it', async () => {
    const silent = await sap.startSilentHost();
    const error = await call({ ...direct(), router: `/H/127.0.0.1/S/${silent.port}/H/` }, {}, 60);
    expect(error?.message).toMatch(/not answered by the SAProuter .* behind it, the application server's gateway/);
    await silent.close();
  });
});

describeRfc('SNC', () => {
  const withoutPassword = { user: undefined, password: undefined };

  test('stands for user and password', async () => {
    expect(await call({ ...direct(), snc }, withoutPassword)).toBeUndefined();
  });

  test('goes through a message server and a SAProuter too', async () => {
    const router = `${simulator.rfc?.router ?? ''}/H/`;
    expect(await call({ ...byGroup(), router, snc }, withoutPassword)).toBeUndefined();
  });

  test('with a wrong name of the partner says what to compare, and is no refused logon', async () => {
    const error = await call({ ...direct(), snc: { ...snc, partnerName: 'p:CN=OTHER' } }, withoutPassword);
    expect(error).toMatchObject({ code: 'SAP_UNREACHABLE' });
    expect(error?.message).toMatch(/SNC could not be agreed on.*partnerName.*SNC0/);
    expect(error?.message).not.toContain('OTHER');
  });

  test('of a certificate that stands for nobody is a refused logon, which is not tried again', async () => {
    const error = await call({ ...direct(), snc: { ...snc, ownName: 'p:CN=NOBODY' } }, withoutPassword);
    expect(error?.code).toBe('SAP_LOGON_REFUSED');
  });
});
