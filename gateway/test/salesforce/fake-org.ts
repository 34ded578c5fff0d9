/** An org on a socket that answers exactly what a test tells it, and remembers what it was asked. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { orgId } from '../../src/model/index.ts';
import type { OrgSettings } from '../../src/salesforce/index.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const org = orgId.parse('00D5g000004GANG');
export const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One answer; a function may do anything to the connection. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly json?: unknown;
      readonly text?: string;
    }
  | ((asked: Asked, response: ServerResponse) => void | Promise<void>);

export class FakeOrg {
  readonly asked: Asked[] = [];
  /** Claims of each assertion, after its signature was checked. */
  readonly logons: JWTPayload[] = [];
  /** How the next logons are answered; afterwards they are granted. */
  readonly logonAnswers: Answer[] = [];
  /** How calls are answered, in order; the last one stays. */
  answers: Answer[] = [];
  namespace = '';
  /** The org id that the logon names. */
  id: string = org;
  /** Part of the tokens given out. */
  #tokens = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(): Promise<FakeOrg> {
    const fake = new FakeOrg();
    await new Promise<void>((resolve) => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  get port(): number {
    // A listening TCP server has an address with a port.
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  settings(more: Partial<OrgSettings> = {}): OrgSettings {
    return {
      org,
      agentId: 'agent-1',
      instance: '4f0c7a10-0000-4000-8000-000000000001',
      loginUrl: this.url,
      audience: 'https://login.salesforce.com',
      clientId: 'gangway-client',
      username: 'gangway@acme.example',
      privateKey: () => privateKey,
      namespace: '',
      bell: false,
      pubSub: 'http://127.0.0.1:1',
      ...more,
    };
  }

  /** Calls other than logons. */
  get calls(): readonly Asked[] {
    return this.asked.filter(({ path }) => path !== '/services/oauth2/token');
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, body: Buffer.concat(chunks).toString() };
    this.asked.push(asked);
    await give(path === '/services/oauth2/token' ? await this.#logOn(asked) : this.#next(), asked, response);
  }

  #next(): Answer {
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    return answer ?? { status: 404, json: [{ errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' }] };
  }

  async #logOn({ body }: Asked): Promise<Answer> {
    const assertion = new URLSearchParams(body).get('assertion') ?? '';
    await jwtVerify(assertion, keys.publicKey, { algorithms: ['RS256'], currentDate: new Date(0) });
    this.logons.push(decodeJwt(assertion));
    const told = this.logonAnswers.shift();
    if (told !== undefined) return told;
    this.#tokens += 1;
    return {
      json: {
        access_token: `token-${this.#tokens}`,
        instance_url: this.url,
        id: `https://login.salesforce.com/id/${this.id}/005000000000001AAA`,
        token_type: 'Bearer',
      },
    };
  }
}

async function give(answer: Answer, asked: Asked, response: ServerResponse): Promise<void> {
  if (typeof answer === 'function') return answer(asked, response);
  const { status = 200, headers = {}, json, text } = answer;
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers });
  response.end(text ?? JSON.stringify(json));
}
