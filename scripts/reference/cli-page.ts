/** The page of the command line, from the very definition that parses it. */
import type { Command } from 'commander';
import { markdownTable, pageHead } from './table.ts';

/** Every command with its arguments and options, in the order of the help. */
export function cliPage(program: Command): string {
  const parts = leaves(program, '').map(({ path, command }) => {
    const rows = [
      ...command.registeredArguments.map((each) => [
        `\`${each.required ? `<${each.name()}>` : `[${each.name()}]`}\``,
        each.description,
        '',
      ]),
      ...command.options
        .filter((each) => !each.hidden)
        .map((each) => [`\`${each.flags}\``, each.description, defaultWords(each.defaultValue)]),
    ];
    const table = rows.length === 0 ? '' : `\n\n${markdownTable(['', '', 'Default'], rows)}`;
    return `## ${path}\n\n${command.description()}${table}`;
  });
  return `${pageHead('Command line', '`gateway/src/cli`')}\n${parts.join('\n\n')}\n`;
}

function leaves(command: Command, above: string): { readonly path: string; readonly command: Command }[] {
  const path = `${above} ${command.name()}`.trim();
  return command.commands.length === 0 ? [{ path, command }] : command.commands.flatMap((each) => leaves(each, path));
}

function defaultWords(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `\`${value}\`` : '';
}
