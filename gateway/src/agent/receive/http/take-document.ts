/** One document that SAP posts: read in a stream, made durable, then acknowledged, and never before. */
import type { IncomingMessage } from 'node:http';
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { SapSystemId } from '../../../model/index.ts';
import type { SapChanges } from '../../../ports/index.ts';
import { errorFields } from '../../../telemetry/index.ts';
import type { Log } from '../../../telemetry/index.ts';
import type { Clock } from '../../../timing/index.ts';
import type { Intake, Taken } from '../intake.ts';
import type { ReceiveMeasure } from '../receive-metrics.ts';
import { failureAnswer } from './answers.ts';
import type { HttpAnswer } from './answers.ts';
import type { DocumentBody } from './document-body.ts';
import type { Places } from './places.ts';

export interface DocumentParts {
  readonly system: SapSystemId;
  readonly changes: Pick<SapChanges, 'readXmlIdocs'>;
  readonly intake: Intake;
  readonly measure: ReceiveMeasure;
  readonly places: Places;
  readonly placeMs: number;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** SAP's port sends one of the first two; the others are what proxies and SOAP make of them. */
const contentTypes = /^(?:text\/xml|application\/(?:x-sap\.idoc|xml|soap\+xml))$/i;

/** Reads and keeps the document; the answer says what became of it. */
export async function takeDocument(
  request: IncomingMessage,
  body: DocumentBody,
  parts: DocumentParts,
): Promise<HttpAnswer> {
  const { measure, clock } = parts;
  const startedMs = clock.monotonic();
  const seconds = (): number => (clock.monotonic() - startedMs) / 1000;
  try {
    const taken = await inPlace(parts, () => read(request, body, parts));
    measure.ended('http', 'taken', seconds());
    return takenAnswer(taken, parts);
  } catch (thrown) {
    const error = toGatewayError(thrown);
    measure.ended('http', error.code, seconds());
    parts.log.warn(
      { system: parts.system, bytes: body.bytes, ...errorFields(error) },
      'A document of IDocs was not taken',
    );
    return failureAnswer(error);
  } finally {
    measure.received('http', body.bytes);
  }
}

async function inPlace<Result>({ places, placeMs }: DocumentParts, work: () => Promise<Result>): Promise<Result> {
  if (!(await places.take(placeMs))) throw new GatewayError('IDOC_RECEIVER_BUSY');
  try {
    return await work();
  } finally {
    places.give();
  }
}

async function read(request: IncomingMessage, body: DocumentBody, parts: DocumentParts): Promise<Taken> {
  const { 'content-type': contentType, 'content-encoding': coding, 'content-length': length } = request.headers;
  const [type = ''] = (contentType ?? '').split(';', 1);
  if (!contentTypes.test(type.trim())) throw new GatewayError('IDOC_DELIVERY_NOT_SUPPORTED', { found: 'content type' });
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw new GatewayError('IDOC_DELIVERY_NOT_SUPPORTED', { found: 'compression' });
  if (Number(length ?? 0) > parts.maxBytes)
    throw new GatewayError('IDOC_TOO_LARGE', { what: 'bytes', limit: parts.maxBytes });
  return parts.intake.take('http', parts.changes.readXmlIdocs(body.pieces(), contentType));
}

function takenAnswer(taken: Taken, { system, log }: DocumentParts): HttpAnswer {
  const { refused, conflict } = taken;
  const count = taken.new + taken.repeated + conflict;
  const left = refused + conflict;
  if (left > 0) log.warn({ system, ...taken }, 'IDocs of a document wait for a person');
  // A refused IDoc is kept and listed; were the document refused, SAP would send the others again for ever.
  const words = left === 0 ? '' : ` ${left} of them wait for a person: see gangway queue.`;
  return { status: 200, phrase: 'OK', text: `${count + refused} IDocs taken.${words}` };
}
