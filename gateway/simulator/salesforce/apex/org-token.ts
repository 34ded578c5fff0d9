/** The token of the External Credential: a JWT signed RS256, one per user, used again until shortly before it ends. */
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { toLongId } from '../org/record-id.ts';

/** What the credential is set up with. */
export interface OrgTokenSettings {
  readonly orgId: string;
  readonly audience: string;
  /** PEM (PKCS 8). */
  readonly privateKey: string;
  readonly now: () => number;
}

/** Salesforce's own default: two minutes ahead. */
const lifetimeSeconds = 120;
/** A token that ends while the call is under way would be refused. */
const marginSeconds = 20;

interface KeptToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Gives the token for a user. */
export class OrgTokens {
  readonly #settings: OrgTokenSettings;
  readonly #key: KeyObject;
  readonly #kept = new Map<string, KeptToken>();

  constructor(settings: OrgTokenSettings) {
    this.#settings = settings;
    this.#key = createPrivateKey(settings.privateKey);
  }

  async tokenFor(username: string): Promise<string> {
    const nowSeconds = Math.floor(this.#settings.now() / 1000);
    const kept = this.#kept.get(username);
    if (kept !== undefined && kept.expiresAt - marginSeconds > nowSeconds) return kept.token;
    const expiresAt = nowSeconds + lifetimeSeconds;
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(toLongId(this.#settings.orgId))
      .setSubject(username)
      .setAudience(this.#settings.audience)
      .setIssuedAt(nowSeconds)
      .setNotBefore(nowSeconds)
      .setExpirationTime(expiresAt)
      .sign(this.#key);
    this.#kept.set(username, { token, expiresAt });
    return token;
  }
}
