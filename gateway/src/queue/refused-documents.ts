/** Documents that could not be understood, until somebody discards them or they come again and are. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { SourceDocument } from '../model/index.ts';
import type { Accepted } from '../ports/index.ts';
import { NoRoom } from './no-room.ts';
import type { Positions } from './positions.ts';
import type { QueueLimits, RefusedReply, RefusedRow } from './messages.ts';
import type { Room } from './room.ts';
import { sourceColumns, toSource, understood } from './rows.ts';

export interface Refusals {
  /** To be called at the begin of each transaction. */
  begin(): void;
  /** Kept once; throws NoRoom. */
  keep(document: RefusedRow, nowMs: number): Accepted;
  /** The document was understood after all, corrected or as it was: nobody has to look at it any more. */
  endSame(source: SourceDocument, nowMs: number): void;
  /** Oldest first. */
  list(limit: number): readonly RefusedReply[];
  /** Whether there was one at this position. */
  discard(position: number, reason: string, nowMs: number): boolean;
}

const refusedRow = z.object({ position: z.number(), content_hash: z.string(), failure: z.string() });

export function prepareRefusals(
  database: DatabaseSync,
  { room, limits, positions }: { room: Room; limits: QueueLimits; positions: Positions },
): Refusals {
  const open = 'WHERE sender = ?1 AND number = ?2 AND ended_at_ms IS NULL';
  const known = database.prepare(`SELECT position FROM refused ${open} AND content_hash = ?3`);
  const count = database.prepare(
    'SELECT count(*) AS count FROM (SELECT 1 FROM refused INDEXED BY refused_open WHERE ended_at_ms IS NULL LIMIT ?)',
  );
  // Asked in each transaction; a count of them costs fifteen times as much.
  const any = database.prepare('SELECT 1 FROM refused INDEXED BY refused_open WHERE ended_at_ms IS NULL LIMIT 1');
  const insert = database.prepare('INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)');
  const end = database.prepare(
    `UPDATE refused SET ended_at_ms = ?3, reason = 'It came again and was understood.' ${open}`,
  );
  const select = database.prepare(
    `SELECT d.position, d.content_hash, d.failure, ${sourceColumns} FROM refused d
     WHERE ended_at_ms IS NULL ORDER BY position LIMIT ?`,
  );
  const discard = database.prepare(
    'UPDATE refused SET ended_at_ms = ?2, reason = ?3 WHERE position = ?1 AND ended_at_ms IS NULL',
  );

  // Nearly always there are none, and then no document that is accepted has to be looked for.
  let hasSome = true;
  return {
    begin: () => (hasSome = any.get() !== undefined),
    keep: ({ source, contentHash, failure }, nowMs) => {
      const { kind, sender, number, type, createdAt } = source;
      const before = known.get(sender, number, contentHash)?.['position'];
      if (before !== undefined) return { result: 'repeated', position: Number(before) };
      const { refusedDocuments } = limits;
      if (Number(count.get(refusedDocuments)?.['count']) >= refusedDocuments)
        throw new NoRoom(`${refusedDocuments} documents that could not be read; see gangway queue list`);
      if (!room.take(failure.length + 500)) throw new NoRoom('its file has no room for more; see agent.changesMaxMb');
      const position = positions.take(1);
      hasSome = true;
      insert.run(position, kind, sender, number, type, createdAt, contentHash, nowMs, failure);
      return { result: 'new', position };
    },
    endSame: ({ sender, number }, nowMs) => {
      if (hasSome) end.run(sender, number, nowMs);
    },
    list: (limit) =>
      select.all(limit).map((row) => {
        const { position, content_hash: contentHash, failure } = understood(refusedRow, row);
        return { result: 'new', position, contentHash, failure, ...toSource(row) };
      }),
    discard: (position, reason, nowMs) => discard.run(position, nowMs, reason).changes === 1,
  };
}
