/** From what the org answers when it does not do what was asked, to our catalogue. No message text is parsed. */
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import type { ErrorCode } from '../errors/index.ts';
import type { HttpAnswer } from './exchange.ts';

/** The number of the contract in docs/salesforce/mailbox.md that this agent speaks. */
export const contractNumber = 1;

/** The REST API's error codes that say more than the status does. */
const codes: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'SALESFORCE_SESSION_EXPIRED',
  // The org has moved: a new logon names its new address.
  URL_NOT_RESET: 'SALESFORCE_SESSION_EXPIRED',
  REQUEST_LIMIT_EXCEEDED: 'SALESFORCE_LIMIT_REACHED',
  TOO_MANY_APEX_REQUESTS: 'SALESFORCE_LIMIT_REACHED',
  TXN_SECURITY_METERING_ERROR: 'SALESFORCE_LIMIT_REACHED',
  UNABLE_TO_LOCK_ROW: 'SALESFORCE_ROW_LOCKED',
  SERVER_UNAVAILABLE: 'SALESFORCE_UNREACHABLE',
  INSUFFICIENT_ACCESS: 'SALESFORCE_NOT_AUTHORIZED',
  INSUFFICIENT_ACCESS_OR_READONLY: 'SALESFORCE_NOT_AUTHORIZED',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'SALESFORCE_NOT_AUTHORIZED',
  API_DISABLED_FOR_ORG: 'SALESFORCE_NOT_AUTHORIZED',
  API_CURRENTLY_DISABLED: 'SALESFORCE_NOT_AUTHORIZED',
  FUNCTIONALITY_NOT_ENABLED: 'SALESFORCE_NOT_AUTHORIZED',
  FORBIDDEN: 'SALESFORCE_NOT_AUTHORIZED',
};

const statuses: Readonly<Record<number, ErrorCode>> = {
  401: 'SALESFORCE_SESSION_EXPIRED',
  403: 'SALESFORCE_NOT_AUTHORIZED',
  429: 'SALESFORCE_LIMIT_REACHED',
  502: 'SALESFORCE_UNREACHABLE',
  503: 'SALESFORCE_UNREACHABLE',
  504: 'SALESFORCE_UNREACHABLE',
};

/** `[{"errorCode": ..., "message": ...}]`, as every REST resource answers. */
const restErrors = z.array(z.object({ errorCode: z.string(), message: z.string().catch('') })).min(1);
/** What the mailbox's own Apex answers. */
const contractError = z.object({
  error: z.string(),
  contract: z.number().optional().catch(undefined),
  packageVersion: z.string().max(40).optional().catch(undefined),
});

/** The failure that an answer with another status than 2xx stands for. */
export function toFailure({ status, body }: HttpAnswer, isApex: boolean): GatewayError {
  if (status >= 300 && status < 400) return new GatewayError('SALESFORCE_FAILED', { reason: `a redirect (${status})` });
  const parsed = parseJson(body);
  const own = contractError.safeParse(parsed);
  if (own.success) return toContractFailure(own.data, status);
  const rest = restErrors.safeParse(parsed);
  const [first] = rest.success ? rest.data : [];
  // Not from Salesforce's REST API: a page of a proxy or of a load balancer in between.
  if (first === undefined) return new GatewayError(statusFailure(status), { reason: `HTTP ${status}`, status });
  const missing = status === 404 && isApex ? 'PACKAGE_MISSING' : undefined;
  const code = codes[lockedIn(first)] ?? missing ?? statuses[status] ?? 'SALESFORCE_FAILED';
  return new GatewayError(code, { reason: `${name(first.errorCode)}${exceptionIn(first.message)}`, status });
}

/** The package speaks another contract; also for an answer of 200 that says so. */
export function contractFailure(found: number, packageVersion: string | undefined): GatewayError {
  const context = { found: packageVersion ?? `contract ${found}`, contract: found };
  if (found === contractNumber) return new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'its contract' });
  return new GatewayError(found > contractNumber ? 'PACKAGE_TOO_NEW' : 'PACKAGE_TOO_OLD', context);
}

function toContractFailure(said: z.infer<typeof contractError>, status: number): GatewayError {
  if (said.error === 'CONTRACT_UNKNOWN' && said.contract !== undefined)
    return contractFailure(said.contract, said.packageVersion);
  const code = codes[said.error] ?? statuses[status] ?? 'SALESFORCE_FAILED';
  return new GatewayError(code, { reason: name(said.error), status });
}

function statusFailure(status: number): ErrorCode {
  return statuses[status] ?? (status >= 500 ? 'SALESFORCE_FAILED' : 'SALESFORCE_ANSWER_UNREADABLE');
}

/** A lock that Apex did not catch comes as APEX_ERROR; Salesforce's own code for it stands in the exception's text. */
function lockedIn({ errorCode, message }: { readonly errorCode: string; readonly message: string }): string {
  return message.includes('UNABLE_TO_LOCK_ROW') ? 'UNABLE_TO_LOCK_ROW' : errorCode;
}

/** `: System.DmlException`; the rest of an exception's text may hold customer data. */
function exceptionIn(message: string): string {
  const type = /^[A-Za-z][A-Za-z0-9_.]{0,80}Exception\b/.exec(message)?.[0];
  return type === undefined ? '' : `: ${type}`;
}

const name = (code: string): string => (/^[A-Za-z0-9_.-]{1,80}$/.test(code) ? code : 'an unknown code');

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The status says it: what is no JSON does not come from the API.
    return undefined;
  }
}
