/** `gangway queue`: what waits in the org's outbox, and what a person does about it. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { requestStates } from '../../model/index.ts';
import type { RequestState } from '../../model/index.ts';
import { withConfigOptions } from '../config-options.ts';
import type { ChangeAction, ChangeOptions } from '../queue-changes.ts';
import { atQueueDesk } from '../queue-org.ts';
import type { OrgOptions } from '../queue-org.ts';
import { linesOf } from '../queue-words.ts';
import type { Terminal } from '../terminal.ts';

interface ListOptions extends OrgOptions {
  readonly system?: string;
  readonly state: readonly RequestState[];
  readonly limit: number;
  readonly json?: boolean;
}

export function addQueue(program: Command, terminal: Terminal): void {
  const queue = program
    .command('queue')
    .description("The requests in an org's outbox, asked for with the agent's own access; no agent needs to run");
  addList(queue, terminal);
  addShow(queue, terminal);
  addRetry(queue, terminal);
  addWithdrawals(queue, terminal);
}

function addList(queue: Command, terminal: Terminal): void {
  const list = queue.command('list').description('Print requests, oldest first, and how many there are of each state');
  withOrg(list)
    .option('--system <id>', 'only of this SAP system')
    .addOption(
      new Option('--state <state>', 'only in this state; may be repeated')
        .choices([...requestStates])
        .argParser(collectState)
        .default([], 'all'),
    )
    .option('--limit <number>', 'print so many at most', toLimit, 50)
    .option('--json', 'print as JSON')
    .action((options: ListOptions) =>
      atQueueDesk(terminal, list, options, async (open) => {
        const { listRequests } = await import('../queue-list.ts');
        await listRequests(terminal, open, options);
      }),
    );
}

function addShow(queue: Command, terminal: Terminal): void {
  const show = queue.command('show').description('Print everything the org knows of one request');
  withOrg(show)
    .argument('<id>', 'its key or its name (SR-000012)')
    .option('--json', 'print as JSON')
    .action((id: string, options: OrgOptions & { readonly json?: boolean }) =>
      atQueueDesk(terminal, show, options, async ({ desk, deadline }) => {
        const request = await desk.show(id, deadline());
        const lines = options.json === true ? [JSON.stringify(request, null, 2)] : linesOf(request);
        for (const line of lines) terminal.print(line);
      }),
    );
}

function addRetry(queue: Command, terminal: Terminal): void {
  const retry = queue.command('retry').description('Let requests that are held or refused go on');
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
  discard: 'Give requests up for good; what SAP has already stays there, and its outcome is still told',
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

function change(
  terminal: Terminal,
  command: Command,
  action: ChangeAction,
  ids: readonly string[],
  options: ChangeOptions,
): Promise<void> {
  return atQueueDesk(terminal, command, options, async (open) => {
    const { changeRequests } = await import('../queue-changes.ts');
    await changeRequests(terminal, open, action, ids, options);
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
