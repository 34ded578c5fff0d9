/** A REST client of the simulated org, logged on with the JWT bearer flow. */
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { keys, people } from './test-org.ts';

/** The app every test org knows when it is started with it. */
export const app = {
  clientId: '3MVG9.agent',
  certificate: keys.publicKey,
  usernames: Object.values(people).map((name) => `${name}@test.example`),
};

/** Logs on; the token of the session. */
export async function logOn(org: SalesforceSimulator, who: string = people.integration): Promise<string> {
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(app.clientId)
    .setSubject(`${who}@test.example`)
    .setAudience('https://login.salesforce.com')
    .setExpirationTime(Math.floor(org.org.now() / 1000) + 120)
    .sign(createPrivateKey(keys.privateKey));
  const answer = await fetch(`${org.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
  });
  const body: unknown = await answer.json();
  if (typeof body === 'object' && body !== null && 'access_token' in body) return String(body.access_token);
  throw new Error(`No token: ${JSON.stringify(body)}`);
}

/** One call with a token. */
export async function callRest(
  org: SalesforceSimulator,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const answer = await fetch(org.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  const isJson = text !== '' && /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers };
}
