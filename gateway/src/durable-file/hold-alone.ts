/**
 * Holds a file that others may open for one owner alone: the lock is on a file beside it, held by the operating system, and gone
 * when the process is, however it ends. A lease by the clock would let nobody in for a while after each crash.
 */
import { DatabaseSync } from 'node:sqlite';
import type { FileFormat } from './file-format.ts';
import { FileRefusal, reasonOf } from './file-reasons.ts';
import { createOwnerOnly } from './open-file.ts';

/** Kept here, because a database that nobody refers to any more is closed with the next collection of garbage, and its lock is gone. */
const held = new Set<DatabaseSync>();

/** Throws FileRefusal while another has it; the returned function lets go. */
export function holdAlone(file: string, format: FileFormat): () => void {
  const lock = `${file}.lock`;
  try {
    createOwnerOnly(lock);
    // An empty database serves: SQLite's locks work on every system that it does.
    const database = new DatabaseSync(lock, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    held.add(database);
    return () => {
      held.delete(database);
      database.close();
    };
  } catch (error) {
    throw new FileRefusal(reasonOf(error, file, format));
  }
}
