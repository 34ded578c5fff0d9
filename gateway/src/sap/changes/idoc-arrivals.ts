/** From IDocs to arrivals: each understood as a whole, or refused by itself while the others go on. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { orderOf } from '../../model/index.ts';
import type { RecordChange, SapSystemId, SourceDocument } from '../../model/index.ts';
import type { Arrival } from '../../ports/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { Idoc, IdocControl, IdocResult } from '../idoc/index.ts';
import { hashOfIdoc, hashOfRefusal } from './content-hash.ts';
import { createdAt, IdocMoments } from './idoc-moment.ts';
import type { IdocMoment } from './idoc-moment.ts';
import type { Message } from './messages/message.ts';
import { recognize } from './messages/messages.ts';
import { treeOf } from './segment-tree.ts';
import type { ValueRules } from './translation.ts';
import type { WallClock } from './wall-clock.ts';

/** The model's limit of one document; a customer with its partners has some hundred. */
const maxChanges = 10_000;
/** The model's limits of a source. */
const [longestSender, longestNumber, longestType] = [80, 40, 40];

export interface ArrivalParts {
  readonly system: SapSystemId;
  readonly clock: Clock;
  readonly wallClock: WallClock;
  /** How values are to be understood; asked once per document. */
  readonly rules: () => Promise<ValueRules>;
}

/** In the order of the document; what the reading throws goes on to the caller. */
export async function* arrivalsOf(
  results: AsyncIterable<IdocResult>,
  parts: ArrivalParts,
): AsyncGenerator<Arrival, void> {
  const moments = new IdocMoments(parts.wallClock);
  let rules: ValueRules | undefined;
  for await (const result of results) {
    if ('idoc' in result) yield understand(result.idoc, parts, moments, (rules ??= await parts.rules()));
    else yield refusal(result.refused.control, result.refused.error, parts);
  }
}

function understand(idoc: Idoc, parts: ArrivalParts, moments: IdocMoments, rules: ValueRules): Arrival {
  const { control } = idoc;
  try {
    const moment = moments.of(control);
    const changes = translate(idoc, moment, rules);
    const source = sourceOf(control, control.DOCNUM, moment.createdAt, parts);
    return { document: { source, contentHash: hashOfIdoc(idoc), changes } };
  } catch (thrown) {
    const { code, context } = toGatewayError(thrown);
    const error = new GatewayError(code, { ...context, idoc: control.DOCNUM }, thrown);
    return refusal(control, error, parts, hashOfIdoc(idoc));
  }
}

function translate(idoc: Idoc, { orderedAt }: IdocMoment, rules: ValueRules): RecordChange[] {
  const { message, isWhole } = recognize(idoc);
  checkReadable(idoc, message);
  const tree = treeOf(idoc, isWhole);
  const changes = message.translate(tree, { rules, order: orderOf(orderedAt, idoc.control.DOCNUM), isWhole });
  if (changes.length > maxChanges) throw new GatewayError('IDOC_TOO_LARGE', { what: 'records', limit: maxChanges });
  return changes;
}

/** A flat file shows a segment whose layout is not known as characters only: fields would be missed without a word. */
function checkReadable({ segments }: Idoc, message: Message): void {
  for (const { name, raw, fields } of segments) {
    if (raw === undefined || Object.keys(fields).length > 0 || !message.segments.includes(name)) continue;
    throw new GatewayError('IDOC_LAYOUT_UNKNOWN', { segment: name });
  }
}

function refusal(
  control: Readonly<Partial<IdocControl>>,
  error: GatewayError,
  parts: ArrivalParts,
  contentHash = hashOfRefusal(control, error),
): Arrival {
  // Without a number of its own it is known by what is known of it, so that the same is the same when it comes again.
  const number = control.DOCNUM || `unnumbered-${contentHash.slice(0, 16)}`;
  return { refused: { source: sourceOf(control, number, creationOf(control, parts), parts), contentHash, error } };
}

function creationOf(control: Readonly<Partial<IdocControl>>, { wallClock, clock }: ArrivalParts): string {
  try {
    return createdAt(control, wallClock);
  } catch (thrown) {
    // What it says of its time is no time: then it is the time at which it came.
    if (toGatewayError(thrown).code !== 'IDOC_CONTROL_INCOMPLETE') throw thrown;
    return new Date(clock.now()).toISOString();
  }
}

function sourceOf(
  control: Readonly<Partial<IdocControl>>,
  number: string,
  createdAt: string,
  { system }: ArrivalParts,
): SourceDocument {
  return {
    kind: 'idoc',
    sender: (control.SNDPRN || system).slice(0, longestSender),
    number: number.slice(0, longestNumber),
    type: (control.MESTYP || 'IDoc').slice(0, longestType),
    createdAt,
  };
}
