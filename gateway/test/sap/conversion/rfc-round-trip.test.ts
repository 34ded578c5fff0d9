/** Values through the RFC driver, with the real addon on the stand-in of SAP's library, to the simulated SAP and back. */
import type { SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { describeRfc, prepareRfcPlace } from '../drivers/node-rfc/rfc-under-test.ts';
import { roundTripContract } from './round-trip-contract.ts';
import type { EchoPlace } from './round-trip-contract.ts';

async function open(options: SapSimulatorOptions): Promise<EchoPlace> {
  const place = await prepareRfcPlace(options);
  const connection = place.open();
  const close = async (): Promise<void> => {
    await connection.close();
    await place.stop();
  };
  return { simulator: place.simulator, connection, close };
}

describeRfc('values over RFC', () => roundTripContract(open));
