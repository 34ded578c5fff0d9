/** What an HTTP status or a SOAP fault of SAP means, in the words of the room's error table. */
import type { SapFailure } from '../../errors.ts';
import type { SoapFault } from './soap-fault.ts';

interface Where {
  readonly functionName: string;
  readonly sapClient: string;
}

/** An answer without an envelope: SAP's HTTP layer spoke, not the function. */
export function statusFailure(status: number, where: Where): SapFailure {
  return { ...where, group: groupOf(status), keys: [], messages: [], reason: `HTTP ${status} without an envelope` };
}

/**
 * A fault: an ABAP exception (`Client`) or a short dump (`Server`), told apart further by its key. For a write only
 * a name that stands alone counts as key: a word in a sentence may be the customer's own, and "it was not executed"
 * must not rest on that.
 */
export function failureOf(fault: SoapFault, where: Where, effect: 'read' | 'write'): SapFailure {
  const keys = effect === 'write' ? fault.names : [...fault.names, ...fault.words];
  const group = fault.code === 'Server' ? 'abap-runtime' : 'abap-application';
  const messages = fault.text === '' ? [] : [{ type: 'E', id: '', number: '', text: fault.text } as const];
  return { ...where, group, keys, messages };
}

function groupOf(status: number): SapFailure['group'] {
  switch (status) {
    case 401:
      return 'logon';
    case 403:
      return 'authorization';
    case 404:
      return 'service-missing';
    // Sent by the ICM before any work process has seen the request.
    case 429:
    case 503:
      return 'busy';
    case 408:
    case 502:
    case 504:
      return 'communication';
    // A 500 without an envelope is the ICM's page for a session that died.
    case 500:
      return 'abap-runtime';
    default:
      return 'unreadable';
  }
}
