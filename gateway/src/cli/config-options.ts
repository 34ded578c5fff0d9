/** The options of every command that reads the configuration. */
import type { Command } from 'commander';
import type { ConfigProblem, LoadOptions } from '../config/index.ts';
import type { Terminal } from './terminal.ts';

export interface ConfigOptions {
  readonly config?: string;
  readonly set: readonly string[];
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Adds --config and --set. */
export function withConfigOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration file (YAML); config/gateway has examples')
    .option('-s, --set <setting=value>', 'one setting, e.g. relay.listen.port=8443; may be repeated', collect, []);
}

/** The options as the config room takes them. */
export function toLoadOptions({ config, set }: ConfigOptions): LoadOptions {
  return { file: config, flags: set };
}

/** Warnings are for people; nothing stops because of them. */
export function sayWarnings(terminal: Terminal, warnings: readonly ConfigProblem[]): void {
  for (const { setting, problem } of warnings) terminal.say(`Warning: ${setting} ${problem}`);
}
