/** `gangway check`: what is missing between SAP and the relay, and whose it is. */
import type { Command } from 'commander';
import type { CheckResult } from '../../agent/index.ts';
import { loadAgentConfig } from '../../config/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

interface CheckOptions extends ConfigOptions {
  readonly json?: boolean;
}

const marks = { passed: 'ok  ', failed: 'FAIL', skipped: '-   ' } as const;

export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command('check')
    .description(
      "Look from the agent's seat at journal, orgs, relays and SAP, and say what to do about what is missing",
    )
    .option('--json', 'print the results as JSON');
  withConfigOptions(command).action(async (options: CheckOptions) => {
    const { checkAgent } = await import('../../agent/index.ts');
    const { config, warnings } = loadAgentConfig(toLoadOptions(options));
    sayWarnings(terminal, warnings);
    const results: CheckResult[] = [];
    for await (const result of checkAgent(config)) {
      results.push(result);
      if (options.json !== true) printResult(terminal, result);
    }
    const hasFailed = results.some(({ state }) => state === 'failed');
    if (options.json === true) terminal.print(JSON.stringify({ ok: !hasFailed, results }, null, 2));
    if (hasFailed) process.exitCode = exitCodes.failed;
  });
}

function printResult(terminal: Terminal, { name, state, finding, code, advice, sapMessages }: CheckResult): void {
  terminal.print(`${marks[state]} ${name}: ${finding}${code === undefined ? '' : ` (${code})`}`);
  for (const { id, number, text } of sapMessages ?? []) terminal.print(`       SAP ${id} ${number}: ${text}`);
  if (advice !== undefined) terminal.print(`       Next: ${advice}`);
}
