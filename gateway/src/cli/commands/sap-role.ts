/** `gangway sap-role`: the authorizations that the service user needs for what is switched on, and nothing more. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { loadRoleSettings } from '../../config/index.ts';
import { abapPackUse } from '../../model/index.ts';
import type { AbapPackUse } from '../../model/index.ts';
import { systemClock } from '../../timing/index.ts';
import { toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import type { Terminal } from '../terminal.ts';

const formats = ['table', 'csv', 'markdown', 'json'] as const;

interface SapRoleOptions extends ConfigOptions {
  readonly format: (typeof formats)[number];
  readonly pack?: AbapPackUse;
}

export function addSapRole(program: Command, terminal: Terminal): void {
  const command = program
    .command('sap-role')
    .description(
      'Write the authorization objects and values that the features switched on need in SAP, for PFCG; without a configuration, of all features',
    )
    .addOption(new Option('--format <format>', 'how it is written').choices(formats).default('table'))
    .addOption(
      new Option(
        '--pack <use>',
        'with the ABAP pack, with or without it, or without it; sap.abapPack where not given',
      ).choices(abapPackUse.options),
    );
  withConfigOptions(command).action(async (options: SapRoleOptions) => {
    const settings = loadRoleSettings(toLoadOptions(options));
    const sap = await import('../../sap/index.ts');
    const { publishedFunctions, roleAsCsv, roleAsMarkdown, roleAsTable, roleNotes, sapRole } = sap;
    const { features, driver, servicesFolder, abapPack } = settings;
    const published = publishedFunctions(servicesFolder, systemClock);
    const role = sapRole({ features, driver, pack: options.pack ?? abapPack, published, organization: settings });
    const written = {
      table: () => roleAsTable(role),
      csv: () => roleAsCsv(role),
      markdown: () => roleAsMarkdown(role),
      json: () => JSON.stringify({ version: 1, ...role, notes: roleNotes(role) }, null, 2),
    };
    terminal.print(written[options.format]());
    // A spreadsheet takes rows only.
    if (options.format === 'csv') for (const note of roleNotes(role)) terminal.say(note);
  });
}
