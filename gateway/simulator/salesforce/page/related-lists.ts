/** The records that point at a record, newest first, as the lists below its panels show them. */
import type { Row } from '../org/check-record.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { layoutOf } from './layouts.ts';
import type { RelatedLayout } from './layouts.ts';
import { fieldView, visibleRow } from './record-views.ts';

/** Salesforce shows a few and links to the rest; more than this is nobody's reading. */
const maxRows = 20;

/** The related lists of a record, each with only what the user may see. */
export function relatedLists(org: Org, user: OrgUser, id: string): unknown[] {
  const { object, row } = visibleRow(org, user, id);
  const known = (layoutOf(org, object.name).related ?? []).filter(
    (related) => related.isHiddenWhenEmpty !== true || org.store.has(org.named(related.object)),
  );
  return known.flatMap((related) => relatedList(org, user, related, String(row['Id'])));
}

function relatedList(org: Org, user: OrgUser, related: RelatedLayout, id: string): unknown[] {
  const object = org.store.object(org.named(related.object));
  const rows = [...org.store.each(object.name)]
    .filter((row) => row[org.named(related.lookup)] === id && org.canReadRow(user, object.name, row))
    .reverse();
  const fieldsOf = (row: Row) => related.columns.flatMap((name) => fieldView(org, user, object, row, name));
  if (rows.length === 0 && related.isHiddenWhenEmpty === true) return [];
  const { field, isOneOf } = related.movesWhile ?? { field: '', isOneOf: [] };
  const list = {
    object: object.name,
    label: object.pluralLabel,
    icon: layoutOf(org, object.name).icon,
    count: rows.length,
    rows: rows.slice(0, maxRows).map((row) => ({ id: row['Id'], name: row['Name'], fields: fieldsOf(row) })),
    isMoving: rows.some((row) => isOneOf.includes(String(row[org.named(field)]))),
  };
  return [list];
}
