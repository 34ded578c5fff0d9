/** Checks the decision records: numbers are unique, each has a title, a status and its parts. */
import { conclude } from './finding.ts';
import type { Finding } from './finding.ts';
import { readFiles } from './project.ts';
import type { SourceFile } from './project.ts';

const named = /(?:^|\/)(\d{4})-[a-z0-9-]+\.md$/;
const status = /^Status: (proposed|accepted|rejected|superseded by \[?\d{4}\b.*), \d{4}-\d{2}-\d{2}$/m;
const parts = ['Context', 'Decision', 'Consequences'];

/** Everything wrong with these records; README.md and the template are not records. */
export function findDecisionProblems(files: readonly SourceFile[]): readonly Finding[] {
  const records = files.filter((file) => !/(?:README|template)\.md$/.test(file.path));
  return [...records.flatMap(recordProblems), ...numberProblems(records)];
}

function recordProblems(file: SourceFile): readonly Finding[] {
  const number = named.exec(file.path)?.[1];
  const problems: string[] = [];
  if (number === undefined) problems.push('a record is named with four digits and a slug: 0042-what-was-decided.md');
  else if (!file.text.startsWith(`# ${number} `))
    problems.push(`the first line must be "# ${number} " and the decision`);
  if (!status.test(file.text)) problems.push('no line such as "Status: accepted, 2026-01-31"');
  problems.push(...parts.filter((part) => !file.text.includes(`\n## ${part}\n`)).map((part) => `no part "## ${part}"`));
  return problems.map((message) => ({ path: file.path, message }));
}

function numberProblems(records: readonly SourceFile[]): readonly Finding[] {
  const byNumber = Map.groupBy(records, (file) => named.exec(file.path)?.[1] ?? '');
  byNumber.delete('');
  return [...byNumber].flatMap(([number, files]) =>
    files.slice(1).map((file) => ({ path: file.path, message: `${number} is taken by ${files[0]?.path ?? ''}` })),
  );
}

if (import.meta.main) {
  const files = readFiles(/^docs\/decisions\/[^/]+\.md$/);
  conclude(findDecisionProblems(files), `${files.length} decision records`);
}
