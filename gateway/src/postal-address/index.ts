/** Postal addresses between SAP's parts and Salesforce's block. */
export { splitStreet } from './street-line.ts';
