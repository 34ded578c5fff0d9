/** The platform's way out: a callout through the Named Credential, over real HTTP, with the platform's own rules. */
import { Agent, request } from 'undici';
import { CalloutException } from './context.ts';
import type { CalloutAnswer, CalloutRequest } from './context.ts';
import type { OrgUser } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';
import { OrgTokens } from './org-token.ts';
import type { OrgTokenSettings } from './org-token.ts';

/** Where it points, and how it signs. */
export interface NamedCredentialSettings extends OrgTokenSettings {
  readonly relayUrl: string;
}

/** A synchronous transaction takes no larger answer. */
const maxAnswerBytes = 6_000_000;

/** One Named Credential of one org. */
export class NamedCredential {
  readonly #settings: NamedCredentialSettings;
  readonly #tokens: OrgTokens;
  readonly #agent = new Agent({ connections: 32, keepAliveTimeout: 10_000 });

  constructor(settings: NamedCredentialSettings) {
    this.#settings = settings;
    this.#tokens = new OrgTokens(settings);
  }

  async send(user: OrgUser, transaction: Transaction, call: CalloutRequest): Promise<CalloutAnswer> {
    if (transaction.hasUncommittedWork) {
      throw new CalloutException('You have uncommitted work pending. Please commit or rollback before calling out');
    }
    if (!user.permissionSets.some((set) => set.principals.size > 0)) {
      throw new CalloutException(
        'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "Gangway_Relay" might not exist.',
      );
    }
    const authorization = `Bearer ${await this.#tokens.tokenFor(user.username)}`;
    try {
      const answer = await request(this.#settings.relayUrl + call.address, {
        dispatcher: this.#agent,
        method: call.method,
        headers: { ...call.headers, authorization },
        body: call.body,
        headersTimeout: call.timeoutMs,
        bodyTimeout: call.timeoutMs,
      });
      return { status: answer.statusCode, body: await readAnswer(answer.body) };
    } catch (error) {
      if (error instanceof CalloutException) throw error;
      throw toCalloutException(error);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

async function readAnswer(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new CalloutException('Exceeded max size limit of 6000000');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** In the platform's words. */
function toCalloutException(error: unknown): CalloutException {
  const isTimeout = error instanceof Error && /Timeout/.test(error.name);
  return new CalloutException(isTimeout ? 'Read timed out' : 'Connection refused or closed by the remote host', error);
}
