/** One verified call on its way from the connection to SAP, and what comes back. */
import type { CorrelationId, IdempotencyKey, OperationName, OrgId, SapSystemId } from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';

/** Everything in it has been verified by the agent itself: the token, the org's right to the system, the shapes. */
export interface Call {
  readonly org: OrgId;
  /** `sub` of the org's token: the Salesforce user. For the log and SAP's audit trail; its only right is to be named in a service file. */
  readonly user: string;
  readonly system: SapSystemId;
  readonly operation: OperationName;
  /** Parsed by the operation's own schemas (model/operations.ts). */
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Present for writes. */
  readonly idempotencyKey: IdempotencyKey | undefined;
  readonly correlationId: CorrelationId;
  readonly deadline: Deadline;
  /** How long it has been on its way when the agent got it; 0 where nobody says. */
  readonly ageMs?: number | undefined;
  /** Another agent may have had the key of this service call before. */
  readonly isShared?: boolean | undefined;
}

export interface Reply {
  /** 200; 201 for a write that is done; 202 for one that is running, verifying or held. */
  readonly status: number;
  /** An answer of the operation's schema. Failures are thrown as GatewayError. */
  readonly body: unknown;
}

/** Executes verified calls; implemented by agent/execute/, used by the connection. */
export interface Executor {
  execute(call: Call): Promise<Reply>;
  /** Takes no new calls, waits for the running ones. */
  drain(deadline: Deadline): Promise<void>;
}
