/**
 * What a caller of a write gets. The body is always the write operation, also when SAP refused: that is a state of the
 * request that the org follows, not a failure of the call.
 * - 201 done by this call; 200 done before (`isRepeat`); 200 refused, with SAP's messages in `problem`
 * - 202 running, verifying or held
 * - IDEMPOTENCY_KEY_REUSED (409) when the key stands for other content, here or in SAP
 * - AGENT_STANDBY (503) when another agent writes for this org and nothing was written here
 */
import { GatewayError } from '../../errors/index.ts';
import { writeKind } from '../../model/index.ts';
import type { WriteKind, WriteOperation } from '../../model/index.ts';
import type { KeyLookup } from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { Call, Reply } from '../call.ts';
import type { WriteStanding } from './open-writes.ts';

/** The answer where a write stands now; `isLater`: it was somebody else's before. */
export function toReply(standing: WriteStanding, isLater: boolean): Reply {
  const { operation } = standing;
  switch (operation.state) {
    case 'done':
      return isLater || operation.isRepeat
        ? { status: 200, body: asRepeat(operation) }
        : { status: 201, body: operation };
    case 'refused':
      // SAP's key table holds the key for other content: another agent wrote it.
      if (operation.problem?.code === 'IDEMPOTENCY_KEY_REUSED') throw new GatewayError('IDEMPOTENCY_KEY_REUSED');
      return { status: 200, body: operation };
    case 'running':
    case 'verifying':
    case 'held':
      return { status: 202, body: operation };
  }
}

/** The operation for somebody who asks again. */
export const asRepeat = (operation: WriteOperation): WriteOperation => ({
  ...operation,
  isRepeat: operation.state === 'done',
});

/**
 * A write that is in SAP but not in this journal. The key table does not keep the kind; keys made by the package
 * start with it (`customer.change:`), and a key of another maker is most likely a create.
 */
export function toForeignOperation(
  call: Call,
  id: WriteOperation['id'],
  found: Exclude<KeyLookup, { state: 'none' }>,
  clock: Clock,
): WriteOperation {
  const isDone = found.state === 'done';
  return {
    id,
    kind: kindOf(id),
    state: found.state,
    asOf: new Date(clock.now()).toISOString(),
    attempts: 0,
    isRepeat: isDone,
    customer: isDone ? { system: call.system, number: found.customerNumber } : null,
    contact: isDone ? found.contactNumber : null,
    sapMessages: [],
    problem: null,
  };
}

/** The kind a key of the package names. */
export function kindOf(id: string): WriteKind {
  return writeKind.options.find((kind) => id.startsWith(kind)) ?? 'customer.create';
}
