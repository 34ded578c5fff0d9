/** Everything that is known of the records, or of the document, with a number. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { facet } from '../model/index.ts';
import type { ChangeTrace } from '../ports/index.ts';
import { bare, waysToWrite } from './names.ts';
import { fieldsColumn, keyRow, org, problemColumn, sourceColumns, toKey, toSource, understood } from './rows.ts';
import type { Row } from './rows.ts';

/** CROSS JOIN, here and elsewhere: in this order, whatever is guessed; the other way round all changes would be read. */
export const positionsOfRecords = `SELECT rc.position FROM record_part p CROSS JOIN record_change rc ON rc.record = p.record
  WHERE p.part = ? ORDER BY rc.position DESC LIMIT ?`;
export const positionsOfDocument = `SELECT c.position FROM document d
  CROSS JOIN change c ON c.position BETWEEN d.position AND d.last_position
  WHERE d.number = ? ORDER BY c.position DESC LIMIT ?`;
export const selectTrace = `SELECT c.position, c.facet, c.fields, c.state, c.committed_at, c.record_id, c.reason,
    r.kind, r.key_id, r.state AS record_state, r.problem, t.org, t.system, ${sourceColumns}
  FROM change c JOIN document d ON d.position = c.document JOIN target t ON t.id = c.target
    JOIN record r ON r.target = c.target AND r.kind = c.kind AND r.key_id = c.key_id
  WHERE c.position = ?`;

const traceRow = z.object({
  position: z.number(),
  org,
  facet,
  fields: fieldsColumn.nullable(),
  state: z.enum(['waiting', 'delivered', 'older', 'echo', 'unwanted', 'discarded']),
  committed_at: z.string().nullable(),
  record_id: z.string().nullable(),
  reason: z.string().nullable(),
  record_state: z.enum(['ready', 'later', 'held', 'idle']),
  problem: problemColumn.nullable(),
});

/** Answers what `ChangeQueue.trace` promises. */
export function prepareTrace(database: DatabaseSync): (number: string, limit: number) => readonly ChangeTrace[] {
  const ofRecords = database.prepare(positionsOfRecords);
  const ofDocument = database.prepare(positionsOfDocument);
  const select = database.prepare(selectTrace);
  const withNumber = (bareNumber: string, limit: number) =>
    waysToWrite(bareNumber).flatMap((each) => ofDocument.all(each, limit));

  return (number, limit) => {
    const part = bare(number);
    // Of records in capitals, as SAP has them; of documents as their senders write them.
    const typed = number.trim().replace(/^0+/, '');
    const rows = [
      ...ofRecords.all(part, limit),
      ...withNumber(typed, limit),
      ...(typed === part ? [] : withNumber(part, limit)),
    ];
    const positions = [...new Set(rows.map((row) => Number(row['position'])))].sort((one, other) => other - one);
    return positions.slice(0, limit).flatMap((position) => {
      const row = select.get(position);
      return row === undefined ? [] : [toTrace(row)];
    });
  };
}

function toTrace(row: Row): ChangeTrace {
  const { record_state, committed_at, record_id, ...found } = understood(traceRow, row);
  const isWaiting = found.state === 'waiting';
  return {
    org: found.org,
    key: toKey(understood(keyRow, row)),
    facet: found.facet,
    position: found.position,
    ...toSource(row),
    fields: found.fields ?? {},
    state: isWaiting && record_state === 'held' ? 'held' : found.state,
    committedAt: committed_at ?? undefined,
    recordId: record_id ?? undefined,
    problem: isWaiting ? (found.problem ?? undefined) : undefined,
    reason: found.reason ?? undefined,
  };
}
