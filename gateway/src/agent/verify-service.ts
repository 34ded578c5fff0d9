/** Checks a call of a published service against the agent's own files: what a relay has made of it does not count. */
import { GatewayError } from '../errors/index.ts';
import { isOpenTo, operations, serviceName } from '../model/index.ts';
import type { OperationName, PublishedService } from '../model/index.ts';
import type { VerifiedOrgToken } from '../org-token/index.ts';
import type { SapServices } from '../ports/index.ts';

export type ServiceOperation = 'readService' | 'writeService';

export const isServiceOperation = (operation: OperationName): operation is ServiceOperation =>
  operation === 'readService' || operation === 'writeService';

/** Who carries out services here, and what the relay said of other agents. */
export interface ServiceGround {
  /** This agent. */
  readonly id: string;
  /** Other agents may be asked for the same keys. */
  readonly isShared: boolean;
}

/**
 * Throws SERVICE_UNKNOWN, SERVICE_NOT_ALLOWED or SERVICE_NEEDS_ONE_AGENT: a key that only the journals of agents keep is
 * carried out by one of them, or each could write it.
 */
export function checkService(
  services: SapServices | undefined,
  { operation, name: named }: { readonly operation: ServiceOperation; readonly name: unknown },
  caller: VerifiedOrgToken,
  { id, isShared }: ServiceGround,
): PublishedService {
  const name = serviceName.parse(named);
  const found = services?.find(name);
  const service = found !== undefined && isServedBy(found, id) ? found : undefined;
  // Asked to read what writes, or the other way round: that is not what is published here.
  if (service === undefined || service.effect !== operations[operation].effect) {
    throw new GatewayError('SERVICE_UNKNOWN', { name });
  }
  if (!isOpenTo(service, caller)) throw new GatewayError('SERVICE_NOT_ALLOWED', { name });
  const mayBeDoubled = service.effect === 'write' && isShared && service.agent === undefined;
  if (mayBeDoubled && service.isKeyedInSap !== true) throw new GatewayError('SERVICE_NEEDS_ONE_AGENT', { name });
  return service;
}

/** Whether this agent carries it out: a file in a folder that several agents read may be meant for another one. */
export const isServedBy = ({ agent }: PublishedService, id: string): boolean => agent === undefined || agent === id;

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
