/** Journal: what the agent has begun to write in SAP, and how it ended, safe against power loss. */
export { openJournal } from './open-journal.ts';
export type { JournalSettings } from './open-journal.ts';
export type { JournalParts } from './sqlite-journal.ts';
