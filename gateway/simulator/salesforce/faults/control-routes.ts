/** `/simulator/...`: faults, sessions and counts of a simulated org that runs as a program of its own. */
import { z } from 'zod';
import { parseJson } from '../http.ts';
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import { deleteRecordNow, mergeRecords } from '../org/merge-records.ts';
import type { Org } from '../org/org.ts';
import { faultKinds } from './faults.ts';
import type { Faults } from './faults.ts';

const faultOrder = z.strictObject({
  kind: z.enum(faultKinds),
  path: z.string().max(200).optional(),
  times: z.int().min(1).optional(),
  after: z.int().min(0).optional(),
  object: z.string().max(120).optional(),
  record: z.string().max(255).optional(),
  message: z.string().max(500).optional(),
  every: z.int().min(1).optional(),
  chance: z.number().min(0).max(1).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
});
const metadataEdit = z.strictObject({
  record: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const mergeOrder = z.strictObject({ into: z.string() });
const remaining = z.strictObject({ count: z.int().min(0) });

/** What can be done to a running org from outside. */
export interface Control {
  readonly faults: Faults;
  readonly expireSessions: () => void;
  readonly leaveApiRequests: (count: number) => void;
  readonly dropStreams: () => number;
  /** Counts that tests compare. */
  readonly counts: () => object;
  readonly resetCounts: () => void;
  readonly org: Org;
}

// A page in a browser can post plain text anywhere; it cannot post JSON without asking first.
function bodyOf(call: HttpCall): unknown {
  if (/^application\/json\b/.test(call.headers['content-type'] ?? '')) return parseJson(call);
  throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', 'JSON expected', { status: 415 });
}

type MakeRoute = (method: string, path: string, handle: (call: HttpCall) => HttpAnswer) => Route;

/** Most records that are shown at once. */
const maxShown = 1_000;

/** Records as they lie in the org, and what people do to them behind the agent's back. */
function recordRoutes(org: Org, route: MakeRoute): Route[] {
  const found = (call: HttpCall): { object: string; id: string } => {
    const { object = '', id = '' } = call.parts;
    return { object: org.store.object(object).name, id };
  };
  return [
    route('GET', 'records/(?<object>\\w+)', (call) => {
      const rows = [...org.store.each(found(call).object)];
      const wanted = [...call.url.searchParams];
      const matching = rows.filter((row) => wanted.every(([name, value]) => String(row[name] ?? '') === value));
      return { status: 200, body: { total: matching.length, records: matching.slice(0, maxShown) } };
    }),
    route('POST', 'records/(?<object>\\w+)/(?<id>\\w+)/delete', (call) => {
      bodyOf(call);
      deleteRecordNow(org, found(call).object, found(call).id);
      return { status: 200, body: {} };
    }),
    route('POST', 'records/(?<object>\\w+)/(?<id>\\w+)/merge', (call) => {
      mergeRecords(org, found(call).object, found(call).id, mergeOrder.parse(bodyOf(call)).into);
      return { status: 200, body: {} };
    }),
    route('POST', 'metadata', (call) => {
      const { record, values } = metadataEdit.parse(bodyOf(call));
      org.editMetadata(record, values);
      return { status: 200, body: {} };
    }),
  ];
}

/** The control routes; on loopback like everything of the simulator. */
export function controlRoutes(control: Control): Route[] {
  const { faults } = control;
  const done: HttpAnswer = { status: 200, body: {} };
  const route = (method: string, path: string, handle: (call: HttpCall) => HttpAnswer): Route => ({
    method,
    pattern: new RegExp(`^/simulator/${path}$`),
    handle,
  });
  return [
    route('GET', 'faults', () => ({ status: 200, body: faults.list() })),
    route('POST', 'faults', (call) => ({ status: 201, body: { id: faults.add(faultOrder.parse(bodyOf(call))) } })),
    route('DELETE', 'faults', () => {
      faults.clear();
      return done;
    }),
    route('GET', 'counts', () => ({ status: 200, body: { ...control.counts(), faults: faults.struck() } })),
    route('DELETE', 'counts', () => {
      control.resetCounts();
      return done;
    }),
    ...recordRoutes(control.org, route),
    route('POST', 'sessions/expire', (call) => {
      bodyOf(call);
      control.expireSessions();
      return done;
    }),
    route('POST', 'streams/drop', (call) => {
      bodyOf(call);
      return { status: 200, body: { dropped: control.dropStreams() } };
    }),
    route('POST', 'api-requests', (call) => {
      control.leaveApiRequests(remaining.parse(bodyOf(call)).count);
      return done;
    }),
  ];
}
