/** Who is logged on in a browser: a cookie, so that two browsers are two people. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { z } from 'zod';

const cookieName = 'gangway_user';
const logOnBody = z.object({ userId: z.string() });

/** The person of a call; the first user of the org where nobody has logged on. */
export function userOfCall(org: Org, call: HttpCall): OrgUser {
  const id = new RegExp(`(?:^|;\\s*)${cookieName}=(\\w+)`).exec(call.headers.cookie ?? '')?.[1];
  const user = (id === undefined ? undefined : org.user(id)) ?? org.users[0];
  if (user === undefined) throw new SalesforceError('INVALID_SESSION_ID', 'This org has no users', { status: 401 });
  return user;
}

/** `POST /api/session`: logs on as somebody else. */
export function logOn(org: Org, call: HttpCall): HttpAnswer {
  const { userId } = logOnBody.parse(parseJson(call));
  if (org.user(userId)?.isApiOnly !== false) throw new SalesforceError('INVALID_LOGIN', 'There is no such user');
  return { status: 204, headers: { 'set-cookie': `${cookieName}=${userId}; Path=/; HttpOnly; SameSite=Strict` } };
}

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);

/** `GET /session.js`: what the page must know before its first component runs. */
export function sessionScript(org: Org, call: HttpCall, home: string, hasFaults: boolean): HttpAnswer {
  const user = userOfCall(org, call);
  const toPerson = ({ id, name, title }: OrgUser) => ({ id, name, title, initials: initials(name) });
  const session = {
    user: toPerson(user),
    users: org.users.filter((one) => !one.isApiOnly).map(toPerson),
    customPermissions: user.permissionSets.flatMap((set) => [...set.customPermissions]),
    userPermissions: user.permissionSets.flatMap((set) => [...set.userPermissions]),
    orgName: org.name,
    home,
    hasFaults,
  };
  const script = `globalThis.gangwaySession = ${JSON.stringify(session).replaceAll('<', '\\u003c')};`;
  return { status: 200, body: script, headers: { 'content-type': 'text/javascript;charset=UTF-8' } };
}
