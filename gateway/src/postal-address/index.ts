/** Postal addresses between SAP's parts and Salesforce's block: pure, and nothing is lost on the way there and back. */
export { toBlock, toParts } from './address-block.ts';
export type { AddressBlock, SapAddress } from './address-block.ts';
export { sapRegionOf, stateCodeOf } from './regions.ts';
export { joinStreet, splitStreet } from './street-line.ts';
export type { StreetParts } from './street-line.ts';
