/** Lists requests page by page, as many as are asked for, and the changes of SAP that wait for a person. */
import type { RequestState } from '../model/index.ts';
import { maxQueueIds } from '../salesforce/index.ts';
import type { QueuedRequest, QueuePage } from '../salesforce/index.ts';
import { atChangesDesk } from './changes-desk.ts';
import type { ConfigOptions } from './config-options.ts';
import { jsonOfHeld, linesOfHeld, readHeld } from './queue-held.ts';
import type { HeldList } from './queue-held.ts';
import type { OpenDesk } from './queue-org.ts';
import { countsOf, tableOf } from './queue-words.ts';
import type { Terminal } from './terminal.ts';

export interface ListQuestion extends ConfigOptions {
  readonly system?: string;
  readonly state: readonly RequestState[];
  readonly limit: number;
  readonly json?: boolean;
}

export async function listRequests(terminal: Terminal, open: OpenDesk, question: ListQuestion): Promise<void> {
  const { requests, last } = await read(open, question);
  const changes = await readChanges(question);
  if (question.json === true) {
    const shown = changes === undefined ? {} : { changes: jsonOfHeld(changes) };
    terminal.print(JSON.stringify({ requests, counts: last.counts, next: last.next, ...shown }, null, 2));
    return;
  }
  for (const line of requests.length === 0 ? [] : tableOf(requests)) terminal.print(line);
  terminal.say(`In all: ${countsOf(last)}`);
  if (last.next !== null) terminal.say(`There are more; --limit ${question.limit * 2} prints further ones.`);
  if (changes !== undefined) printChanges(terminal, changes, question.limit);
}

/** The changes alone. */
export async function listChanges(terminal: Terminal, question: ListQuestion): Promise<void> {
  const changes = (await readChanges(question)) ?? { held: [], refused: [] };
  if (question.json === true) terminal.print(JSON.stringify({ changes: jsonOfHeld(changes) }, null, 2));
  else printChanges(terminal, changes, question.limit);
}

const readChanges = (question: ListQuestion): Promise<HeldList | undefined> =>
  atChangesDesk(question, (desk) => readHeld(desk, question.limit));

function printChanges(terminal: Terminal, changes: HeldList, limit: number): void {
  const { held, refused } = changes;
  for (const line of linesOfHeld(changes)) terminal.print(line);
  const more = held.length === limit || refused.length === limit ? ' or more' : '';
  terminal.say(`Changes of SAP: held ${held.length}, refused documents ${refused.length}${more}`);
}

async function read(
  { desk, deadline }: OpenDesk,
  { system, state, limit }: ListQuestion,
): Promise<{ readonly requests: readonly QueuedRequest[]; readonly last: QueuePage }> {
  const requests: QueuedRequest[] = [];
  for (let after: string | null = null; ;) {
    const size = Math.min(maxQueueIds, limit - requests.length);
    const page: QueuePage = await desk.list({ system, states: state, after, limit: size }, deadline());
    requests.push(...page.requests);
    after = page.next;
    // An org that gives empty pages for ever must not keep us here.
    if (after === null || requests.length >= limit || page.requests.length === 0) return { requests, last: page };
  }
}
