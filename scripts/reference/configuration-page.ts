/** The page of settings, from the configuration schema's own description. */
import type { SettingDescription } from '../../gateway/src/config/index.ts';
import { markdownTable, pageHead } from './table.ts';

const about = `From the command line, then the environment, then the file, then the default; an empty value counts as absent. Secrets
are files: the setting names the file, never the secret. \`gangway config check\` names everything wrong at once.`;

/** One table per room, in the schema's order; `[]` stands for each entry of a list. */
export function configurationPage(described: readonly SettingDescription[]): string {
  const rooms = Map.groupBy(described, (setting) => setting.path.split(/[.[]/)[0] ?? '');
  const parts = [...rooms].map(([room, settings]) => {
    const rows = settings.map((each) => [
      `\`${each.path}\``,
      each.environment === undefined ? '' : `\`${each.environment}\``,
      typeWords(each),
      each.isRequired ? 'required' : code(each.defaultText),
      each.description,
    ]);
    return `## ${room}\n\n${markdownTable(['Setting', 'Environment', 'Type', 'Default', ''], rows)}`;
  });
  return `${pageHead('Configuration', '`gateway/src/config`')}\n${about}\n\n${parts.join('\n\n')}\n`;
}

function typeWords(setting: SettingDescription): string {
  if (setting.choices.length > 0) return setting.choices.map((choice) => `\`${choice}\``).join(', ');
  const type = setting.type.replaceAll('-', ' ');
  return setting.limits === undefined || setting.limits.trim() === 'to' ? type : `${type}, ${setting.limits.trim()}`;
}

function code(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text}\``;
}
