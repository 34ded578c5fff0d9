/** The page "What Gangway did in your system": one file, nothing from elsewhere, readable on paper too. */
import { catalogue } from '../../errors/index.ts';
import { hourChart } from './hour-chart.ts';
import { sum } from './usage-day.ts';
import type { UsageDay } from './usage-day.ts';

/** Text, which is made safe, or a number. */
type Cell = string | number;

/** The whole page of a day. */
export function renderDay(day: UsageDay): string {
  const { date, system } = day;
  const title = `What Gangway did in ${escape(system)} on ${escape(date)}`;
  const parts = [summary(day), hourSection(day), functionSection(day), budgetSection(day), troubleSection(day)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

function summary(day: UsageDay): string {
  const rows = Object.values(day.functions);
  const [calls, failures] = [sum(rows, 'calls'), sum(rows, 'failures')];
  const hours = day.hours.map(({ mostRunning }) => mostRunning);
  const facts: readonly (readonly [string, Cell])[] = [
    ['Calls', calls],
    ['Of them failed or refused', failures],
    ['Time in SAP', inTime(sum(rows, 'durationMs'))],
    ['Rows read', sum(rows, 'rowsRead')],
    ['Rows written', sum(rows, 'rowsWritten')],
    ['Most at once', Math.max(0, ...hours)],
    ['Most calls in a minute', day.busiestMinute],
  ];
  const list = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${cell(value)}</dd></div>`);
  const at = day.updatedAtMs === 0 ? 'not written yet' : clockTime(day.updatedAtMs, day.timeZone);
  return `<p>The day and its hours are those of SAP's time zone, ${escape(day.timeZone)}. As of ${at}.</p>
<dl>${list.join('')}</dl>`;
}

function hourSection(day: UsageDay): string {
  return `<h2>Calls by hour</h2>\n<figure>${hourChart(day)}
<figcaption>Calls; the lower part of a bar, in red, failed.</figcaption></figure>`;
}

function functionSection({ functions }: UsageDay): string {
  const sorted = Object.entries(functions).sort(([, a], [, b]) => b.durationMs - a.durationMs);
  if (sorted.length === 0) return '<h2>By function module</h2>\n<p>Nothing was called.</p>';
  const rows = sorted.map(([name, each]) => [
    name,
    each.purpose ?? '',
    ...[each.calls, each.failures, inTime(each.durationMs), inTime(each.durationMs / Math.max(1, each.calls))],
    ...[each.mostRunning, each.rowsRead, each.rowsWritten],
  ]);
  const heads = ['Function module', 'What for', 'Calls', 'Failed', 'Time', 'On average', 'At once', 'Read', 'Written'];
  return `<h2>By function module</h2>\n${table('Work in SAP by function module, most time first', heads, rows, [2, 3, 4, 5, 6, 7, 8])}`;
}

function budgetSection({ grants, busiestMinute, hours }: UsageDay): string {
  const mostRunning = Math.max(0, ...hours.map((each) => each.mostRunning));
  const rows = grants.map(({ name, workProcesses, bulkWorkProcesses, callsPerMinute, minutes }) => [
    name === '' ? 'no rule of the calendar' : name,
    ...[inTime(minutes * 60_000), workProcesses, bulkWorkProcesses, callsPerMinute],
  ]);
  const heads = ['Rule', 'In force', 'Work processes', 'For background work', 'Calls per minute'];
  const granted =
    rows.length === 0 ? '<p>Nothing was counted yet.</p>' : table('What is granted', heads, rows, [1, 2, 3, 4]);
  return `<h2>The budget</h2>
<p>Used at most: ${mostRunning} work ${mostRunning === 1 ? 'process' : 'processes'} at once, and ${busiestMinute} calls in a minute.</p>
${granted}`;
}

function troubleSection(day: UsageDay): string {
  const { timeZone, throttled, pauses } = day;
  const from = (ms: number): string => clockTime(ms, timeZone);
  const slowed = throttled.map((each) => [from(each.fromMs), from(each.toMs), each.workProcesses, each.because]);
  const paused = pauses.map((each) => [from(each.fromMs), from(each.toMs), each.reason]);
  const sections = [
    ['Failures', table('Failures by code', ['Code', 'Calls', 'What it means'], codeRows(failuresOf(day)), [1])],
    [
      'Not let through',
      table('Calls of which nothing was sent', ['Code', 'Calls', 'What it means'], codeRows(day.turnedAway), [1]),
    ],
    [
      'Less was taken',
      table('When less was taken than granted', ['From', 'To', 'Work processes', 'Because'], slowed, [2]),
    ],
    ['Pauses', table('When work was paused', ['From', 'To', 'Reason'], paused, [])],
  ] as const;
  return sections.map(([title, body]) => `<h2>${title}</h2>\n${body === '' ? '<p>None.</p>' : body}`).join('\n');
}

function failuresOf({ functions }: UsageDay): Readonly<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (const { failuresByCode } of Object.values(functions))
    for (const [code, times] of Object.entries(failuresByCode)) codes[code] = (codes[code] ?? 0) + times;
  return codes;
}

function codeRows(codes: Readonly<Record<string, number>>): readonly (readonly Cell[])[] {
  const sentences = new Map<string, string>(
    Object.entries(catalogue).map(([code, { message }]) => [code, message({})]),
  );
  const sorted = Object.entries(codes).sort(([, a], [, b]) => b - a);
  return sorted.map(([code, times]) => [code, times, sentences.get(code) ?? '']);
}

/** Empty without rows. The first column names the row; `figures` are the columns of numbers. */
function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  figures: readonly number[],
): string {
  if (rows.length === 0) return '';
  const aligned = (column: number): string => (figures.includes(column) ? ' class="figure"' : '');
  const head = heads.map((each, column) => `<th scope="col"${aligned(column)}>${each}</th>`);
  const inRow = (value: Cell, column: number): string =>
    column === 0 ? `<th scope="row">${cell(value)}</th>` : `<td${aligned(column)}>${cell(value)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(inRow).join('')}</tr>`);
  return `<div class="wide"><table><caption>${caption}</caption><thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}

function cell(value: Cell): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : escape(value);
}

const inTime = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
};

function clockTime(ms: number, timeZone: string): string {
  return new Date(ms).toLocaleTimeString('en-GB', { timeZone });
}

/** Reasons are typed by people, and names come from SAP. */
function escape(text: string): string {
  const safe: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (each) => safe[each] ?? '');
}

const style = `
:root { color-scheme: light dark; --ink: #16212b; --paper: #fff; --line: #c3ccd4; --bar: #4a7fb5; --bad: #7a1f1f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebef; --paper: #12181d; --line: #46525c; --bar: #6aa5de; --bad: #f0a3a3; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2rem; } dt { font-size: .85rem; } dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
figure { margin: 0; } svg { width: 100%; height: auto; font-size: 11px; } svg text { fill: var(--ink); }
.calls { fill: var(--bar); } .failures { fill: var(--bad); } .grid { stroke: var(--line); fill: none; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-size: .85rem; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { font-size: .85rem; font-weight: 600; } .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { body { font-size: 10pt; } main { max-width: none; padding: 0; } h2, tr, figure { break-inside: avoid; } .wide { overflow: visible; } }
`;
