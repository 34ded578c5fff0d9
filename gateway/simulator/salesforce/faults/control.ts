/** What `/simulator` can do to a running org, and what it counts. */
import type { EventBus } from '../events/event-bus.ts';
import type { startPubSubServer } from '../events/pub-sub-server.ts';
import type { Org } from '../org/org.ts';
import type { ApiAllowance } from '../rest/allowance.ts';
import type { RestSessions } from '../rest/oauth.ts';
import type { Control } from './control-routes.ts';
import type { Faults } from './faults.ts';

interface ControlParts {
  readonly org: Org;
  readonly faults: Faults;
  readonly bus: EventBus;
  readonly allowance: ApiAllowance;
  readonly sessions: RestSessions;
  readonly pubSub: Awaited<ReturnType<typeof startPubSubServer>>;
}

/** What `/simulator` can do and count. */
/** Joins the parts that a test or a person at the page may act on. */
export function controlOf({ org, faults, bus, allowance, sessions, pubSub }: ControlParts): Control {
  return {
    faults,
    expireSessions: () => {
      sessions.endAll();
      pubSub.endExpired();
    },
    leaveApiRequests: (count) => {
      allowance.used = Math.max(0, allowance.max - count);
    },
    dropStreams: () => pubSub.dropStreams(),
    org,
    resetCounts: () => {
      allowance.calls.clear();
      allowance.rows = 0;
      bus.published = 0;
      bus.delivered = 0;
    },
    counts: () => ({
      apiRequests: allowance.used,
      calls: Object.fromEntries(allowance.calls),
      rows: allowance.rows,
      events: bus.published,
      deliveredToPages: bus.delivered,
      pages: bus.pages,
      streams: pubSub.streams(),
    }),
  };
}
