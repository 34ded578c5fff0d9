/** From the format a file has to the newest one: forward only, each step in its own transaction together with its number. */
import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { FileFormat } from './file-format.ts';
import { FileRefusal } from './file-reasons.ts';

/** A number that SQLite keeps or counts, by the name of its pragma. */
export function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

/** Refuses what is another program's, or was written by a newer version of this one. */
export function checkFormat(database: DatabaseSync, file: string, format: FileFormat): void {
  const version = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  const isEmpty = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'] === 0;
  if (isEmpty && version === 0) return;
  if (owner !== format.applicationId) throw new FileRefusal(`${file} is a database, but not ${format.name}`);
  const newest = readMigrations(format).length;
  if (version <= newest) return;
  throw new FileRefusal(
    `${file} was written by a newer Gangway (format ${version}, this one knows ${newest}); start that version again`,
  );
}

/** Refuses what its owner has yet to migrate: a visitor leaves a file as it is. */
export function checkNewest(database: DatabaseSync, file: string, format: FileFormat): void {
  const version = numberOf(database, 'user_version');
  const newest = readMigrations(format).length;
  if (version === newest) return;
  throw new FileRefusal(`${file} was written by an older Gangway (format ${version}); start this version's agent once`);
}

/** Runs the steps that the file does not have yet. */
export function migrate(database: DatabaseSync, format: FileFormat): void {
  const done = numberOf(database, 'user_version');
  readMigrations(format)
    .slice(done)
    .forEach((statements, index) => {
      database.exec('BEGIN IMMEDIATE');
      database.exec(statements);
      database.exec(`PRAGMA application_id = ${format.applicationId}`);
      database.exec(`PRAGMA user_version = ${done + index + 1}`);
      database.exec('COMMIT');
    });
}

/** They are part of the program, and do not change while it runs. */
const known = new Map<string, readonly string[]>();

/** The migrations in their order; the first is number 1. */
function readMigrations({ migrations: folder }: FileFormat): readonly string[] {
  const before = known.get(folder.href);
  if (before !== undefined) return before;
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();
  names.forEach((name, index) => {
    if (Number(name.slice(0, 4)) !== index + 1) throw new FileRefusal(`migration ${index + 1} is missing`);
  });
  const steps = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  known.set(folder.href, steps);
  return steps;
}
