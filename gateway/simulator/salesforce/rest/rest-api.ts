/** The REST API: who may call, how often, and where what is. */
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { runQuery } from '../soql/run-query.ts';
import { createCollection, deleteCollection, updateCollection, upsertCollection } from './collections.ts';
import type { RestSessions } from './oauth.ts';
import {
  createRecord,
  deleteRecord,
  describeGlobal,
  describeObject,
  readRecord,
  updateRecord,
  upsertRecord,
} from './sobjects.ts';

type Handler = (org: Org, user: OrgUser, call: HttpCall) => HttpAnswer;

/** Counts calls against the daily allowance. */
export class ApiAllowance {
  readonly max: number;
  used = 0;

  constructor(max: number) {
    this.max = max;
  }

  /** Counts one call; refuses it when the day's are used up. */
  take(): void {
    if (this.used >= this.max) {
      throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
    }
    this.used += 1;
  }
}

/** Rows of one page of a query; the rest is fetched by its locator. */
const queryPageSize = 2000;

function query(org: Org, _user: OrgUser, call: HttpCall): HttpAnswer {
  const soql = call.url.searchParams.get('q');
  if (soql === null) throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  const result = runQuery(org.store, soql, () => true);
  return queryPage(result.rows, result.totalSize, soql, 0);
}

function queryPage(rows: readonly unknown[], totalSize: number, soql: string, start: number): HttpAnswer {
  const next = start + queryPageSize;
  const isDone = next >= rows.length;
  const locator = Buffer.from(soql).toString('base64url');
  const more = isDone ? {} : { nextRecordsUrl: `/services/data/v67.0/query/${locator}-${next}` };
  return { status: 200, body: { totalSize, done: isDone, ...more, records: rows.slice(start, next) } };
}

function queryMore(org: Org, _user: OrgUser, call: HttpCall): HttpAnswer {
  const [, locator, start] = /^(.*)-(\d+)$/.exec(call.parts['locator'] ?? '') ?? [];
  if (locator === undefined) throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  const soql = Buffer.from(locator, 'base64url').toString('utf8');
  const result = runQuery(org.store, soql, () => true);
  return queryPage(result.rows, result.totalSize, soql, Number(start));
}

const base = '^/services/data/v\\d+\\.0';
const routes: readonly (readonly [string, string, Handler])[] = [
  ['GET', '/query/?$', query],
  ['GET', '/query/(?<locator>[^/]+)$', queryMore],
  ['POST', '/composite/sobjects/?$', createCollection],
  ['PATCH', '/composite/sobjects/?$', updateCollection],
  ['DELETE', '/composite/sobjects/?$', deleteCollection],
  ['PATCH', '/composite/sobjects/(?<object>\\w+)/(?<field>\\w+)$', upsertCollection],
  ['GET', '/sobjects/?$', describeGlobal],
  ['GET', '/sobjects/(?<object>\\w+)/describe/?$', describeObject],
  ['POST', '/sobjects/(?<object>\\w+)/?$', createRecord],
  ['GET', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', readRecord],
  ['PATCH', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', updateRecord],
  ['DELETE', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', deleteRecord],
  ['GET', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', readRecord],
  ['PATCH', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', upsertRecord],
  ['DELETE', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', deleteRecord],
];

/** What every call through the API passes: a session, the day's allowance, and the header that tells of it. */
export const guard =
  (sessions: RestSessions, allowance: ApiAllowance) =>
  (run: (user: OrgUser, call: HttpCall) => HttpAnswer): Route['handle'] =>
  (call) => {
    const user = sessions.userOf(call);
    allowance.take();
    const answer = run(user, call);
    const usage = `api-usage=${allowance.used}/${allowance.max}`;
    return { ...answer, headers: { ...answer.headers, 'sforce-limit-info': usage } };
  };

/** The routes of the REST API of one org. */
export function restRoutes(org: Org, sessions: RestSessions, allowance: ApiAllowance): Route[] {
  const limits: Handler = () => {
    const { max, used } = allowance;
    return { status: 200, body: { DailyApiRequests: { Max: max, Remaining: max - used } } };
  };
  const guarded = ([method, pattern, handle]: readonly [string, string, Handler]): Route => ({
    method,
    pattern: new RegExp(base + pattern),
    handle: guard(sessions, allowance)((user, call) => handle(org, user, call)),
  });
  return [
    { method: 'POST', pattern: /^\/services\/oauth2\/token$/, handle: (call) => sessions.logOn(call) },
    { method: 'POST', pattern: /^\/services\/oauth2\/revoke$/, handle: (call) => sessions.revoke(call) },
    // Identity calls are no API calls: they are not counted.
    { method: 'GET', pattern: /^\/services\/oauth2\/userinfo$/, handle: (call) => sessions.userInfo(call) },
    {
      method: 'GET',
      pattern: /^\/id\/(?<org>\w{15,18})\/(?<user>\w{15,18})$/,
      handle: (call) => sessions.userInfo(call),
    },
    {
      method: 'GET',
      pattern: /^\/services\/data\/?$/,
      handle: () => ({ status: 200, body: [{ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' }] }),
    },
    ...[['GET', '/limits/?$', limits] as const, ...routes].map(guarded),
  ];
}
