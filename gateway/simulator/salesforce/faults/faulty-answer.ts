/** Lets the faults strike calls of the API: before the org does anything, or after it has committed. */
import type { HttpAnswer } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Faults } from './faults.ts';

/** The connection breaks; nobody gets an answer. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection was cut by a fault');
    this.name = 'ConnectionLost';
  }
}

/** Only what programs call: the page stays usable. */
const apiPath = /^\/services\/(apexrest|data|oauth2)\b/;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers a call as `answer` does, unless a fault strikes. */
export async function withFaults(
  faults: Faults,
  path: string,
  answer: () => HttpAnswer | Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (!apiPath.test(path)) return answer();
  const slow = faults.strike(['slow'], path);
  if (slow !== undefined) await wait(slow.delayMs ?? 0);
  const early = refusalOf(faults, path);
  if (early !== undefined) return early;
  const real = await answer();
  if (faults.strike(['lost-after-commit'], path) !== undefined) throw new ConnectionLost();
  return faults.strike(['cut-answer'], path) === undefined ? real : { ...real, isCut: true };
}

/** A refusal before the org did anything. */
function refusalOf(faults: Faults, path: string): HttpAnswer | undefined {
  const kind = faults.strike(
    ['lost-before-commit', 'server-error', 'unavailable', 'row-locked', 'limit-reached', 'session-expired', 'garbage'],
    path,
  )?.kind;
  switch (kind) {
    case undefined:
      return undefined;
    case 'lost-before-commit':
      throw new ConnectionLost();
    case 'server-error':
      throw new SalesforceError('UNKNOWN_EXCEPTION', 'An unexpected error occurred.', { status: 500 });
    case 'unavailable':
      return { status: 503, body: '<html><body>Service Unavailable</body></html>', headers: html };
    case 'row-locked':
      throw rowLocked(path);
    case 'limit-reached':
      throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
    case 'session-expired':
      throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
    case 'garbage':
      return { status: 200, body: '{"contract": 1, "lease": {"isHe' };
    default:
      return undefined;
  }
}

const html = { 'content-type': 'text/html;charset=UTF-8' };

/** Apex that does not catch it answers with the exception; the REST API with the code. */
function rowLocked(path: string): SalesforceError {
  const words = 'unable to obtain exclusive access to this record';
  if (!path.startsWith('/services/apexrest')) return new SalesforceError('UNABLE_TO_LOCK_ROW', words);
  const message = `System.DmlException: Update failed. First exception on row 0; first error: UNABLE_TO_LOCK_ROW, ${words}: []`;
  return new SalesforceError('APEX_ERROR', message, { status: 500 });
}
