/** Durable file: a SQLite file that can be relied on, the thread that holds it, and many requests synced together. */
export type { DurableFileSettings, FileFormat } from './file-format.ts';
export { FileRefusal, isFull, reasonOf } from './file-reasons.ts';
export type { FileThread } from './file-thread.ts';
export { startFileThread } from './file-thread.ts';
export { GroupCommit } from './group-commit.ts';
export type { GroupCommitParts } from './group-commit.ts';
export type { Failed, FromFileThread, ToFileThread } from './messages.ts';
export { holdAlone } from './hold-alone.ts';
export { numberOf } from './migrations.ts';
export { openFile, prepareFile, visitFile } from './open-file.ts';
export { commit, runTogether } from './run-together.ts';
export { serveFile } from './serve-file.ts';
export type { ServedFile } from './serve-file.ts';
