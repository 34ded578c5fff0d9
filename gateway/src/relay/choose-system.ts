/** Which SAP system a call is for. */
import { GatewayError } from '../errors/index.ts';
import { sapSystemId } from '../model/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { VerifiedOrgToken } from '../org-token/index.ts';

/** The system asked for, or the only one there is; never a guess. Throws REQUEST_INVALID or SYSTEM_NOT_SERVED. */
export function chooseSystem(
  isServed: (org: OrgId, system: SapSystemId) => boolean,
  caller: VerifiedOrgToken,
  asked: string | undefined,
): SapSystemId {
  const [only, another] = caller.systems;
  if (asked === undefined && another !== undefined) {
    const message = `This org has several SAP systems; name one of ${caller.systems.join(', ')}`;
    throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues: [{ path: 'system', message }] });
  }
  const system = asked === undefined ? only : sapSystemId.safeParse(asked).data;
  if (system === undefined || !caller.systems.includes(system) || !isServed(caller.org, system)) {
    throw new GatewayError('SYSTEM_NOT_SERVED', { system });
  }
  return system;
}
