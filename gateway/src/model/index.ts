/** The model: what both sides talk about, in business words, with a schema for every border. */
export * from './abap-pack-use.ts';
export * from './contact.ts';
export * from './credit.ts';
export * from './customer.ts';
export * from './identifiers.ts';
export * from './invoice.ts';
export * from './json-schema.ts';
export * from './operations.ts';
export * from './problem.ts';
export * from './request-state.ts';
export * from './sales-order.ts';
export * from './sap-feature.ts';
export * from './service.ts';
export * from './values.ts';
export * from './write-operation.ts';
