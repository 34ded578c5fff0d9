/** What comes out of one SAP system: IDocs, the pack's "changes since", staging files. */
import { GatewayError } from '../../errors/index.ts';
import type { SapChanges } from '../../ports/index.ts';

/** Nothing is read before it is asked for. */
export function openChanges(): SapChanges {
  const missing = (): never => {
    throw new GatewayError('INTERNAL');
  };
  return { readXmlIdocs: missing, readFlatIdocs: missing, changesSince: missing, readStaging: missing };
}
