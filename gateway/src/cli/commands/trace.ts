/** `gangway trace`: whether a change of SAP reached Salesforce, when, and by which document. */
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { changesFileOf, loadAgentConfig } from '../../config/index.ts';
import type { LastLoad } from '../../sync/index.ts';
import { atChangesDesk } from '../changes-desk.ts';
import { toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { linesOfLoads, linesOfTraces } from '../trace-words.ts';

interface TraceOptions extends ConfigOptions {
  readonly limit: number;
  readonly json?: boolean;
}

export function addTrace(program: Command, terminal: Terminal): void {
  const trace = program
    .command('trace')
    .description(
      'Say of a customer, order or IDoc what came from SAP, and when Salesforce had it; beside a running agent',
    );
  withConfigOptions(trace)
    .argument('<number>', 'a number of SAP, with or without leading zeros', toNumber)
    .option('--limit <number>', 'print so many changes at most', toLimit, 50)
    .option('--json', 'print as JSON')
    .action((number: string, options: TraceOptions) => traceNumber(terminal, number, options));
}

async function traceNumber(terminal: Terminal, number: string, options: TraceOptions): Promise<void> {
  const { limit, json = false } = options;
  const traces = await atChangesDesk(options, (desk) => desk.trace(number, limit));
  const found = traces ?? [];
  const loads = await lastLoads(options);
  if (json) terminal.print(JSON.stringify({ number, changes: found, loads }, null, 2));
  else for (const line of linesOfTraces(found)) terminal.print(line);
  for (const line of linesOfLoads(loads)) terminal.say(line);
  if (found.length === limit) terminal.say(`There may be more; --limit ${limit * 2} prints further ones.`);
  if (found.length > 0) return;
  // What was asked for is not there: scripts see that, too.
  process.exitCode = exitCodes.failed;
  terminal.say(
    traces === undefined
      ? 'No change of SAP has ever been kept here: the agent of this configuration has not taken any.'
      : `No change of ${number} has come from SAP, or it was longer ago than receipts are kept.`,
  );
}

/** Records that a load brought have no receipt of their own: what there is to say of it, is said. */
async function lastLoads(options: TraceOptions): Promise<readonly LastLoad[]> {
  const { config } = loadAgentConfig(toLoadOptions(options));
  const { LastLoads } = await import('../../sync/index.ts');
  return new LastLoads(changesFileOf(config.agent)).of(config.agent.orgs.map(({ id }) => id));
}

function toNumber(text: string): string {
  if (/^[\w./-]{1,40}$/.test(text.trim())) return text.trim();
  throw new InvalidArgumentError('It must be a number of SAP: up to 40 letters and digits.');
}

function toLimit(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000) return Number(text);
  throw new InvalidArgumentError('It must be a number from 1 to 1000.');
}
