/** What stops a write before SAP is called, and what that means for its request. */
import { expect, test } from '@jest/globals';
import { causeOf } from '../../../src/agent/execute/policy.ts';
import { GatewayError } from '../../../src/errors/index.ts';

test.each([
  // Nothing is looked up in another system: all writes wait for the operator.
  ['SAP_SYSTEM_MISMATCH', 'logon'],
  // Nothing was sent, and a person must act: no look-up, no refusal of the data.
  ['SAP_FUNCTION_NOT_ALLOWED', 'held'],
  ['SAP_INTERFACE_CHANGED', 'held'],
] as const)('%s means %s', (code, cause) => {
  expect(causeOf(new GatewayError(code))).toBe(cause);
});
