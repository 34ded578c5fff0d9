/** The way of changes as people read it at a terminal: what, by which document, and when Salesforce had it. */
import { keyText } from '../model/index.ts';
import type { ChangeTrace } from '../ports/index.ts';
import type { LastLoad } from '../sync/index.ts';
import { plain } from './queue-words.ts';

/** `2026-11-21 10:15:00 UTC`. */
export const moment = (at: string | number): string => {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? plain(String(at)) : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};

/** SAP's numbers without their leading zeros, as screens show them; the other parts of an id as they are. */
export const idWords = (id: string): string =>
  plain(id)
    .split('/')
    .map((part) => part.replace(/^0+(?=\d{3})/, ''))
    .join('/');

const record = ({ key: { system, kind, id } }: Pick<ChangeTrace, 'key'>): string =>
  `${kind} ${idWords(id)} of ${system}`;

/** The last load of each kind; which of its records a load wrote, the records say themselves. */
export function linesOfLoads(loads: readonly LastLoad[]): readonly string[] {
  if (loads.length === 0) return [];
  const lines = loads.map(({ org, kind, system, file, createdAt, endedAt, counts }) => {
    const written = Object.values(counts).reduce((sum, each) => sum + each.written, 0);
    const what = `The last load of ${kind} into ${org}: ${plain(file)} of ${plain(system)} as it was ${moment(createdAt)}`;
    return `${what}, finished ${moment(endedAt)}, ${written} records.`;
  });
  return [
    ...lines,
    'Loads leave no receipt for each record; a record that a load wrote last says so in its field "SAP Document".',
  ];
}

/** Each record once, with its changes below it, newest first. */
export function linesOfTraces(traces: readonly ChangeTrace[]): readonly string[] {
  const records = Map.groupBy(traces, (each) => `${each.org} ${keyText(each.key)}`);
  const orgs = new Set(traces.map(({ org }) => org)).size;
  return [...records.values()].flatMap((changes) => {
    const [first] = changes;
    if (first === undefined) return [];
    const head = `${record(first)}${orgs > 1 ? ` in org ${first.org}` : ''}`;
    return [head, ...changes.flatMap(linesOf), ''];
  });
}

function linesOf(trace: ChangeTrace): readonly string[] {
  const { source, facet, position } = trace;
  const document = `${plain(source.type)} ${plain(source.number)} of ${plain(source.sender)}`;
  return [
    `  ${document} (${facet}), position ${position}`,
    `    SAP        ${moment(source.createdAt)}`,
    `    arrived    ${moment(trace.arrivedAtMs)}`,
    ...endOf(trace).map((line) => `    ${line}`),
    ...valueLines(trace),
  ];
}

function endOf({ state, committedAt, recordId, reason, problem }: ChangeTrace): readonly string[] {
  const why = plain(reason) === '' ? '' : `: ${plain(reason)}`;
  switch (state) {
    case 'delivered':
      return [`Salesforce ${committedAt === undefined ? '' : moment(committedAt)}, record ${plain(recordId)}`];
    case 'older':
      return [`not written: Salesforce has something newer${why}`];
    case 'echo':
      return [`not written: Salesforce has it already${why}`];
    case 'unwanted':
      return [`not written: the org does not want it${why}`];
    case 'discarded':
      return [`discarded${why}`];
    case 'held':
      return ['held: not in Salesforce', ...problemLines(problem)];
    case 'waiting':
      return ['on its way: not in Salesforce yet', ...problemLines(problem)];
  }
}

const problemLines = (problem: ChangeTrace['problem']): readonly string[] =>
  problem === undefined ? [] : [`${plain(problem.title)} (${problem.code})`, `Next: ${plain(problem.advice)}`];

function valueLines({ fields }: ChangeTrace): readonly string[] {
  const entries = Object.entries(fields);
  if (entries.length === 0) return [];
  const words = entries.map(
    ([path, value]) => `${path} = ${value === null ? 'cleared' : plain(String(value)).slice(0, 60)}`,
  );
  return [`    values     ${words.join('; ')}`];
}
