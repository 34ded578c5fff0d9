/** `gangway compare`: what differs between a staging file of SAP and an org, and its repair. */
import type { Command } from 'commander';
import { withBothSides } from '../both-sides.ts';
import type { SidesOptions } from '../both-sides.ts';
import { withConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

export interface CompareCommandOptions extends SidesOptions {
  readonly repair?: boolean;
  readonly yes?: boolean;
  readonly report?: string;
}

/** Asks on the terminal; undefined where nobody can answer. */
export type Ask = (question: string) => Promise<boolean | undefined>;

export function addCompare(program: Command, terminal: Terminal, ask?: Ask): void {
  const compare = program
    .command('compare')
    .description(
      'Compare a staging file of SAP with Salesforce: drift, missing and deleted records; repair after asking',
    );
  withConfigOptions(compare)
    .argument('<file>', 'the file, as the report Z_GANGWAY_EXTRACT wrote it')
    .option('--org <id>', 'the org, where the configuration has several')
    .option('--repair', 'put right what differs, after asking')
    .option('--yes', 'with --repair: do not ask')
    .option('--report <file>', 'list of the differences; beside the staging file where absent')
    .option('--json', 'print the outcome as JSON')
    .action((file: string, options: CompareCommandOptions) => {
      if (options.yes === true && options.repair !== true) return compare.error('error: --yes goes with --repair');
      return withBothSides(terminal, compare, { file, options }, async (sides) => {
        const { compareFile } = await import('../compare-file.ts');
        await compareFile(terminal, sides, { file, options, ask });
      });
    });
}
