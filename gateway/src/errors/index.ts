/** Errors: the catalogue, the one class, the five dispositions. */
export { catalogue } from './catalogue.ts';
export type { CatalogueEntry, ErrorCode } from './catalogue.ts';
export type { Disposition, Owner } from './disposition.ts';
export { GatewayError, toGatewayError } from './gateway-error.ts';
export type { ErrorContext, ErrorDetails, InputIssue, SapMessage } from './gateway-error.ts';
