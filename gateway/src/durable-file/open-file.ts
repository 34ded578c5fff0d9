/**
 * Opens a file so that it can be relied on, or says why it cannot be.
 *
 * 1. A committed transaction is on the disk: WAL with synchronous=FULL syncs on every commit.
 * 2. A damaged, foreign or newer file is left exactly as it was found.
 * 3. Only its owner can read it.
 */
import { accessSync, closeSync, constants, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DurableFileSettings, FileFormat } from './file-format.ts';
import { codeOf, damaged, FileRefusal, reasonOf } from './file-reasons.ts';
import { checkFormat, checkNewest, migrate, numberOf } from './migrations.ts';

/**
 * The WAL is carried into the file when it has grown to this, and cut back to it after a burst; 16 MB hold some ten thousand rows. More
 * rarely than SQLite does by itself: a page that many transactions touch is carried once, and fewer syncs are needed.
 */
const walBytes = 16 * 1024 * 1024;
/** The indexes of a million rows mostly stay in memory; SQLite's own 2 MB would read them again with each batch. */
const cacheBytes = 16 * 1024 * 1024;
/** Others hold the lock of a shared file for one short transaction each; who waits longer than this waits for something broken. */
const sharedWaitMs = 10_000;

/** The open file, created where there is none, and migrated to the newest format. Throws FileRefusal. */
export function openFile(settings: DurableFileSettings, format: FileFormat): DatabaseSync {
  try {
    createOwnerOnly(settings.file);
    const timeout = format.access === 'shared' ? sharedWaitMs : 0;
    return prepareFile(new DatabaseSync(settings.file, { timeout }), settings, format);
  } catch (error) {
    throw error instanceof FileRefusal ? error : new FileRefusal(reasonOf(error, settings.file, format));
  }
}

/**
 * Opens a shared file beside its owner: nothing is created or migrated, and its soundness is the owner's to check. Throws
 * FileRefusal.
 */
export function visitFile({ file }: DurableFileSettings, format: FileFormat): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // SQLite itself would create it.
    accessSync(file, constants.R_OK | constants.W_OK);
    database = new DatabaseSync(file, { timeout: sharedWaitMs });
    checkFormat(database, file, format);
    checkNewest(database, file, format);
    syncAndWipe(database);
    return database;
  } catch (error) {
    database?.close();
    throw new FileRefusal(reasonOf(error, file, format));
  }
}

/** Creates the file where there is none. SQLite gives its companion files (-wal) the mode of the main file, so it is enough to set it once. */
export function createOwnerOnly(file: string): void {
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

/** For every connection that writes: each commit is on the disk, and what is wiped leaves the file too, not only the table. */
function syncAndWipe(database: DatabaseSync): void {
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA secure_delete = ON');
}

/** Brings an open database into the state that the promises above need; closes it where that fails. */
export function prepareFile(database: DatabaseSync, settings: DurableFileSettings, format: FileFormat): DatabaseSync {
  try {
    if (format.access === 'exclusive') database.exec('PRAGMA locking_mode = EXCLUSIVE');
    checkFormat(database, settings.file, format);
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    if (mode !== 'wal') throw new FileRefusal(`${settings.file} is on a file system that cannot keep a WAL`);
    syncAndWipe(database);
    database.exec(`PRAGMA journal_size_limit = ${walBytes}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${Math.floor(walBytes / numberOf(database, 'page_size'))}`);
    // Negative: KiB, not pages.
    database.exec(`PRAGMA cache_size = ${-cacheBytes / 1024}`);
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    checkSoundness(database, settings.file, format);
    migrate(database, format);
    limitSize(database, settings.maxBytes);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkSoundness(database: DatabaseSync, file: string, format: FileFormat): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') throw new FileRefusal(damaged(file, format));
}

function limitSize(database: DatabaseSync, maxBytes: number): void {
  const pages = Math.floor(maxBytes / numberOf(database, 'page_size'));
  database.exec(`PRAGMA max_page_count = ${pages}`);
}
