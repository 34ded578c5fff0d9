/**
 * Opens the journal's file so that it can be relied on, or says why it cannot be.
 *
 * 1. One process per file: the exclusive lock is held from here until the process ends, however it ends.
 * 2. A committed transaction is on the disk: WAL with synchronous=FULL syncs on every commit.
 * 3. A damaged, foreign or newer file is left exactly as it was found.
 */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileSettings } from './messages.ts';

type OpenSettings = Pick<FileSettings, 'file' | 'maxBytes'>;

/** "GNGW", in the file's header: tells a journal from any other SQLite file. */
const applicationId = 0x474e4757;
const migrationFolder = new URL('./migrations/', import.meta.url);
/** The WAL is cut back to this after a burst; 16 MB hold some ten thousand writes. */
const walBytes = 16 * 1024 * 1024;

/** Why the journal cannot be used, in words an operator can act on. */
export class JournalRefusal extends Error {}

/** The open file, migrated to the newest format. Throws JournalRefusal. */
export function openFile(settings: OpenSettings): DatabaseSync {
  try {
    createOwnerOnly(settings.file);
    return prepareFile(new DatabaseSync(settings.file, { timeout: 0 }), settings);
  } catch (error) {
    throw error instanceof JournalRefusal ? error : new JournalRefusal(reasonOf(error, settings.file));
  }
}

/** SQLite gives its companion files (-wal) the mode of the main file, so it is enough to set it once. */
function createOwnerOnly(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw error;
  }
  syncFolder(dirname(file));
}

/** A new file survives power loss only when its folder's entry is on the disk too. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows cannot sync folders; NTFS journals their entries itself.
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Brings an open database into the state that the three promises above need; closes it where that fails. */
export function prepareFile(database: DatabaseSync, settings: OpenSettings): DatabaseSync {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    checkFormat(database, settings.file);
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    if (mode !== 'wal') throw new JournalRefusal(`${settings.file} is on a file system that cannot keep a WAL`);
    database.exec('PRAGMA synchronous = FULL');
    // Wiped drafts leave the file too, and not only the table.
    database.exec('PRAGMA secure_delete = ON');
    database.exec(`PRAGMA journal_size_limit = ${walBytes}`);
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    checkSoundness(database, settings.file);
    migrate(database);
    limitSize(database, settings.maxBytes);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkFormat(database: DatabaseSync, file: string): void {
  const version = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  const isEmpty = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'] === 0;
  if (isEmpty && version === 0) return;
  if (owner !== applicationId) throw new JournalRefusal(`${file} is a database, but not a Gangway journal`);
  const newest = readMigrations().length;
  if (version <= newest) return;
  throw new JournalRefusal(
    `${file} was written by a newer Gangway (format ${version}, this one knows ${newest}); start that version again`,
  );
}

function checkSoundness(database: DatabaseSync, file: string): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') throw new JournalRefusal(damaged(file));
}

/** Forward only, each step in its own transaction together with its number. */
function migrate(database: DatabaseSync): void {
  const done = numberOf(database, 'user_version');
  readMigrations()
    .slice(done)
    .forEach((statements, index) => {
      database.exec('BEGIN IMMEDIATE');
      database.exec(statements);
      database.exec(`PRAGMA application_id = ${applicationId}`);
      database.exec(`PRAGMA user_version = ${done + index + 1}`);
      database.exec('COMMIT');
    });
}

/** The migrations in their order; the first is number 1. */
function readMigrations(): readonly string[] {
  migrations ??= loadMigrations();
  return migrations;
}

/** They are part of the program, and do not change while it runs. */
let migrations: readonly string[] | undefined;

function loadMigrations(): readonly string[] {
  const names = readdirSync(migrationFolder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();
  names.forEach((name, index) => {
    if (Number(name.slice(0, 4)) !== index + 1) throw new JournalRefusal(`migration ${index + 1} is missing`);
  });
  return names.map((name) => readFileSync(new URL(name, migrationFolder), 'utf8'));
}

function limitSize(database: DatabaseSync, maxBytes: number): void {
  const pages = Math.floor(maxBytes / numberOf(database, 'page_size'));
  database.exec(`PRAGMA max_page_count = ${pages}`);
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

const damaged = (file: string): string =>
  `${file} is damaged; move it aside together with its -wal file, keep both for support, and start with a new one ` +
  `(what was created is known to SAP's key table)`;

/** SQLite's primary result codes and Node's file errors in words; see sqlite.org/rescode.html. */
export function reasonOf(error: unknown, file: string): string {
  switch (sqliteCodeOf(error) ?? codeOf(error)) {
    case 5: // BUSY
    case 6: // LOCKED
      return `${file} is in use by another agent; one agent per journal file`;
    case 8: // READONLY
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return `${file} or its folder may not be written by this user`;
    case 11: // CORRUPT
    case 26: // NOTADB
      return damaged(file);
    case 13: // FULL
    case 'ENOSPC':
      return `no space is left for ${file}`;
    case 10: // IOERR
      return `the disk of ${file} reports an error`;
    case 14: // CANTOPEN
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return `${file} cannot be opened; it must be a file in a folder that exists`;
    default:
      return error instanceof Error ? error.message : 'unknown';
  }
}

function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // Extended codes keep the primary one in their low byte.
  return error.errcode & 0xff;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
