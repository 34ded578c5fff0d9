/** The page of settings, from the configuration schema's own description. */
import { z } from 'zod';
import { markdownTable, pageHead } from './table.ts';

/** What `describeConfig()` of the config room says of one setting. */
const settings = z.array(
  z.object({
    key: z.string(),
    environment: z.string().optional(),
    type: z.string(),
    unit: z.string().optional(),
    default: z.unknown().optional(),
    description: z.string(),
  }),
);

const about = `From the command line, then the environment, then the file, then the default; an empty value counts as absent. Secrets
are files: the setting names the file, never the secret. \`gangway config check\` names everything wrong at once.`;

/** One table per room, in the schema's order. */
export function configurationPage(described: unknown): string {
  const rooms = Map.groupBy(settings.parse(described), (setting) => setting.key.split('.')[0] ?? '');
  const parts = [...rooms].map(([room, members]) => {
    const rows = members.map((each) => [
      `\`${each.key}\``,
      each.environment === undefined ? '' : `\`${each.environment}\``,
      each.unit === undefined ? each.type : `${each.type}, ${each.unit}`,
      each.default === undefined ? '' : `\`${JSON.stringify(each.default)}\``,
      each.description,
    ]);
    return `## ${room}\n\n${markdownTable(['Setting', 'Environment', 'Type', 'Default', ''], rows)}`;
  });
  return `${pageHead('Configuration', '`gateway/src/config`')}\n${about}\n\n${parts.join('\n\n')}\n`;
}
