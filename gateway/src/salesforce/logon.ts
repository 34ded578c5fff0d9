/** Logs on as the integration user: an assertion signed with the agent's key, exchanged for an access token. */
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { orgId } from '../model/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import { unreadable } from './exchange.ts';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { parseJson } from './failures.ts';
import type { OrgSettings } from './settings.ts';

export interface Session {
  readonly accessToken: string;
  /** Where the org answers; never taken from the configuration, because generic logon hosts answer for all. */
  readonly instanceUrl: string;
  /** The org's clock minus ours, in milliseconds; undefined where it did not say. */
  readonly clockDifferenceMs: number | undefined;
}

/** What Salesforce accepts at most is three minutes; clocks differ. */
const assertionSeconds = 180;

/** These say that Salesforce is not able now; every other error of OAuth means: not like this. */
const passing = new Set(['server_error', 'temporarily_unavailable', 'unknown_error', 'rate_limit_exceeded']);

const granted = z.object({
  access_token: z.string().min(1).max(16_384),
  instance_url: z.string().max(1_024),
  /** `https://login.salesforce.com/id/<org id>/<user id>` */
  id: z.string().max(1_024),
});
const denied = z.object({ error: z.string(), error_description: z.string().catch('') });

/** One logon. Throws SALESFORCE_LOGON_REFUSED and ORG_MISMATCH, which repeating does not change. */
export async function logOn(
  settings: OrgSettings,
  exchange: Exchange,
  clock: Clock,
  deadline: Deadline,
): Promise<Session> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await signAssertion(settings, clock),
  });
  const answer = await exchange(
    {
      method: 'POST',
      url: `${settings.loginUrl}/services/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    },
    deadline,
  );
  if (answer.status !== 200) throw refusal(answer, clock);
  return toSession(answer, settings, clock);
}

function signAssertion(settings: OrgSettings, clock: Clock): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(settings.clientId)
    .setSubject(settings.username)
    .setAudience(settings.audience)
    .setExpirationTime(Math.floor(clock.now() / 1000) + assertionSeconds)
    .sign(readKey(settings));
}

function readKey(settings: OrgSettings): KeyObject {
  const key = parseKey(settings.privateKey());
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new GatewayError('SALESFORCE_LOGON_REFUSED', { reason: 'the private key is not an RSA key' });
}

function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new GatewayError('SALESFORCE_LOGON_REFUSED', { reason: 'the private key cannot be read' }, cause);
  }
}

function refusal({ status, headers, body }: HttpAnswer, clock: Clock): GatewayError {
  const parsed = denied.safeParse(parseJson(body));
  if (status >= 500 || status === 429) return new GatewayError('SALESFORCE_UNREACHABLE', { reason: `HTTP ${status}` });
  // A page of a proxy, or loginUrl is no Salesforce: the next attempt may meet the real one.
  if (!parsed.success) return unreadable(`HTTP ${status} to the logon`);
  const { error, error_description: description } = parsed.data;
  if (passing.has(error)) return new GatewayError('SALESFORCE_UNREACHABLE', { reason: sentence(error) });
  const words = [error, description].filter((part) => part !== '').map(sentence);
  const reason = words.join(': ') + clockWords(clockDifference(headers, clock));
  return new GatewayError('SALESFORCE_LOGON_REFUSED', { reason });
}

/** Salesforce refuses assertions of another time without saying so. */
function clockWords(differenceMs: number | undefined): string {
  const seconds = Math.abs(Math.round((differenceMs ?? 0) / 1000));
  return seconds > 60 ? ` (the clock of this machine is ${seconds} seconds away from the org's)` : '';
}

function clockDifference(headers: HttpAnswer['headers'], clock: Clock): number | undefined {
  const saidAt = Date.parse(headers['date'] ?? '');
  return Number.isNaN(saidAt) ? undefined : saidAt - clock.now();
}

/** Salesforce's own words about the logon, without what could break a line of the log. */
const sentence = (text: string): string => text.replace(/[^\w .,'/:-]/g, ' ').slice(0, 120);

function toSession({ body, headers }: HttpAnswer, { org, loginUrl }: OrgSettings, clock: Clock): Session {
  const parsed = granted.safeParse(parseJson(body));
  if (!parsed.success) throw unreadable('the logon was answered with something else');
  const { access_token: accessToken, instance_url: instance, id } = parsed.data;
  const found = orgId.safeParse(id.split('/').at(-2));
  if (!found.success) throw unreadable('the logon names no org');
  if (found.data !== org) throw new GatewayError('ORG_MISMATCH', { expected: org, found: found.data });
  return {
    accessToken,
    instanceUrl: checkInstance(instance, loginUrl),
    clockDifferenceMs: clockDifference(headers, clock),
  };
}

/** The token goes there: only over TLS, unless the logon itself is on this machine. */
function checkInstance(text: string, loginUrl: string): string {
  const url = URL.parse(text);
  const isPlainAllowed = loginUrl.startsWith('http:') && url?.hostname === new URL(loginUrl).hostname;
  if (url === null || url.username !== '' || (url.protocol !== 'https:' && !isPlainAllowed))
    throw unreadable('the logon names an address that is not https');
  return url.origin;
}
