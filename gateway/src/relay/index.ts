/** The relay: faces Salesforce and the agents, keeps nothing. */
export type { RegisteredAgent, RelayHandle, RelayLimits, RelayParts, RelaySettings } from './settings.ts';
export { startRelay } from './start-relay.ts';
export { composeRelay, readOrgs } from './compose.ts';
export { servicesDocument } from './services-document.ts';
