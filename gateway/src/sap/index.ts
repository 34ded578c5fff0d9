/** SAP, in SAP's words; to everybody else it is a SapSystem in business words. */
export { openSap } from './open-sap.ts';
export type { CalendarRule, GovernorSettings, RfcDestination, SapSettings, SoapSettings } from './sap-settings.ts';
export type { PublishedFile, ServiceWorkbench } from './services/workbench.ts';
export type { ServiceProblem } from './services/problems.ts';
