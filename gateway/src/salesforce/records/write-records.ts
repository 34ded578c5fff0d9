/** Records by composite calls: what can be sent is sent, and each record has its own outcome. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { RecordKind } from '../../model/index.ts';
import type { RecordOutcome, RecordWrite, Refresh } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import type { RestClient } from '../rest-client.ts';
import { toCalls } from './batches.ts';
import type { Collection, PlacedRow } from './batches.ts';
import { upsertBody } from './collection-json.ts';
import { callAlone, callComposite } from './composite-call.ts';
import type { CompositeAnswer, Part, SubAnswer } from './composite-call.ts';
import { refreshParts } from './refresh-event.ts';
import { readRowResults } from './row-results.ts';
import { toRow } from './rows.ts';
import type { OrgTargets } from './target-book.ts';
import type { Target } from './targets.ts';

export interface WriteParts {
  readonly client: RestClient;
  readonly targets: OrgTargets;
  readonly onCall: () => void;
  /** The refresh did not get through; records are not concerned. */
  readonly onLostRefresh: (answer: SubAnswer) => void;
}

export interface Written {
  readonly outcomes: readonly RecordOutcome[];
  /** As the last answer's header says it; undefined where nothing was sent. */
  readonly date: string | undefined;
}

/** Throws only where the first call fails as a whole: later, what is known is told, and the rest is to be repeated. */
export async function writeRecords(
  records: readonly RecordWrite[],
  refresh: Refresh | undefined,
  parts: WriteParts,
  deadline: Deadline,
): Promise<Written> {
  const outcomes = new Map<number, RecordOutcome>();
  const groups = new Map<RecordKind, { target: Target; rows: PlacedRow[] }>();
  for (const [place, record] of records.entries()) {
    const prepared = prepare(record, parts.targets);
    if ('ended' in prepared) outcomes.set(place, prepared);
    else addTo(groups, prepared.target, { ...prepared.row, place });
  }
  const date = await sendAll(toCalls(groups), refreshParts(refresh, parts.targets.names), outcomes, parts, deadline);
  return { outcomes: records.map((_, place) => outcomes.get(place) ?? lost), date };
}

/** What cannot happen, and is to be repeated if it does. */
export const lost: RecordOutcome = {
  ended: 'failed',
  error: new GatewayError('INTERNAL', { reason: 'a record without an outcome' }),
};

/** The row, or the outcome that is known without a call. */
export function prepare(
  record: RecordWrite,
  { byKind, tellUnknownState }: OrgTargets,
): RecordOutcome | { readonly target: Target; readonly row: ReturnType<typeof toRow> } {
  const target = byKind.get(record.key.kind);
  if (target === undefined)
    return { ended: 'unwanted', reason: `The rules of the org do not have ${record.key.kind} records copied.` };
  if (target instanceof GatewayError) return { ended: 'failed', error: target };
  try {
    const row = toRow(record, target);
    for (const state of row.unknownStates) tellUnknownState(state);
    return { target, row };
  } catch (thrown) {
    return { ended: 'failed', error: toGatewayError(thrown) };
  }
}

function addTo(groups: Map<RecordKind, { target: Target; rows: PlacedRow[] }>, target: Target, row: PlacedRow): void {
  const group = groups.get(target.kind) ?? { target, rows: [] };
  group.rows.push(row);
  groups.set(target.kind, group);
}

async function sendAll(
  calls: readonly (readonly Collection[])[],
  events: readonly Part[],
  outcomes: Map<number, RecordOutcome>,
  parts: WriteParts,
  deadline: Deadline,
): Promise<string | undefined> {
  let date: string | undefined;
  for (const [index, collections] of withAtLeastOne(calls, events).entries()) {
    const isLast = index >= calls.length - 1;
    try {
      const answer = await send(collections, isLast ? events : [], parts, deadline);
      date = answer.date ?? date;
      settle(collections, answer, outcomes, parts);
    } catch (thrown) {
      if (index === 0) throw thrown;
      const rest = calls.slice(index).flat();
      for (const { rows } of rest) for (const { place } of rows) outcomes.set(place, failed(thrown));
      return date;
    }
  }
  return date;
}

/** A refresh without records is a call, too. */
const withAtLeastOne = (
  calls: readonly (readonly Collection[])[],
  events: readonly Part[],
): readonly (readonly Collection[])[] => (calls.length === 0 && events.length > 0 ? [[]] : calls);

async function send(
  collections: readonly Collection[],
  events: readonly Part[],
  { client, onCall }: WriteParts,
  deadline: Deadline,
): Promise<CompositeAnswer> {
  const upserts = collections.map(({ target, rows }): Part => ({
    method: 'PATCH',
    path: `composite/sobjects/${target.object}/${target.keyField}`,
    body: upsertBody(target, rows),
  }));
  onCall();
  const [alone] = collections[0]?.isAlone === true ? upserts : [];
  // Events come last: panels that read at once find what is written.
  if (alone === undefined) return callComposite(client, [...upserts, ...events], deadline);
  const written = await callAlone(client, alone, deadline);
  if (events.length === 0) return written;
  onCall();
  const told = await callComposite(client, events, deadline);
  return { answers: [...written.answers, ...told.answers], date: written.date };
}

function settle(
  collections: readonly Collection[],
  { answers }: CompositeAnswer,
  outcomes: Map<number, RecordOutcome>,
  { onLostRefresh }: WriteParts,
): void {
  for (const [index, answer] of answers.entries()) {
    const collection = collections[index];
    if (collection === undefined) {
      if (answer.httpStatusCode >= 300) onLostRefresh(answer);
      continue;
    }
    const results = readRowResults(answer, collection.rows, collection.target.keyField);
    for (const [at, { place }] of collection.rows.entries()) outcomes.set(place, results[at] ?? lost);
  }
}

const failed = (thrown: unknown): RecordOutcome => ({ ended: 'failed', error: toGatewayError(thrown) });
