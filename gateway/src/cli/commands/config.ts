/** `gangway config`: is it right, and what is in force. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { loadAgentConfig, loadRelayConfig, programsIn, showConfig } from '../../config/index.ts';
import type { LoadedConfig, LoadOptions, Program } from '../../config/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

interface ProgramOptions extends ConfigOptions {
  readonly program?: Program;
  readonly json?: boolean;
}

export function addConfig(program: Command, terminal: Terminal): void {
  const config = program.command('config').description('The configuration');
  const whose = (): Option =>
    new Option('-p, --program <program>', 'for which program; found out from the file when absent').choices([
      'relay',
      'agent',
    ]);

  withConfigOptions(config.command('check').description('Say everything that is wrong with the configuration, at once'))
    .addOption(whose())
    .action((options: ProgramOptions) => {
      for (const { name, loaded } of loadAll(options)) {
        sayWarnings(terminal, loaded.warnings);
        terminal.print(`The configuration of the ${name} is valid.`);
      }
    });

  withConfigOptions(
    config.command('show').description('Print every setting in force and where it came from; no secrets'),
  )
    .addOption(whose())
    .option('--json', 'print as JSON')
    .action((options: ProgramOptions) => {
      const shown = loadAll(options).flatMap(({ loaded }) => showConfig(loaded));
      const unique = [...new Map(shown.map((setting) => [setting.setting, setting])).values()];
      if (options.json === true) return terminal.print(JSON.stringify(unique, null, 2));
      for (const { setting, value, source } of unique) terminal.print(`${setting} = ${value}   # ${source}`);
    });
}

/** The programs a configuration is for; with neither section in it, it is a relay's that lacks everything. */
function loadAll(
  options: ProgramOptions,
): readonly { readonly name: Program; readonly loaded: LoadedConfig<object> }[] {
  const load = toLoadOptions(options);
  const found = options.program === undefined ? programsIn(load) : [options.program];
  const programs = found.length === 0 ? (['relay'] as const) : found;
  return programs.map((name) => ({ name, loaded: loadOne(name, load) }));
}

function loadOne(program: Program, options: LoadOptions): LoadedConfig<object> {
  return program === 'relay' ? loadRelayConfig(options) : loadAgentConfig(options);
}
