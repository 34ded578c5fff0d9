/** The page of error codes: the gateway's from its catalogue, the package's from its Apex and labels. */
import type { CatalogueEntry } from '../../gateway/src/errors/index.ts';
import type { PackageProblem } from './package-problems.ts';
import { markdownTable, pageHead } from './table.ts';

const whatHappensNext = markdownTable(
  ['Disposition', 'What happens next'],
  [
    ['`retry`', 'passes by itself; repeating is harmless, and a write that SAP never got is repeated by the agent'],
    ['`reject`', 'cannot work as it is: a person corrects the data'],
    ['`hold`', 'waits for something outside, such as an authorization; then it may be sent again'],
    ['`verify`', 'may already have happened: Gangway looks in SAP before anything is repeated'],
    ['`stop`', 'does not work until somebody has corrected the configuration, a credential or the installation'],
  ],
);

/** Facts that a message mentions stand in it by their name, in angle brackets. */
const namedFacts = new Proxy<Record<string, string>>({}, { get: (_, name) => `‹${String(name)}›` });

/** What the package says where neither relay nor agent was asked, or their word did not arrive. */
const aboutPackage = `Raised in Salesforce by the package, before a call or instead of an answer; there is no HTTP status. A code that stands
in both tables says the same thing in both places.`;

/** One table of relay and agent, one of the package. */
export function errorsPage(
  catalogue: Readonly<Record<string, CatalogueEntry>>,
  packageProblems: readonly PackageProblem[],
): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => [
    `\`${code}\``,
    entry.message(namedFacts),
    `\`${entry.disposition}\``,
    entry.owner,
    String(entry.status),
    entry.advice,
  ]);
  const source = '`gateway/src/errors/catalogue.ts` and `force-app/main/foundation`';
  return [
    pageHead('Error codes', source),
    whatHappensNext,
    '\n## Relay, agent and SAP\n',
    markdownTable(['Code', 'What happened', 'Disposition', 'Who acts', 'HTTP', 'What to do'], rows),
    `\n## Salesforce\n\n${aboutPackage}\n`,
    `${packageTable(packageProblems)}\n`,
  ].join('\n');
}

function packageTable(problems: readonly PackageProblem[]): string {
  const rows = problems.map((each) => [`\`${each.code}\``, each.message, `\`${each.disposition}\``, each.advice]);
  return markdownTable(['Code', 'What happened', 'Disposition', 'What to do'], rows);
}
