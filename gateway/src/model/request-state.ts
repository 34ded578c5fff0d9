/** Where a request stands in the org's outbox. */

/**
 * - `ready`: waits to be taken.
 * - `sent`, `verifying`: an agent has it in hand.
 * - `held`: a person must act.
 * - `done`, `refused`: ended.
 */
export const requestStates = ['ready', 'sent', 'verifying', 'held', 'done', 'refused'] as const;
export type RequestState = (typeof requestStates)[number];
