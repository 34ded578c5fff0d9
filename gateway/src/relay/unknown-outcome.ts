/** What a caller is told when the answer to a write was lost: it is being verified, follow it, do not repeat it fresh. */
import type { GatewayError } from '../errors/index.ts';
import { toProblem } from '../model/index.ts';
import type { Operation, WriteOperation } from '../model/index.ts';
import type { Clock } from '../timing/index.ts';

const writeKinds: Readonly<Record<string, WriteOperation['kind']>> = {
  createCustomer: 'customer.create',
  changeCustomer: 'customer.change',
  createContact: 'contact.create',
  changeContact: 'contact.change',
  writeService: 'service.call',
};

/** The write as `verifying`; undefined where the operation is not a write the agent can look up. */
export function toVerifying(
  operation: Operation,
  key: string,
  error: GatewayError,
  parts: { readonly clock: Clock; readonly correlationId: string; readonly service: string | undefined },
): object | undefined {
  const kind = writeKinds[operation.name];
  if (kind === undefined) return undefined;
  return {
    id: key,
    kind,
    state: 'verifying',
    asOf: new Date(parts.clock.now()).toISOString(),
    // Only the agent counts, and it cannot be asked now.
    attempts: 0,
    isRepeat: false,
    customer: null,
    contact: null,
    ...(parts.service === undefined ? {} : { service: parts.service }),
    sapMessages: [],
    problem: toProblem(error, parts.correlationId),
  };
}
