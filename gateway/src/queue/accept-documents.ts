/** Writes documents and their changes; knows the tables, knows no transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { GatewayError } from '../errors/index.ts';
import type { Accepted } from '../ports/index.ts';
import type { Checkpoints } from './checkpoints.ts';
import { fromDocumentsText } from './documents-text.ts';
import { toFailure } from './failures.ts';
import type { Accept, ChangeRow, DocumentRow, QueueReply } from './messages.ts';
import { NoRoom } from './no-room.ts';
import type { Positions } from './positions.ts';
import type { Refusals } from './refused-documents.ts';
import { problemBytes } from './room.ts';
import type { Room } from './room.ts';
import type { Targets } from './targets.ts';

/** Rows of a change, of its record and of their indexes, beside the texts. */
const overheadBytes = 400 + problemBytes;

function prepareStatements(database: DatabaseSync) {
  const known = database.prepare('SELECT position, content_hash FROM document WHERE number = ? AND sender = ?');
  const insertDocument = database.prepare(
    'INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertChange = database.prepare(
    `INSERT INTO change (position, document, target, kind, key_id, facet, change_order, fields, parents, is_removed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return { known, insertDocument, insertChange };
}

export interface AcceptParts {
  readonly room: Room;
  readonly refusals: Refusals;
  readonly checkpoints: Checkpoints;
  readonly positions: Positions;
  readonly targets: Targets;
}

/** Answers `accept`; throws NoRoom. */
export function prepareAccept(
  database: DatabaseSync,
  { room, refusals, checkpoints, positions, targets }: AcceptParts,
): (request: Accept) => QueueReply {
  const { known, insertDocument, insertChange } = prepareStatements(database);

  const keepChanges = (changes: readonly ChangeRow[], document: number): void => {
    let position = document;
    for (const change of changes) {
      for (const org of change.orgs) {
        const { system, kind, id, facet, order, fields, parents, isRemoved } = change;
        const target = targets.findOrAdd(org, system);
        insertChange.run(position, document, target, kind, id, facet, order, fields, parents, isRemoved ? 1 : 0);
        position += 1;
      }
    }
  };

  const keepAgain = ({ source, contentHash }: DocumentRow, nowMs: number): Accepted => {
    const before = known.get(source.number, source.sender);
    if (before?.['content_hash'] === contentHash) return { result: 'repeated', position: Number(before['position']) };
    const { type, number, sender } = source;
    const failure = toFailure(new GatewayError('DOCUMENT_NUMBER_REUSED', { type, number, sender }));
    const { position } = refusals.keep({ source, contentHash, failure }, nowMs);
    return { result: 'conflict', position };
  };

  const keep = (row: DocumentRow, nowMs: number): Accepted => {
    const { source, contentHash, changes } = row;
    const count = Math.max(1, countOf(changes));
    // Of a document that is known these are left out; a number more or less is nothing.
    const position = positions.take(count);
    const { kind, sender, number, type, createdAt } = source;
    const last = position + count - 1;
    const columns = [position, last, kind, sender, number, type, createdAt, contentHash, nowMs] as const;
    if (insertDocument.run(...columns).changes === 0) return keepAgain(row, nowMs);
    makeRoom(room, row);
    keepChanges(changes, position);
    refusals.endSame(source, nowMs);
    return { result: 'new', position };
  };

  return ({ documents, checkpoint, nowMs }) => {
    const accepted = fromDocumentsText(documents).map((document) => keep(document, nowMs));
    if (checkpoint !== undefined) checkpoints.remember(checkpoint);
    return { kind: 'accept', accepted };
  };
}

const countOf = (changes: readonly ChangeRow[]): number => changes.reduce((count, { orgs }) => count + orgs.length, 0);

function makeRoom(room: Room, { changes }: DocumentRow): void {
  const bytes = changes.reduce(
    (sum, { orgs, fields, parents }) => sum + orgs.length * (overheadBytes + fields.length + parents.length),
    overheadBytes,
  );
  if (!room.take(bytes)) throw new NoRoom('its file has no room for more; see agent.changesMaxMb');
}
