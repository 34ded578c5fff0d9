/** The journal's file: what tells it from others, and how it is opened. One process has it, until it ends. */
import type { DatabaseSync } from 'node:sqlite';
import { openFile as openDurable, prepareFile as prepareDurable } from '../durable-file/index.ts';
import type { DurableFileSettings, FileFormat } from '../durable-file/index.ts';

export const journalFormat: FileFormat = {
  // "GNGW"
  applicationId: 0x474e4757,
  migrations: new URL('./migrations/', import.meta.url),
  name: 'a Gangway journal',
  owner: 'another agent; one agent per journal file',
  remedy:
    'move it aside together with its -wal file, keep both for support, and start with a new one ' +
    "(what was created is known to SAP's key table)",
  access: 'exclusive',
};

/** The open file, migrated to the newest format. Throws FileRefusal. */
export const openFile = (settings: DurableFileSettings): DatabaseSync => openDurable(settings, journalFormat);

/** The same for a database that is open already. */
export const prepareFile = (database: DatabaseSync, settings: DurableFileSettings): DatabaseSync =>
  prepareDurable(database, settings, journalFormat);
