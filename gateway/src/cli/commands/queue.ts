/** `gangway queue`: what waits in the org's outbox, which changes of SAP are held, and what a person does about both. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { requestStates } from '../../model/index.ts';
import type { RequestState } from '../../model/index.ts';
import { withConfigOptions } from '../config-options.ts';
import type { ChangeAction, ChangeOptions } from '../queue-changes.ts';
import { isChangeName, retryAllHeld, settleByHand, showChange } from '../queue-held.ts';
import { atQueueDesk } from '../queue-org.ts';
import type { OrgOptions } from '../queue-org.ts';
import { linesOf } from '../queue-words.ts';
import type { Terminal } from '../terminal.ts';

interface ListOptions extends OrgOptions {
  readonly system?: string;
  readonly state: readonly RequestState[];
  readonly limit: number;
  readonly changes?: boolean;
  readonly json?: boolean;
}

export function addQueue(program: Command, terminal: Terminal): void {
  const queue = program
    .command('queue')
    .description(
      "The requests in an org's outbox, and the changes of SAP that are held beside the agent; no agent needs to run",
    );
  addList(queue, terminal);
  addShow(queue, terminal);
  addRetry(queue, terminal);
  addWithdrawals(queue, terminal);
}

function addList(queue: Command, terminal: Terminal): void {
  const list = queue
    .command('list')
    .description(
      'Print requests, oldest first, with how many there are of each state, then changes of SAP that are held or refused',
    );
  withOrg(list)
    .option('--system <id>', 'only of this SAP system')
    .addOption(
      new Option('--state <state>', 'only in this state; may be repeated')
        .choices([...requestStates])
        .argParser(collectState)
        .default([], 'all'),
    )
    .option('--limit <number>', 'print so many at most', toLimit, 50)
    .option('--changes', 'only changes of SAP; no org is asked')
    .option('--json', 'print as JSON')
    .action(async (options: ListOptions) => {
      const { listChanges, listRequests } = await import('../queue-list.ts');
      if (options.changes === true) return listChanges(terminal, options);
      return atQueueDesk(terminal, list, options, (open) => listRequests(terminal, open, options));
    });
}

function addShow(queue: Command, terminal: Terminal): void {
  const show = queue
    .command('show')
    .description('Print everything that is known of one request, or of one change of SAP');
  withOrg(show)
    .argument('<id>', 'its key or its name (SR-000012, SC-000123)')
    .option('--json', 'print as JSON')
    .action((id: string, options: ChangeOptions) => {
      if (isChangeName(id)) return showChange(terminal, id, options);
      return atQueueDesk(terminal, show, options, async ({ desk, deadline }) => {
        const request = await desk.show(id, deadline());
        const lines = options.json === true ? [JSON.stringify(request, null, 2)] : linesOf(request);
        for (const line of lines) terminal.print(line);
      });
    });
}

function addRetry(queue: Command, terminal: Terminal): void {
  const retry = queue
    .command('retry')
    .description('Let requests that are held or refused, and changes of SAP that are held, go on');
  withOrg(retry)
    .argument('[ids...]', 'keys or names')
    .option('--all-held', 'all that are held')
    .option('--system <id>', 'with --all-held: only of this SAP system')
    .option('--json', 'print as JSON')
    .action((ids: readonly string[], options: ChangeOptions) => {
      if ((ids.length === 0) === (options.allHeld !== true))
        return retry.error('error: name requests, or say --all-held');
      return change(terminal, retry, 'retry', ids, options);
    });
}

const withdrawals = {
  hold: 'Put requests on hold until somebody retries them',
  discard:
    'Give requests or changes of SAP up for good; what SAP has already stays there, and its outcome is still told',
} as const;

function addWithdrawals(queue: Command, terminal: Terminal): void {
  for (const action of ['hold', 'discard'] as const) {
    const command = queue.command(action).description(withdrawals[action]);
    withOrg(command)
      .argument('<ids...>', 'keys or names')
      .requiredOption('--reason <text>', 'why; the org shows it', toReason)
      .option('--json', 'print as JSON')
      .action((ids: readonly string[], options: ChangeOptions) => change(terminal, command, action, ids, options));
  }
}

/** Names of changes go to the agent's file, all others to the org. */
async function change(
  terminal: Terminal,
  command: Command,
  action: ChangeAction,
  ids: readonly string[],
  options: ChangeOptions,
): Promise<void> {
  const changes = ids.filter(isChangeName);
  if (action === 'hold' && changes.length > 0)
    return command.error('error: changes of SAP are held by what is wrong with them; only requests can be put on hold');
  if (action !== 'hold' && changes.length > 0) await settleByHand(terminal, action, changes, options);
  const requests = ids.filter((id) => !isChangeName(id));
  if (requests.length === 0 && options.allHeld !== true) return;
  if (options.allHeld === true) await retryAllHeld(terminal, options);
  await atQueueDesk(terminal, command, options, async (open) => {
    const { changeRequests } = await import('../queue-changes.ts');
    await changeRequests(terminal, open, action, requests, options);
  });
}

const withOrg = (command: Command): Command =>
  withConfigOptions(command).option('--org <id>', 'the org, where the configuration has several');

function collectState(text: string, before: readonly RequestState[]): readonly RequestState[] {
  const state = requestStates.find((each) => each === text);
  if (state === undefined) throw new InvalidArgumentError(`Allowed choices are ${requestStates.join(', ')}.`);
  return [...before, state];
}

function toLimit(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 10_000) return Number(text);
  throw new InvalidArgumentError('It must be a number from 1 to 10000.');
}

/** The org keeps 255 characters. */
function toReason(text: string): string {
  if (text.trim() !== '' && text.length <= 255) return text.trim();
  throw new InvalidArgumentError('It must have 1 to 255 characters.');
}
