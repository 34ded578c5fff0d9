/** Journal: what the agent has begun to write in SAP, and how it ended, safe against power loss. */
export { JournalFile } from './journal-file.ts';
export type { FileSettings, JournalReply, JournalRequest } from './messages.ts';
export { openJournal } from './open-journal.ts';
export type { JournalSettings } from './open-journal.ts';
export { openFile, prepareFile } from './sqlite-file.ts';
export { openSqliteJournal } from './sqlite-journal.ts';
export type { JournalParts, StartFileThread } from './sqlite-journal.ts';
