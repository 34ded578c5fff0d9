/** `gangway load`: a staging file that SAP's background job wrote goes into an org. */
import type { Command } from 'commander';
import { withBothSides } from '../both-sides.ts';
import type { SidesOptions } from '../both-sides.ts';
import { withConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

export interface LoadCommandOptions extends SidesOptions {
  readonly again?: boolean;
}

export function addLoad(program: Command, terminal: Terminal): void {
  const load = program
    .command('load')
    .description('Bring a staging file of SAP into Salesforce; it goes on where it was stopped, and newer data stays');
  withConfigOptions(load)
    .argument('<file>', 'the file, as the report Z_GANGWAY_EXTRACT wrote it')
    .option('--org <id>', 'the org, where the configuration has several')
    .option('--again', 'load it once more, although all of it was loaded')
    .option('--json', 'print the outcome as JSON')
    .action((file: string, options: LoadCommandOptions) =>
      withBothSides(terminal, load, { file, options }, async (sides) => {
        const { loadFile } = await import('../load-file.ts');
        await loadFile(terminal, sides, file, options);
      }),
    );
}
