/** The REST API: who may call, how often, and where what is. */
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { ApiAllowance, CallKind } from './allowance.ts';
import type { ApiRoute, Handler } from './api-call.ts';
import { createCollection, deleteCollection, updateCollection, upsertCollection } from './collections.ts';
import { compositeHandler } from './composite.ts';
import { describeGlobal, describeObject } from './describe.ts';
import { limitsAnswer } from './limits.ts';
import type { RestSessions } from './oauth.ts';
import { query, queryMore } from './query.ts';
import { createRecord, deleteRecord, readRecord, updateRecord, upsertRecord } from './sobjects.ts';

const base = '^/services/data/v\\d+\\.0';
const routes: readonly (readonly [CallKind, string, string, Handler])[] = [
  ['query', 'GET', '/query/?$', query],
  ['query', 'GET', '/query/(?<locator>[^/]+)$', queryMore],
  ['collections', 'POST', '/composite/sobjects/?$', createCollection],
  ['collections', 'PATCH', '/composite/sobjects/?$', updateCollection],
  ['collections', 'DELETE', '/composite/sobjects/?$', deleteCollection],
  ['collections', 'PATCH', '/composite/sobjects/(?<object>\\w+)/(?<field>\\w+)/?$', upsertCollection],
  ['describe', 'GET', '/sobjects/?$', describeGlobal],
  ['describe', 'GET', '/sobjects/(?<object>\\w+)/describe/?$', describeObject],
  ['records', 'POST', '/sobjects/(?<object>\\w+)/?$', createRecord],
  ['records', 'GET', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', readRecord],
  ['records', 'PATCH', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', updateRecord],
  ['records', 'DELETE', '/sobjects/(?<object>\\w+)/(?<id>\\w{15,18})$', deleteRecord],
  ['records', 'GET', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', readRecord],
  ['records', 'PATCH', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', upsertRecord],
  ['records', 'DELETE', '/sobjects/(?<object>\\w+)/(?<field>\\w+)/(?<value>[^/]+)$', deleteRecord],
];
const patterns = routes.map(([kind, method, pattern, handle]) => ({
  kind,
  method,
  pattern: new RegExp(base + pattern),
  handle,
}));

const composite = compositeHandler((method, path) => {
  for (const route of patterns) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const parts = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)] as const);
    return { handle: route.handle, parts: Object.fromEntries(parts) };
  }
  return undefined;
});

/** Turns what a user may do into what a route does: a session, the day's allowance, and the header that tells of it. */
export type Guard = (
  run: (user: OrgUser, call: HttpCall) => HttpAnswer | Promise<HttpAnswer>,
  kind?: CallKind,
) => Route['handle'];

/** What every call through the API passes. */
export const guard =
  (sessions: RestSessions, allowance: ApiAllowance): Guard =>
  (run, kind = 'apex') =>
  async (call) => {
    const user = sessions.userOf(call);
    allowance.take(kind);
    const answer = await run(user, call);
    const usage = `api-usage=${allowance.used}/${allowance.max}`;
    return { ...answer, headers: { ...answer.headers, 'sforce-limit-info': usage } };
  };

/** The routes of the REST API of one org. */
export function restRoutes(
  org: Org,
  sessions: RestSessions,
  allowance: ApiAllowance,
  jobs: readonly ApiRoute[],
): Route[] {
  const guarded = guard(sessions, allowance);
  const all = [
    ...patterns,
    { kind: 'composite' as const, method: 'POST', pattern: new RegExp(`${base}/composite/?$`), handle: composite },
    {
      kind: 'limits' as const,
      method: 'GET',
      pattern: new RegExp(`${base}/limits/?$`),
      handle: (): HttpAnswer => limitsAnswer(org, allowance),
    },
  ];
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
    ...all.map(({ kind, method, pattern, handle }) => ({
      method,
      pattern,
      handle: guarded((user, call) => handle(org, user, call), kind),
    })),
    ...jobs.map(({ path, kind, handle, ...route }) => ({
      ...route,
      pattern: new RegExp(`${base}${path}/?$`),
      handle: guarded(handle, kind),
    })),
  ];
}
