/** The package's own codes, from planted Apex and labels. */
import { describe, expect, test } from '@jest/globals';
import { referencePages } from '../generate-reference.ts';
import { readFiles } from '../project.ts';
import { packageProblems } from '../reference/package-problems.ts';

const labels = (text: string) => [{ path: 'a.labels-meta.xml', text: `<CustomLabels>${text}</CustomLabels>` }];
const label = (name: string, value: string): string =>
  `<labels><fullName>${name}</fullName><value>${value}</value></labels>`;
const apex = (entry: string): string =>
  `public enum Code { GONE }\n Map<Code, Entry> CATALOGUE = new Map<Code, Entry>{ ${entry} };`;

describe('the codes of the package', () => {
  test('come with the sentences of their labels, facts left open', () => {
    const found = packageProblems(
      apex("Code.GONE => new Entry(\n 'hold',\n Label.Problem_Gone,\n Label.Advice_Gone\n)"),
      labels(label('Problem_Gone', '{0} &amp; Co is &quot;gone&quot;.') + label('Advice_Gone', 'Look.')),
    );
    expect(found).toEqual([{ code: 'GONE', disposition: 'hold', message: '… & Co is "gone".', advice: 'Look.' }]);
  });

  test('a code without an entry is an error', () => {
    expect(() => packageProblems(apex(''), [])).toThrow('GONE has no entry');
  });

  test('a label that is in no file is an error', () => {
    const entry = "Code.GONE => new Entry('hold', Label.Problem_Gone, Label.Advice_Gone)";
    expect(() => packageProblems(apex(entry), labels(label('Problem_Gone', 'Gone.')))).toThrow('Advice_Gone');
  });

  test('of this project are all on the page', () => {
    const page = referencePages().find(({ path }) => path.endsWith('errors.md'))?.text ?? '';
    expect(page).toContain('| `CUSTOMER_LINKED_ELSEWHERE` | SAP customer … already belongs to ….');
    const apex = readFiles(/^force-app\/main\/.*\.cls$/).map(({ text }) => text);
    const raised = apex.flatMap((text) => [...text.matchAll(/GatewayProblem\.Code\.([A-Z_]+)/g)]);
    expect(raised).not.toEqual([]);
    for (const [, code = ''] of raised) expect(page).toContain(`| \`${code}\` |`);
  });
});
