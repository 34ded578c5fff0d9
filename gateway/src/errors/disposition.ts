/** What happens next after a failure; a closed list, so that policy is a branch and never a guess. */

/**
 * - `retry`: will likely work later, and repeating is harmless.
 * - `reject`: can never work as it is; a person corrects the data.
 * - `hold`: waits for something outside (an authorization, a decision, a parent record).
 * - `verify`: may already have happened; look in SAP by key before anything is repeated.
 * - `stop`: the process must not go on; configuration or credentials are wrong.
 */
export type Disposition = 'retry' | 'reject' | 'hold' | 'verify' | 'stop';

/** Who can end the failure. */
export type Owner = 'nobody' | 'user' | 'salesforce-admin' | 'sap-basis' | 'sap-key-user' | 'operator' | 'gangway';
