/** What the simulated SAP sends by itself, as partner profile, port and jobs of a real one would be set up. */
import { randomBytes } from 'node:crypto';
import type { IdocOptions } from '../../gateway/simulator/sap/index.ts';
import type { IdocPort } from './keys-and-settings.ts';

/** RBDMIDOC and RSEOUT00: in a real system every few minutes, here while somebody is watching. */
const jobIntervalMs = 1_000;

/** The destination that the agent listens at, with a password of its own for each start. */
export function createIdocPort(port: number): IdocPort {
  return { port, path: '/idocs', user: 'IDOC', password: randomBytes(18).toString('base64url') };
}

/** Everything that Gangway reads; what the agent has not taken is sent again by the job. */
export function sentIdocs({ port, path, user, password }: IdocPort): IdocOptions {
  const types = ['DEBMAS', 'ADRMAS', 'MATMAS', 'COND_A', 'ORDRSP', 'DESADV', 'INVOIC'];
  return {
    ports: { GANGWAY: { kind: 'http', url: `http://127.0.0.1:${port}${path}`, user, password } },
    messageTypes: Object.fromEntries(types.map((type) => [type, {}])),
    jobIntervalMs,
    resendByJob: true,
  };
}
