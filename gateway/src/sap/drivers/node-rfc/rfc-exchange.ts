/** What the ending of a call means to its caller: an answer, or the one error that is true of it. */
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { AbapParameters, CallOptions } from '../../../ports/index.ts';
import type { Deadline } from '../../../timing/index.ts';
import { outcomeUnknown, sapError } from '../../errors.ts';
import type { FunctionSignature } from '../../functions/signature.ts';
import { ping } from '../../functions/system.ts';
import type { LogonRefusal } from '../logon-refusal.ts';
import type { OwnCall } from '../own-call.ts';
import type { CallEnding, OpenClient } from './open-client.ts';
import { readAnswer } from './rfc-answer.ts';
import { contradictsInterface, failureOf } from './rfc-errors.ts';
import type { RfcErrorInfo } from './rfc-errors.ts';
import type { RfcRequest } from './rfc-request.ts';

/** A call that is ready to be sent. */
export interface PreparedCall {
  readonly signature: FunctionSignature;
  readonly request: RfcRequest;
  readonly options: CallOptions;
}

interface Where {
  readonly sapClient: string;
  readonly refusal: LogonRefusal;
}

/** A connection that was silent this long may have been cut; before a write it is asked, because a write cannot be repeated. */
const trustedSilenceMs = 10_000;
const pingLimitMs = 5_000;

/** False when the client must not be used for this call. */
export async function isUsable(
  client: OpenClient,
  effect: 'read' | 'write',
  deadline: Deadline,
  ownCall: OwnCall,
): Promise<boolean> {
  if (client.isLost) return false;
  if (effect === 'read' || client.silentMs < trustedSilenceMs) return true;
  let isAlive = false;
  await ownCall(ping.name, async () => {
    isAlive = await client.ping(Math.min(pingLimitMs, deadline.remainingMs()));
    return {};
  });
  return isAlive;
}

/** Runs the call on this client; throws a GatewayError, and notes a refused logon. */
export async function exchange(client: OpenClient, call: PreparedCall, where: Where): Promise<AbapParameters> {
  const { signature, request, options } = call;
  if (options.deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
  const ending = await client.call(signature.name, request, options.deadline);
  if (ending.kind === 'late') throw afterSending(call, new GatewayError('DEADLINE_PASSED'));
  if (ending.kind === 'failed') throw failed(call, ending.error, { ...where, replacement: client.replacement });
  return answered(call, ending);
}

function answered(call: PreparedCall, ending: CallEnding & { readonly kind: 'answered' }): AbapParameters {
  try {
    return readAnswer(call.signature, ending.answer, call.options.tables ?? []);
  } catch (thrown) {
    throw afterSending(call, toGatewayError(thrown));
  }
}

function failed(
  call: PreparedCall,
  error: RfcErrorInfo,
  where: Where & { readonly replacement: OpenClient['replacement'] },
): GatewayError {
  const functionName = call.signature.name;
  const cause = new Error(`node-rfc: ${error.codeString} in group ${error.group}`);
  if (contradictsInterface(error) && where.replacement === 'none')
    return new GatewayError('SAP_INTERFACE_CHANGED', { functionName }, cause);
  const failure = failureOf(error, { functionName, sapClient: where.sapClient });
  // With another connection that could not be opened the error is of that: of the call itself nothing is known any more.
  if (failure.group !== 'logon' && where.replacement !== 'failed') return sapError(failure, call.options.effect, cause);
  return afterSending(call, where.refusal.noted(sapError(failure, 'read', cause)));
}

function afterSending(call: PreparedCall, error: GatewayError): GatewayError {
  return call.options.effect === 'write' ? outcomeUnknown(call.signature.name, error) : error;
}
