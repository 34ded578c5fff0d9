/** The page of `gangway check --json`: its shape, from the schema that the command itself obeys. */
import { z } from 'zod';
import { markdownTable, pageHead } from './table.ts';

const node = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  description: z.string().optional(),
  required: z.array(z.string()).optional(),
});
const section = node.extend({ properties: z.record(z.string(), z.unknown()).optional() });

const opening = `\`gangway check --config agent.yaml\` looks from the agent's seat, one thing after the other, and changes nothing: machine (journal, disk,
secrets, threads), certificates of orgs, proxies, relays with their clocks, orgs, SAP (logon, system, code page, clock, ABAP pack, each function's
interface, each kind of data once), published services. It ends with 1 when something failed; warnings end with 0. After a refused logon nothing more
is asked of SAP, so that the user is not locked.

Each line that is not in order says who acts and what they do. Functions of SAP that are as they should be stand in one line for each feature. While
work in SAP is paused (\`gangway pause\`) SAP is not asked. \`--json\` prints one object; programs may rely on its shape, on the names of
checks and on the [codes](errors.md). Sentences may change.`;

/** The page as it should be. */
export function checkPage(report: z.ZodType): string {
  const schema = section.parse(z.toJSONSchema(report, { io: 'output' }));
  const results = z.object({ items: section }).parse(schema.properties?.['results']).items;
  return [
    pageHead('`gangway check`', '`gateway/src/agent/check-report.ts`'),
    `${opening}\n\n## The report\n`,
    fieldTable(schema),
    '\n## A result\n',
    `${fieldTable(results)}\n`,
  ].join('\n');
}

function fieldTable({ properties = {}, required = [] }: z.infer<typeof section>): string {
  const rows = Object.entries(properties).map(([name, value]) => {
    const { type, description, enum: choices, const: fixed } = node.parse(value);
    const values =
      choices?.map((choice) => `\`${choice}\``).join(', ') ?? (fixed === undefined ? type : JSON.stringify(fixed));
    return [`\`${name}\``, values ?? '', required.includes(name) ? 'always' : 'where there is one', description ?? ''];
  });
  return markdownTable(['Field', 'Value', 'There', 'Meaning'], rows);
}
