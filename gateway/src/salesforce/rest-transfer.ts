/** Tables to and from the org (Bulk API 2.0), in pieces: CSV that is never whole in memory, with the session of all other calls. */
import type { Deadline } from '../timing/index.ts';
import type { ApiUsage } from './api-usage.ts';
import { unreadable } from './exchange.ts';
import type { StreamAnswer, StreamExchange, StreamQuestion } from './exchange.ts';
import { toFailure } from './failures.ts';
import type { Session } from './logon.ts';
import type { Sessions } from './sessions.ts';

export interface TransferParts {
  readonly sessions: Sessions;
  readonly stream: StreamExchange;
  readonly usage: ApiUsage;
}

/** A failure's words fit into this; the rest of a page that is no answer is left unread. */
const maxFailureBytes = 65_536;

export class RestTransfer {
  readonly #parts: TransferParts;

  constructor(parts: TransferParts) {
    this.#parts = parts;
  }

  /** `rows` is asked again for a second attempt, so it must begin anew each time. */
  async upload(path: string, rows: () => Iterable<string>, deadline: Deadline): Promise<void> {
    const headers = { 'content-type': 'text/csv; charset=UTF-8', accept: 'application/json' };
    const answer = await this.#send(() => ({ method: 'PUT', url: path, headers, body: rows() }), deadline);
    await textOf(answer.body);
  }

  async download(path: string, deadline: Deadline): Promise<StreamAnswer> {
    const answer = await this.#send(() => ({ method: 'GET', url: path, headers: { accept: 'text/csv' } }), deadline);
    if (/^text\/csv(;|$)/i.test(answer.headers['content-type'] ?? '')) return answer;
    await textOf(answer.body);
    throw unreadable('not CSV');
  }

  #send(question: () => StreamQuestion, deadline: Deadline): Promise<StreamAnswer> {
    return this.#parts.sessions.use(deadline, (session) => this.#sendAs(session, question(), deadline));
  }

  async #sendAs(
    { instanceUrl, accessToken }: Session,
    question: StreamQuestion,
    deadline: Deadline,
  ): Promise<StreamAnswer> {
    const headers = {
      ...question.headers,
      authorization: `Bearer ${accessToken}`,
      'sforce-call-options': 'client=Gangway',
    };
    const answer = await this.#parts.stream({ ...question, url: instanceUrl + question.url, headers }, deadline);
    this.#parts.usage.note(answer.headers['sforce-limit-info']);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw toFailure({ ...answer, body: await textOf(answer.body) }, false);
  }
}

/** Reads to the end or to the limit; either way the connection is free afterwards. */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxFailureBytes) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}
