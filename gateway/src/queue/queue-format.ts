/** The queue's file: what tells it from others, and how it is opened by the agent and by commands beside it. */
import type { DatabaseSync } from 'node:sqlite';
import { openFile, prepareFile, visitFile } from '../durable-file/index.ts';
import type { DurableFileSettings, FileFormat } from '../durable-file/index.ts';
import type { QueueFileSettings } from './messages.ts';

export const queueFormat: FileFormat = {
  // "GNGQ"
  applicationId: 0x474e4751,
  migrations: new URL('./migrations/', import.meta.url),
  name: 'a Gangway queue of changes',
  owner: 'another agent; one agent per file of changes',
  remedy:
    'move it aside together with its -wal file, keep both for support, and start with a new one ' +
    '(what had not been delivered is in SAP still: send it again from BD87)',
  access: 'shared',
};

/** The open file. Throws FileRefusal. */
export function openQueueFile(settings: QueueFileSettings): DatabaseSync {
  return settings.role === 'agent' ? openFile(settings, queueFormat) : visitFile(settings, queueFormat);
}

/** The same for a database that is open already. */
export const prepareQueueFile = (database: DatabaseSync, settings: DurableFileSettings): DatabaseSync =>
  prepareFile(database, settings, queueFormat);
