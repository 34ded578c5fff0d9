/** Turns what a relay sent into a call the agent vouches for: token, rights and shapes are checked again here. */
import { GatewayError } from '../errors/index.ts';
import { correlationId, idempotencyKey, operations, sapSystemId } from '../model/index.ts';
import type { Operation, OperationName, PublishedService, SapSystemId } from '../model/index.ts';
import type { OrgTokenVerifier, VerifiedOrgToken } from '../org-token/index.ts';
import { isOperationName, readInputs } from '../protocol/index.ts';
import type { CallHeader } from '../protocol/index.ts';
import type { SapServices } from '../ports/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import type { Call } from './call.ts';
import { checkService, isServiceOperation, readServiceInputs } from './verify-service.ts';

export interface VerifyCallParts {
  /** This agent. */
  readonly id: string;
  readonly verifier: OrgTokenVerifier;
  /** The SAP systems this agent reaches. */
  readonly systems: ReadonlySet<SapSystemId>;
  /** Whether a write without the org's own signature is refused; a wrong one always is. */
  readonly signedWrites: 'required' | 'optional';
  readonly clock: Clock;
  readonly services?: ReadonlyMap<SapSystemId, SapServices> | undefined;
}

/** Without a body a service has no inputs. */
const noInputs = Buffer.from('{}');

/** Throws what is wrong with it; nothing of an unverified call goes further than this. */
export async function verifyCall(
  parts: VerifyCallParts,
  header: CallHeader,
  body: Buffer | undefined,
  deadline: Deadline,
): Promise<Call> {
  const caller = parts.verifier.remembered(header.token) ?? (await parts.verifier.verify(header.token));
  const operation = findOperation(header.operation);
  const ofService = isServiceOperation(operation);
  const read = ofService ? (body ?? noInputs) : body;
  const inputs = readInputs(operations[operation], { params: header.params, query: header.query, body: read });
  const system = checkSystem(parts, caller, header);
  const services = ofService ? parts.services?.get(system) : undefined;
  const ground = { id: parts.id, isShared: header.isShared === true };
  const service = ofService
    ? checkService(services, { operation, name: inputs.params['name'] }, caller, ground)
    : undefined;
  const key = checkKey(operations[operation], header.idempotencyKey);
  if (key !== undefined)
    checkSignature(parts, caller, header, { operation: operations[operation], key, body, service });
  return {
    org: caller.org,
    user: caller.user,
    system,
    operation,
    ...inputs,
    body: service === undefined ? inputs.body : readServiceInputs(services, service, inputs.body),
    idempotencyKey: key,
    correlationId: correlationId.parse(header.correlationId),
    deadline,
    ageMs: header.ageMs,
    isShared: header.isShared,
  };
}

function findOperation(name: string): OperationName {
  if (isOperationName(name)) return name;
  throw new GatewayError('ROUTE_NOT_FOUND');
}

/** The relay chose the system; the org must be allowed it here too, and the caller must not have named another. */
function checkSystem(parts: VerifyCallParts, caller: VerifiedOrgToken, header: CallHeader): SapSystemId {
  const system = sapSystemId.safeParse(header.system);
  const isServed = system.success && parts.systems.has(system.data) && caller.systems.includes(system.data);
  const asked = header.query['system'];
  if (!isServed || (asked !== undefined && asked !== header.system)) {
    throw new GatewayError('SYSTEM_NOT_SERVED', { system: header.system.slice(0, 10) });
  }
  return system.data;
}

function checkKey(operation: Operation, given: string | undefined): Call['idempotencyKey'] {
  if (operation.effect === 'read') return undefined;
  const key = idempotencyKey.safeParse(given);
  if (!key.success) throw new GatewayError('IDEMPOTENCY_KEY_MISSING');
  return key.data;
}

interface KeyedRequest {
  readonly operation: Operation;
  readonly key: string;
  readonly body: Buffer | undefined;
  readonly service: PublishedService | undefined;
}

/** The token says who calls; only this says that the caller, and not a relay, asks for just this write. */
function checkSignature(
  parts: VerifyCallParts,
  caller: VerifiedOrgToken,
  header: CallHeader,
  { operation, key, body, service }: KeyedRequest,
): void {
  // A service's file says for itself whether it may do without; a signature that does not fit is refused either way.
  const mayBeMissing = service === undefined ? parts.signedWrites === 'optional' : service.signature === 'not-required';
  if (header.signature === undefined && mayBeMissing) return;
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => header.params[name] ?? '');
  const write = { method: operation.method, path, system: header.query['system'] ?? '', idempotencyKey: key, body };
  parts.verifier.checkWrite(caller.org, write, header.signature);
}
