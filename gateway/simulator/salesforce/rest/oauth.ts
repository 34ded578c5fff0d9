/** The token endpoint: JWT bearer flow, with the checks Salesforce makes, and the sessions it gives. */
import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';

const connectedApp = z.strictObject({
  /** Consumer key: `iss` of its tokens. */
  clientId: z.string().min(1),
  /** PEM certificate or public key. */
  certificate: z.string().min(1),
  /** Usernames that are pre-authorised. */
  usernames: z.array(z.string()).readonly(),
});

/** An external client app that may log on for users. */
export type ConnectedApp = Readonly<z.infer<typeof connectedApp>>;

/** The apps an org knows: as they are, or from a JSON file with a list of them. */
export const readConnectedApps = (apps: string | readonly ConnectedApp[]): readonly ConnectedApp[] =>
  typeof apps === 'string' ? z.array(connectedApp).parse(JSON.parse(readFileSync(apps, 'utf8'))) : apps;

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** Salesforce takes assertions that live at most a few minutes. */
const maxLifetimeSeconds = 300;

const refused = (error: string, description: string): HttpAnswer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Sessions of REST callers; they end when told to, never by themselves, as the answer names no lifetime. */
export class RestSessions {
  readonly #org: Org;
  readonly #apps: readonly ConnectedApp[];
  readonly #instanceUrl: () => string;
  readonly #users = new Map<string, OrgUser>();

  constructor(org: Org, apps: readonly ConnectedApp[], instanceUrl: () => string) {
    this.#org = org;
    this.#apps = apps;
    this.#instanceUrl = instanceUrl;
  }

  /** `POST /services/oauth2/token`. */
  async logOn(call: HttpCall): Promise<HttpAnswer> {
    const form = new URLSearchParams(call.body);
    if (form.get('grant_type') !== grantType) return refused('unsupported_grant_type', 'grant type not supported');
    const assertion = form.get('assertion') ?? '';
    const app = this.#apps.find(({ clientId }) => clientId === claim(assertion, 'iss'));
    if (app === undefined) return refused('invalid_client_id', 'client identifier invalid');
    try {
      const { payload } = await jwtVerify(assertion, createPublicKey(app.certificate), {
        algorithms: ['RS256'],
        audience: [...audiences, this.#instanceUrl()],
        currentDate: new Date(this.#org.now()),
        requiredClaims: ['exp', 'sub'],
      });
      if ((payload.exp ?? 0) > this.#org.now() / 1000 + maxLifetimeSeconds)
        return refused('invalid_grant', 'invalid assertion');
      return this.#begin(app, String(payload.sub));
    } catch {
      // Salesforce does not say which check failed.
      return refused('invalid_grant', 'invalid assertion');
    }
  }

  #begin(app: ConnectedApp, username: string): HttpAnswer {
    const user = this.#org.users.find((one) => one.username === username);
    if (user === undefined || !app.usernames.includes(username)) {
      return refused('invalid_grant', "user hasn't approved this consumer");
    }
    const token = `${this.#org.id.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
    this.#users.set(token, user);
    const instanceUrl = this.#instanceUrl();
    const id = `${instanceUrl}/id/${this.#org.id}/${user.id}`;
    return {
      status: 200,
      body: { access_token: token, scope: 'api', instance_url: instanceUrl, id, token_type: 'Bearer' },
    };
  }

  /** The user of a REST call; INVALID_SESSION_ID where the session is unknown or ended. */
  userOf(call: HttpCall): OrgUser {
    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    const user = this.#users.get(token);
    if (user !== undefined) return user;
    throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
  }

  /** The user of a session, for callers that are no HTTP call. */
  userOfToken(token: string): OrgUser | undefined {
    return this.#users.get(token);
  }

  /** `GET /services/oauth2/userinfo`, and the identity address of the token answer. */
  userInfo(call: HttpCall): HttpAnswer {
    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    const user = this.#users.get(token);
    if (user === undefined) return { status: 403, body: 'Bad_OAuth_Token', headers: { 'content-type': 'text/html' } };
    const instanceUrl = this.#instanceUrl();
    const body = {
      sub: `${instanceUrl}/id/${this.#org.id}/${user.id}`,
      user_id: user.id,
      organization_id: this.#org.id,
      preferred_username: user.username,
      name: user.name,
      urls: { rest: `${instanceUrl}/services/data/v{version}/` },
    };
    return { status: 200, body };
  }

  /** `POST /services/oauth2/revoke`. */
  revoke(call: HttpCall): HttpAnswer {
    const isKnown = this.#users.delete(new URLSearchParams(call.body).get('token') ?? '');
    return isKnown ? { status: 200 } : refused('invalid_token', 'invalid token');
  }

  /** Ends every session, as an admin's or the platform's time-out does. */
  endAll(): void {
    this.#users.clear();
  }
}

/** A claim, unverified: only to find the key to verify with. */
function claim(token: string, name: string): unknown {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null
      ? Object.entries(payload).find(([key]) => key === name)?.[1]
      : undefined;
  } catch {
    return undefined;
  }
}

/** A short, stable mark of a token for records of what was called; never the token itself. */
export const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);
