/** Reads what a caller sent with the operation's own schemas: the relay to fail early, the agent to be sure. */
import { GatewayError } from '../errors/index.ts';
import type { InputIssue } from '../errors/index.ts';
import { operations } from '../model/index.ts';
import type { Operation, OperationName } from '../model/index.ts';
import type { RawParameters } from './call-header.ts';

export interface RawInputs {
  readonly params: RawParameters;
  readonly query: RawParameters;
  /** JSON as bytes; absent where the call has no body. */
  readonly body: Buffer | undefined;
}

export interface CallInputs {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A person corrects a handful at a time; a body of nonsense must not become an answer of megabytes. */
const maxIssues = 20;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether there is such an operation. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

/** Throws REQUEST_MALFORMED, CUSTOMER_NUMBER_INVALID or REQUEST_INVALID with every issue named. */
export function readInputs(operation: Operation, raw: RawInputs): CallInputs {
  const body = raw.body === undefined ? undefined : parseBody(raw.body);
  const params = operation.params.safeParse(raw.params);
  const query = operation.query.safeParse(raw.query);
  const read = operation.body.safeParse(body);
  const failures = [params, query, read].flatMap((part) => part.error?.issues ?? []);
  if (failures.length > 0) throw toInvalid(failures);
  return { params: toRecord(params.data), query: toRecord(query.data), body: read.data };
}

function parseBody(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'not valid JSON' : 'not valid UTF-8';
    // The cause would repeat a piece of the body, and causes are logged.
    throw new GatewayError('REQUEST_MALFORMED', { reason });
  }
}

interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function toInvalid(failures: readonly SchemaIssue[]): GatewayError {
  const issues: InputIssue[] = failures
    .slice(0, maxIssues)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
  const isCustomerNumber = issues.length > 0 && issues.every((issue) => issue.path === 'number');
  const code = isCustomerNumber ? 'CUSTOMER_NUMBER_INVALID' : 'REQUEST_INVALID';
  return new GatewayError(code, {}, undefined, { issues });
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value ?? {}));
}
