/** The SOAP driver beside a small endpoint on a socket. */
import { GatewayError } from '../../../src/errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection } from '../../../src/ports/index.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import type { SoapConfig } from '../../../src/sap/drivers/soap/soap-config.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { startSoapServer } from './soap-server.ts';
import type { SoapServer } from './soap-server.ts';

export const secret = 'S3cret-Tr0mbone';

export interface SoapUnderTest {
  readonly server: SoapServer;
  readonly connection: SapConnection;
  /** Opens the driver anew with other settings. */
  reopen(changes: Partial<SoapConfig>): Promise<SapConnection>;
  ping(changes?: Partial<CallOptions>): Promise<AbapParameters>;
  close(): Promise<void>;
}

/** A read with time enough. */
export function options(changes: Partial<CallOptions> = {}): CallOptions {
  return { deadline: Deadline.in(systemClock, 5_000), effect: 'read', ...changes };
}

/** The error that the work ends with; a test that expects one fails when there is none. */
export async function failure(work: Promise<unknown>): Promise<GatewayError> {
  const thrown: unknown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof GatewayError)) throw thrown;
  return thrown;
}

/** Both on a free port of the loopback. */
export async function startSoapUnderTest(): Promise<SoapUnderTest> {
  const server = await startSoapServer();
  const config = {
    url: server.url,
    sapClient: '100',
    language: 'en',
    user: 'GANGWAY',
    password: () => secret,
    maxConnections: 4,
  };
  const first = openSoap(config, functionCatalogue, systemClock);
  let current = first;
  return {
    server,
    connection: first,
    reopen: async (changes) => {
      await current.close();
      current = openSoap({ ...config, ...changes }, functionCatalogue, systemClock);
      return current;
    },
    ping: (changes) => current.call('RFC_PING', {}, options(changes)),
    close: async () => {
      await current.close();
      await server.close();
    },
  };
}
