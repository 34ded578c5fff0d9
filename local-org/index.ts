/** The local org's page: the product's own components in a frame that looks like Salesforce. */
export { bundlePage } from './bundle/bundle-page.ts';
export type { BundleOptions } from './bundle/bundle-page.ts';
