/** The role as people enter it: a table, CSV for a spreadsheet, or Markdown. */
import type { Authorization, SapRole } from './role.ts';

const head = ['Object', 'Field', 'Value', 'Why', 'Confidence'] as const;
type Row = readonly [string, string, string, string, string];

/** A row for each field of each authorization; `why` and confidence stand with the first. */
export function roleRows(role: SapRole): readonly Row[] {
  return role.authorizations.flatMap(rowsOf);
}

function rowsOf({ object, fields, why, confidence }: Authorization): Row[] {
  return Object.entries(fields).map(([field, values], index) => {
    const [reason, certainty] = index === 0 ? [why, confidence] : ['', ''];
    return [object, field, values.join(', '), reason, certainty];
  });
}

/** What stands for values that are the customer's own. */
export function namedPlaces(role: SapRole): readonly string[] {
  return [...new Set(roleRows(role).flatMap(([, , value]) => value.match(/\$[A-Z_]+/g) ?? []))];
}

/** What a table of values does not say. */
export function roleNotes(role: SapRole): readonly string[] {
  const places = namedPlaces(role);
  const has = (object: string): boolean => role.authorizations.some((it) => it.object === object);
  return [
    ...(places.length === 0 ? [] : [`Put your own values in place of ${places.join(', ')}.`]),
    'Where your release does not know RFC_TYPE FUNC, take FUGR with the function group of each name (SE37, Attributes): groups differ between releases.',
    ...(has('S_TABU_NAM')
      ? [
          'Where you grant tables by group, take S_TABU_DIS 03 with the DICBERCLS of each table (SE54) in place of S_TABU_NAM; it grants more.',
        ]
      : []),
    'Not needed: S_RFCACL, S_TCODE, S_DEVELOP, S_RFC with *, SAP_ALL.',
    'Confidence: "proven" stands in the ABAP pack itself, "documented" is as SAP documents it, "general" is how such functions usually behave. Switch STAUTHTRACE on for the service user, run `gangway check`, and let SU53 decide what is left.',
    ...role.untraced.map(
      (name) =>
        `${name} is called by a published service; which objects it checks is not known here: run the service with STAUTHTRACE switched on.`,
    ),
  ];
}

/** For a spreadsheet, a line for each value: quoted where it must be, lines end as RFC 4180 says. */
export function roleAsCsv(role: SapRole): string {
  const rows = role.authorizations.flatMap(({ object, fields, why, confidence }) =>
    Object.entries(fields).flatMap(([field, values]) => values.map((value) => [object, field, value, why, confidence])),
  );
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function csvCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** For a wiki or a ticket. */
export function roleAsMarkdown(role: SapRole): string {
  const lines = [head, head.map(() => '---'), ...roleRows(role)].map((row) => `| ${row.join(' | ')} |`);
  return [...lines, '', ...roleNotes(role).map((note) => `- ${note}`)].join('\n');
}

/** For the screen: values of a long list below each other. */
export function roleAsTable(role: SapRole): string {
  const lines = role.authorizations.flatMap(({ object, fields, why, confidence }) => [
    `${object}  (${confidence})  ${why}`,
    ...Object.entries(fields).flatMap(([field, values]) =>
      values.map((value, index) => `  ${(index === 0 ? field : '').padEnd(10)} ${value}`),
    ),
    '',
  ]);
  return [...lines, ...roleNotes(role)].join('\n');
}
