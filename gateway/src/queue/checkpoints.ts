/** How far each source has been read. */
import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint } from '../ports/index.ts';
import type { QueueReply } from './messages.ts';

export interface Checkpoints {
  remember(checkpoint: Checkpoint): QueueReply;
  find(name: string): QueueReply;
}

export function prepareCheckpoints(database: DatabaseSync): Checkpoints {
  const upsert = database.prepare(
    'INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const select = database.prepare('SELECT value FROM checkpoint WHERE name = ?');
  return {
    remember: ({ name, value }) => {
      upsert.run(name, value);
      return { kind: 'remember' };
    },
    find: (name) => {
      const value = select.get(name)?.['value'];
      return { kind: 'checkpoint', value: value === undefined ? undefined : String(value) };
    },
  };
}
