/** The page of error codes, from the catalogue. */
import type { CatalogueEntry } from '../../gateway/src/errors/index.ts';
import { markdownTable, pageHead } from './table.ts';

const whatHappensNext = markdownTable(
  ['Disposition', 'What happens next'],
  [
    ['`retry`', 'works later; repeating is harmless and happens by itself'],
    ['`reject`', 'cannot work as it is: a person corrects the data'],
    ['`hold`', 'waits for something outside, such as an authorization; then it may be sent again'],
    ['`verify`', 'may already have happened: Gangway looks in SAP before anything is repeated'],
    ['`stop`', 'the process does not go on: configuration or credentials are wrong'],
  ],
);

/** Facts that a message mentions stand in it by their name, in angle brackets. */
const namedFacts = new Proxy<Record<string, string>>({}, { get: (_, name) => `‹${String(name)}›` });

/** All entries, grouped by the room their code begins with. */
export function errorsPage(catalogue: Readonly<Record<string, CatalogueEntry>>): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => [
    `\`${code}\``,
    entry.message(namedFacts),
    `\`${entry.disposition}\``,
    entry.owner,
    String(entry.status),
    entry.advice,
  ]);
  const head = pageHead('Error codes', '`gateway/src/errors/catalogue.ts`');
  const columns = ['Code', 'What happened', 'Disposition', 'Who acts', 'HTTP', 'What to do'];
  return `${head}\n${whatHappensNext}\n\n${markdownTable(columns, rows)}\n`;
}
