/** Salesforce: an org's mailbox, its bell and its queue desk, over the org's own APIs. */
export { openOrg } from './open-org.ts';
export type { OpenOrg } from './open-org.ts';
export { maxQueueIds } from './queue-desk.ts';
export type { QueueDesk, QueueQuestion, QueueReason } from './queue-desk.ts';
export type { QueueChange, QueuedRequest, QueuePage, ShownRequest } from './queue-wire.ts';
export { toOrgSettings } from './settings.ts';
export type { OrgParts, OrgSettings } from './settings.ts';
