/** The simulated Salesforce org. */
export { startSalesforceSimulator } from './start.ts';
export type { SalesforceSimulator, SalesforceSimulatorOptions } from './start.ts';
export type { ConnectedApp } from './rest/oauth.ts';
export type { OrgData } from './org/load-data.ts';
