/** SAP, in SAP's words; to everybody else it is a SapSystem in business words. */
export { openSap, openServiceWorkbench } from './open-sap.ts';
export type { CalendarRule, GovernorSettings, RfcDestination, SapSettings, SoapSettings } from './sap-settings.ts';
export type { PublishedFile, ServiceWorkbench } from './services/workbench.ts';
export type { ServiceProblem } from './services/problems.ts';
export { functionCatalogue } from './functions/catalogue.ts';
export type { CatalogueFunction } from './functions/signature.ts';
export { publishedFunctions } from './authorizations/published-functions.ts';
export { objectChecks, sapRole } from './authorizations/role.ts';
export type { Authorization, RoleRequest, SapRole } from './authorizations/role.ts';
export { rarelyAsked } from './authorizations/objects.ts';
export type { ObjectCheck } from './authorizations/objects.ts';
export {
  namedPlaces,
  roleAsCsv,
  roleAsMarkdown,
  roleAsTable,
  roleNotes,
  roleRows,
} from './authorizations/role-text.ts';
export { readableTables } from './authorizations/tables.ts';
