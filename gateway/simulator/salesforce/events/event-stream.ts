/** Events for open pages: what `lightning/empApi` is to components, as server-sent events. */
import { PassThrough } from 'node:stream';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { SalesforceError, notFound } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { schemaIdOf } from './avro.ts';
import type { BusEvent, EventBus } from './event-bus.ts';

/** A line now and then, so that both sides notice when the other one is gone. */
const keepAliveMs = 20_000;
/** Most events that are sent at once. */
const maxAtOnce = 100;

/** From here on: the tip, the oldest that is kept, or what stands behind an event. */
function startOf(call: HttpCall, bus: EventBus): number {
  const wanted = call.headers['last-event-id'] ?? call.url.searchParams.get('replayId') ?? '-1';
  const replayId = Number(wanted);
  if (replayId === -2) return 0;
  if (replayId === -1 || !Number.isInteger(replayId)) return bus.latestReplayId;
  if (!bus.hasReplayId(replayId))
    throw new SalesforceError('INVALID_REPLAY_ID', `The replayId {${replayId}} you provided was invalid.`);
  return replayId;
}

/** One event in the form in which components get it. */
const messageOf = ({ id, object, values, createdAt, createdBy, replayId }: BusEvent, schema: string): object => ({
  channel: `/event/${object}`,
  data: {
    schema,
    payload: { ...values, CreatedDate: new Date(createdAt).toISOString(), CreatedById: createdBy },
    event: { EventUuid: id, replayId },
  },
});

/** Answers `GET /api/page/events/Object__e`: a stream that ends when the page goes. */
export function eventStream(org: Org, bus: EventBus, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = org.store.object(call.parts['object'] ?? '');
  if (!object.name.endsWith('__e')) throw notFound();
  if (!user.permissionSets.some((set) => set.readableObjects.has(object.name)))
    throw new SalesforceError('INSUFFICIENT_ACCESS', 'You may not subscribe to this event', { status: 403 });
  let position = startOf(call, bus);
  const stream = new PassThrough();
  const schema = schemaIdOf(object);
  const deliver = (): void => {
    for (const event of bus.after(object.name, position, maxAtOnce)) {
      position = event.replayId;
      bus.delivered += 1;
      stream.write(`id: ${event.replayId}\ndata: ${JSON.stringify(messageOf(event, schema))}\n\n`);
    }
  };
  const letGo = bus.listen(deliver);
  const keepAlive = setInterval(() => stream.write(': alive\n\n'), keepAliveMs);
  keepAlive.unref();
  bus.pages += 1;
  stream.on('close', () => {
    letGo();
    clearInterval(keepAlive);
    bus.pages -= 1;
  });
  stream.write(': open\n\n');
  deliver();
  return { status: 200, body: stream, headers: { 'content-type': 'text/event-stream' } };
}
