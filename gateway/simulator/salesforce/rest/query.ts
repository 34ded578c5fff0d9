/** `/query`: SOQL, 2,000 rows a page, the rest by a locator. */
import { randomBytes } from 'node:crypto';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { runQuery } from '../soql/run-query.ts';
import type { ResultRow } from '../soql/run-query.ts';

/** Rows of one page of a query; the rest is fetched by its locator. */
const queryPageSize = 2000;
/** Salesforce closes the oldest of more open cursors. */
const maxCursors = 10;

const cursorsOf = new WeakMap<Org, Map<string, readonly ResultRow[]>>();

/** Who asks sees what field-level security shows; people who use the API are admins here. */
export const readRights = (org: Org, user: OrgUser) => ({
  mayRead: (): boolean => true,
  mayUse: (object: string): boolean => org.canUse(user, object, 'read'),
  maySee: (object: string, field: Parameters<Org['canReadField']>[2]): boolean =>
    !user.isApiOnly || org.canReadField(user, object, field),
});

/** `GET /query?q=`. */
export function query(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const soql = call.url.searchParams.get('q');
  if (soql === null) throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  const { rows, totalSize } = runQuery(org.store, soql, readRights(org, user));
  if (rows.length <= queryPageSize) return { status: 200, body: { totalSize, done: true, records: rows } };
  const cursors = cursorsOf.get(org) ?? new Map<string, readonly ResultRow[]>();
  cursorsOf.set(org, cursors);
  const locator = `01g5g${randomBytes(8).toString('hex').slice(0, 13)}`;
  cursors.set(locator, rows);
  if (cursors.size > maxCursors) cursors.delete([...cursors.keys()][0] ?? '');
  return page(locator, rows, 0);
}

/** `GET /query/locator-2000`. */
export function queryMore(org: Org, _user: OrgUser, call: HttpCall): HttpAnswer {
  const [, locator = '', start = ''] = /^(.*)-(\d+)$/.exec(call.parts['locator'] ?? '') ?? [];
  const rows = cursorsOf.get(org)?.get(locator);
  if (rows === undefined) throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(locator, rows, Number(start));
}

function page(locator: string, rows: readonly ResultRow[], start: number): HttpAnswer {
  const next = start + queryPageSize;
  const isDone = next >= rows.length;
  const more = isDone ? {} : { nextRecordsUrl: `/services/data/v67.0/query/${locator}-${next}` };
  return { status: 200, body: { totalSize: rows.length, done: isDone, ...more, records: rows.slice(start, next) } };
}
