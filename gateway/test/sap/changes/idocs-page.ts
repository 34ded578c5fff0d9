/** The tables of the page about IDocs, made from the rules that the code reads by. */
import { recordPaths } from '../../../src/model/index.ts';
import { documentedRules } from './documented-rules.ts';
import type { DocumentedRules } from './documented-rules.ts';
import type { FieldRule } from '../../../src/sap/changes/field-table.ts';

const place = ({ segment, where, field }: FieldRule): string =>
  `\`${segment}\` \`${field}\`${where === undefined ? '' : ` where \`${where[0]}\` is ${where[1]}`}`;

function rows({ kind, rules, composed }: DocumentedRules): readonly string[] {
  return recordPaths[kind].flatMap(({ path, facet, label }) => {
    const fields = rules.filter((rule) => rule.path === path);
    const ways = [...fields.map(place), ...composed.filter((it) => it.path === path).map(({ from }) => from)];
    if (ways.length === 0) return [];
    const how = [...new Set(fields.map(({ reader }) => reader.kind))].join(', ');
    return [`| \`${path}\` | ${label} | ${facet} | ${ways.join('; else ')} | ${how} |`];
  });
}

/** One section per message and kind. */
export function idocTables(): string {
  return documentedRules
    .map((it) =>
      [
        `### ${it.message}: ${it.kind}`,
        '',
        '| Path | What | Facet | From | Read as |',
        '|---|---|---|---|---|',
        ...rows(it),
        '',
      ].join('\n'),
    )
    .join('\n');
}

/** Where the tables stand in the page. */
export const [tablesBegin, tablesEnd] = ['<!-- tables: begin -->', '<!-- tables: end -->'];
