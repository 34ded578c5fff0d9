/**
 * Which records have their turn, and which parents were delivered meanwhile. Kept in tables of this connection alone, in memory: a
 * restart forgets them, and what is rolled back is forgotten with the rest of its transaction.
 */
import type { DatabaseSync } from 'node:sqlite';

/** A turn that is over. */
export interface EndedTurn {
  /** Something arrived for the record since it began. */
  readonly hasNews: boolean;
  readonly begunAt: number;
}

export interface Turns {
  begin(record: number): void;
  end(record: number): EndedTurn;
  noteDelivered(record: number): void;
  wasDeliveredSince(record: number, begunAt: number): boolean;
}

/** To be had before statements that ask for `taken` are prepared. */
export function prepareTurns(database: DatabaseSync): Turns {
  database.exec('PRAGMA temp_store = MEMORY');
  database.exec('CREATE TEMP TABLE taken (record INTEGER PRIMARY KEY, last_position INTEGER, begun_at INTEGER)');
  database.exec('CREATE TEMP TABLE delivered (record INTEGER PRIMARY KEY, at INTEGER)');
  const newest = database.prepare('SELECT max(position) AS newest FROM record_change WHERE record = ?');
  const insert = database.prepare('INSERT OR REPLACE INTO taken VALUES (?, ?, ?)');
  const select = database.prepare('SELECT last_position, begun_at FROM taken WHERE record = ?');
  const remove = database.prepare('DELETE FROM taken WHERE record = ?');
  const oldest = database.prepare('SELECT min(begun_at) AS oldest, count(*) AS count FROM taken');
  const deliver = database.prepare('INSERT OR REPLACE INTO delivered VALUES (?, ?)');
  const delivered = database.prepare('SELECT 1 FROM delivered WHERE record = ? AND at > ?');
  const forget = database.prepare('DELETE FROM delivered WHERE at < ?');
  // Orders what happens in this process; no clock is asked, because clocks go back.
  let now = 0;
  let notedSinceForgotten = 0;

  const newestOf = (record: number): number => Number(newest.get(record)?.['newest'] ?? 0);
  /** Only turns that are still under way can ask for them. */
  const forgetOld = (): void => {
    notedSinceForgotten += 1;
    if (notedSinceForgotten < 1000) return;
    notedSinceForgotten = 0;
    forget.run(Number(oldest.get()?.['oldest'] ?? now));
  };

  return {
    begin: (record) => void insert.run(record, newestOf(record), (now += 1)),
    end: (record) => {
      const turn = select.get(record);
      if (turn === undefined) return { hasNews: false, begunAt: now };
      remove.run(record);
      return { hasNews: newestOf(record) > Number(turn['last_position']), begunAt: Number(turn['begun_at']) };
    },
    noteDelivered: (record) => {
      deliver.run(record, (now += 1));
      forgetOld();
    },
    wasDeliveredSince: (record, begunAt) => delivered.get(record, begunAt) !== undefined,
  };
}
