/** Checks a call of a published service against the agent's own files: what a relay has made of it does not count. */
import { GatewayError } from '../errors/index.ts';
import { isOpenTo, operations, serviceName } from '../model/index.ts';
import type { OperationName, PublishedService } from '../model/index.ts';
import type { VerifiedOrgToken } from '../org-token/index.ts';
import type { SapServices } from '../ports/index.ts';

export type ServiceOperation = 'readService' | 'writeService';

export const isServiceOperation = (operation: OperationName): operation is ServiceOperation =>
  operation === 'readService' || operation === 'writeService';

/** Throws SERVICE_UNKNOWN or SERVICE_NOT_ALLOWED. */
export function checkService(
  services: SapServices | undefined,
  operation: ServiceOperation,
  named: unknown,
  caller: VerifiedOrgToken,
): PublishedService {
  const name = serviceName.parse(named);
  const service = services?.find(name);
  // Asked to read what writes, or the other way round: that is not what is published here.
  if (service === undefined || service.effect !== operations[operation].effect) {
    throw new GatewayError('SERVICE_UNKNOWN', { name });
  }
  if (!isOpenTo(service, caller)) throw new GatewayError('SERVICE_NOT_ALLOWED', { name });
  return service;
}

/**
 * The inputs, checked; throws REQUEST_INVALID. Of a read with their defaults. Of a write as they were sent: its key stands for
 * what the caller said, also when a default is another one tomorrow.
 */
export function readServiceInputs(
  services: SapServices | undefined,
  { name, effect }: PublishedService,
  sent: unknown,
): unknown {
  const checked = services?.checkInputs(name, sent);
  return effect === 'read' ? checked : sent;
}
