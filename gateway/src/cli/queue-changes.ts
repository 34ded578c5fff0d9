/** Retries, holds and discards requests, and says of each what became of it. */
import { userInfo } from 'node:os';
import { maxQueueIds } from '../salesforce/index.ts';
import type { QueueChange, QueuePage } from '../salesforce/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { OpenDesk, OrgOptions } from './queue-org.ts';
import { plain } from './queue-words.ts';
import type { Terminal } from './terminal.ts';

export interface ChangeOptions extends OrgOptions {
  readonly reason?: string;
  readonly allHeld?: boolean;
  readonly system?: string;
  readonly json?: boolean;
}

export type ChangeAction = 'retry' | 'hold' | 'discard';

export async function changeRequests(
  terminal: Terminal,
  open: OpenDesk,
  action: ChangeAction,
  ids: readonly string[],
  options: ChangeOptions,
): Promise<void> {
  const all: QueueChange[] = [];
  for await (const some of options.allHeld === true ? allHeld(open, options.system) : inParts(ids)) {
    const changes = await change(open, action, some, options.reason ?? '');
    all.push(...changes);
    if (options.json !== true) for (const each of changes) terminal.print(lineOf(each));
  }
  if (options.json === true) terminal.print(JSON.stringify({ results: all }, null, 2));
  const refused = all.filter(({ result }) => result === 'refused').length;
  terminal.say(`${all.length - refused} of ${all.length} done.`);
  if (action !== 'retry' && refused < all.length)
    terminal.say('What is on its way to SAP already is looked up there first; the agent brings its outcome.');
  if (refused > 0) process.exitCode = exitCodes.failed;
}

function change({ desk, deadline }: OpenDesk, action: ChangeAction, ids: readonly string[], reason: string) {
  if (action === 'retry') return desk.retry(ids, deadline());
  return desk[action](ids, { reason, by: whoAsks() }, deadline());
}

function* inParts(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += maxQueueIds) yield ids.slice(start, start + maxQueueIds);
}

/** All held requests, page by page; those that were retried are not held any more, so the cursor goes on behind them. */
async function* allHeld({ desk, deadline }: OpenDesk, system: string | undefined): AsyncGenerator<readonly string[]> {
  for (let after: string | null = null; ;) {
    const question = { system, states: ['held'] as const, after, limit: maxQueueIds };
    const page: QueuePage = await desk.list(question, deadline());
    if (page.requests.length > 0) yield page.requests.map(({ id, name }) => (id === '' ? name : id));
    after = page.next;
    if (after === null || page.requests.length === 0) return;
  }
}

function lineOf({ id, result, reason }: QueueChange): string {
  if (result === 'done') return `ok   ${plain(id)}`;
  return `FAIL ${plain(id)}: ${plain(reason) === '' ? 'the org refused it' : plain(reason)}`;
}

/** The person at this machine, as the org will show it. */
export function whoAsks(): string {
  try {
    return `${userInfo().username} (gangway queue)`.slice(0, 80);
  } catch {
    // A user without an entry in the system's list, as containers have.
    return 'gangway queue';
  }
}
