/** The door of the stand-in for SAP's NetWeaver RFC library. */
export { buildStandIn } from './build.ts';
export type { BuiltStandIn } from './build.ts';
export { loadStandIn } from './load.ts';
