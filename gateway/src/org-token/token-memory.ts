/** Remembers tokens that were verified a moment ago, by their SHA-256, so that RS256 is paid once and not per call. */
import { hash } from 'node:crypto';
import type { Clock } from '../timing/index.ts';
import type { VerifiedOrgToken } from './verify-org-token.ts';

/** After this a token is verified anew, so that a removed certificate stops counting within a minute. */
const maxAgeMs = 60_000;
/** Salesforce makes one token per user and a few minutes: 10,000 users at once, 3 MB. */
const maxEntries = 10_000;

interface Entry {
  readonly verified: VerifiedOrgToken;
  readonly forgetAtMs: number;
}

export class TokenMemory {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<string, Promise<VerifiedOrgToken>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  recall(token: string): VerifiedOrgToken | undefined {
    const key = digest(token);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.forgetAtMs > this.#clock.now()) return entry.verified;
    this.#entries.delete(key);
    return undefined;
  }

  remember(token: string, verified: VerifiedOrgToken, keyEndsAtMs: number): void {
    // The oldest entry goes: Map keeps the order of insertion.
    if (this.#entries.size >= maxEntries) this.#entries.delete(this.#entries.keys().next().value ?? '');
    const forgetAtMs = Math.min(verified.expiresAtMs, keyEndsAtMs, this.#clock.now() + maxAgeMs);
    this.#entries.set(digest(token), { verified, forgetAtMs });
  }

  /** Calls that arrive together with the same new token share one verification. */
  once(token: string, verify: () => Promise<VerifiedOrgToken>): Promise<VerifiedOrgToken> {
    const key = digest(token);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = verify().finally(() => this.#running.delete(key));
    this.#running.set(key, started);
    return started;
  }

  forgetAll(): void {
    this.#entries.clear();
    this.#running.clear();
  }
}

/** A stored hash is of no use to a thief; a stored token is. */
function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
