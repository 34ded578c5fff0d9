/** The simulated Salesforce org. */
export { startSalesforceSimulator } from './start.ts';
export type { SalesforceSimulator, SalesforceSimulatorOptions } from './start.ts';
export type { ConnectedApp } from './rest/oauth.ts';
export type { OrgData } from './org/load-data.ts';
export type { Fault, FaultKind } from './faults/faults.ts';
export type { Notification } from './apex/outbox/notifications.ts';
export type { PackageVersion } from './apex/mailbox/rest-routes.ts';
