/** Journal: what the agent has begun to write in SAP, and how it ended, safe against power loss. */
export type { FileThread, StartFileThread } from './file-thread.ts';
export { JournalFile } from './journal-file.ts';
export type { FileSettings, FromFileThread, JournalReply, JournalRequest, ToFileThread } from './messages.ts';
export { openJournal } from './open-journal.ts';
export type { JournalSettings } from './open-journal.ts';
export { JournalRefusal, openFile, prepareFile } from './sqlite-file.ts';
export { openSqliteJournal } from './sqlite-journal.ts';
export type { JournalParts } from './sqlite-journal.ts';
