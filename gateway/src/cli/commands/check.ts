/** `gangway check`: what is missing between SAP and the relay, and whose it is. */
import type { Command } from 'commander';
import type { CheckResult } from '../../agent/index.ts';
import { loadAgentConfig } from '../../config/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { CheckPrinter } from '../print-checks.ts';
import type { Terminal } from '../terminal.ts';

interface CheckOptions extends ConfigOptions {
  readonly json?: boolean;
}

export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command('check')
    .description(
      "Look from the agent's seat at machine, proxies, orgs, relays and SAP, and say what to do about what is missing",
    )
    .option('--json', 'print the results as JSON');
  withConfigOptions(command).action(async (options: CheckOptions) => {
    const { checkAgent, toCheckReport } = await import('../../agent/index.ts');
    const { config, warnings } = loadAgentConfig(toLoadOptions(options));
    sayWarnings(terminal, warnings);
    const results: CheckResult[] = [];
    const printer = options.json === true ? undefined : new CheckPrinter(terminal);
    for await (const result of checkAgent(config)) {
      results.push(result);
      printer?.add(result);
    }
    printer?.end();
    const report = toCheckReport(results);
    if (options.json === true) terminal.print(JSON.stringify(report, null, 2));
    if (!report.ok) process.exitCode = exitCodes.failed;
  });
}
