/** `/simulator/...`: faults, sessions and counts of a simulated org that runs as a program of its own. */
import { z } from 'zod';
import { parseJson } from '../http.ts';
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import { faultKinds } from './faults.ts';
import type { Faults } from './faults.ts';

const faultOrder = z.strictObject({
  kind: z.enum(faultKinds),
  path: z.string().max(200).optional(),
  times: z.int().min(1).optional(),
  after: z.int().min(0).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
});
const remaining = z.strictObject({ count: z.int().min(0) });

/** What can be done to a running org from outside. */
export interface Control {
  readonly faults: Faults;
  readonly expireSessions: () => void;
  readonly leaveApiRequests: (count: number) => void;
  readonly dropStreams: () => number;
  /** Counts that tests compare. */
  readonly counts: () => object;
}

// A page in a browser can post plain text anywhere; it cannot post JSON without asking first.
function bodyOf(call: HttpCall): unknown {
  if (/^application\/json\b/.test(call.headers['content-type'] ?? '')) return parseJson(call);
  throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', 'JSON expected', { status: 415 });
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
