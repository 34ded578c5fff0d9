/** The command line `gangway`: its commands, and what happens when one fails. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { toGatewayError } from '../errors/index.ts';
import { addAgent } from './commands/agent.ts';
import { addCheck } from './commands/check.ts';
import { addCompare } from './commands/compare.ts';
import { addConfig } from './commands/config.ts';
import { addKeys } from './commands/keys.ts';
import { addLoad } from './commands/load.ts';
import { addPause, addResume } from './commands/pause.ts';
import { addQueue } from './commands/queue.ts';
import { addRelay } from './commands/relay.ts';
import { addSapRole } from './commands/sap-role.ts';
import { addService } from './commands/service.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTrace } from './commands/trace.ts';
import { addUsage } from './commands/usage.ts';
import { keepHeapSmall } from './bounded-heap.ts';
import { endProcess } from './end-process.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { processTerminal, sayFailure } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const exitCodeHelp = `
Exit codes:
  0  done; for relay and agent: drained after SIGTERM or SIGINT
  1  failed, or a check found something
  2  the command line is wrong
  3  the configuration is not valid, or a secret is missing
  4  the journal or the file of the changes cannot be relied on`;

/** The commands, also for the reference page, which is made from them. */
export function createProgram(terminal: Terminal = processTerminal): Command {
  const program = new Command('gangway')
    .description('SAP ECC inside Salesforce: relay, agent and what belongs to them.')
    .version(readVersion())
    .addHelpText('after', exitCodeHelp)
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of [
    addRelay,
    addAgent,
    addCheck,
    addQueue,
    addTrace,
    addLoad,
    addCompare,
    addPause,
    addResume,
    addUsage,
    addKeys,
    addConfig,
    addService,
    addSapRole,
    addSimulate,
  ])
    add(program, terminal);
  for (const command of program.commands) overrideExit(command);
  return program;
}

/** Runs one command to its end; gives the exit code and never throws. */
export async function runCli(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    // A command that finished may still say that what it found is a failure.
    process.exitCode = exitCodes.done;
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return process.exitCode;
  } catch (thrown) {
    return sayEnd(thrown, terminal);
  }
}

/** The whole life of the process. It ends here even if something is still open: a failed start must not hang. */
export async function runProcess(args: readonly string[]): Promise<void> {
  // A bug that nobody awaits would be printed by Node with its message, which may quote data.
  process.once('uncaughtException', (thrown) => endProcess(sayEnd(thrown, processTerminal)));
  keepHeapSmall(args);
  const code = await runCli(args);
  // An empty write is called back after everything before it, also where pipes are not synchronous.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  endProcess(code);
}

/** Commander has said what is wrong with the command line itself; help and version end with 0. */
function sayEnd(thrown: unknown, terminal: Terminal): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const failure = toGatewayError(thrown);
  sayFailure(terminal, failure);
  return exitCodeOf(failure.code);
}

/** Commands made before `exitOverride` was set on them would end the process themselves. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) overrideExit(each);
}

/** The package's version; package.json is two folders up in a clone and three in what operators install. */
function readVersion(): string {
  const isBuilt = import.meta.url.endsWith('.js');
  const text = readFileSync(new URL(isBuilt ? '../../../package.json' : '../../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
