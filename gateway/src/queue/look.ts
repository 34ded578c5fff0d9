/** Notices that another process has changed the file, as `gangway queue retry` does, without reading any of it. */
import type { DatabaseSync } from 'node:sqlite';
import type { QueueReply } from './messages.ts';

/** SQLite's data version moves with commits of other connections only. */
export function prepareLook(database: DatabaseSync): () => QueueReply {
  const select = database.prepare('PRAGMA data_version');
  let seen = select.get()?.['data_version'];
  return () => {
    const now = select.get()?.['data_version'];
    const hasChanged = now !== seen;
    seen = now;
    return { kind: 'look', hasChanged };
  };
}
