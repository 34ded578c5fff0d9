/** What `gangway check` looks at in an org that the agent itself looks into. */
import { GatewayError } from '../errors/index.ts';
import type { SapSystemId } from '../model/index.ts';
import type { OrgProbe } from '../ports/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { Check } from './check-result.ts';

/** A logon through a slow proxy, or the first word of the Pub/Sub API. */
const orgTimeoutMs = 30_000;
/** Salesforce takes assertions three minutes around its own time; a third of that is the moment to say so. */
const maxClockDifferenceMs = 60_000;
/** From here on a busy day ends with refused calls. */
const scarceShare = 0.9;

/** The checks of one org, in the order in which one needs the other. */
export function salesforceChecks(probe: OrgProbe, system: SapSystemId, clock: Clock): readonly Check[] {
  const within = (): Deadline => Deadline.in(clock, orgTimeoutMs);
  const name = (what: string): string => `Salesforce ${probe.org} ${what}`;
  const { canListen } = probe;
  const bell: Check[] =
    canListen === undefined ? [] : [{ name: name('bell'), run: async () => sayBell(await canListen(within())) }];
  return [
    { name: name('logon'), isBasic: true, run: () => probe.logOn(within()).then(() => 'works, and leads to this org') },
    { name: name('clock'), run: async () => sayClock(await probe.logOn(within())) },
    { name: name('outbox'), run: async () => sayWaiting(await probe.readOutbox(system, within()), system) },
    ...bell,
    { name: name('API calls'), run: async () => sayUsage(probe.usedCalls) },
  ];
}

function sayClock(differenceMs: number | undefined): string {
  if (differenceMs === undefined) return 'the org did not say its time';
  const seconds = Math.abs(Math.round(differenceMs / 1000));
  if (Math.abs(differenceMs) > maxClockDifferenceMs) throw new GatewayError('CLOCK_WRONG', { seconds });
  return `is ${seconds} s from the org's`;
}

const sayWaiting = (ready: number, system: SapSystemId): string =>
  ready === 1
    ? `can be read; 1 request is ready for ${system}`
    : `can be read; ${ready} requests are ready for ${system}`;

function sayBell(canListen: boolean): string {
  if (canListen) return 'the Pub/Sub API is reached and lets the agent listen';
  throw new GatewayError('SALESFORCE_NOT_AUTHORIZED', { reason: 'no right to the event that rings' });
}

function sayUsage(usage: OrgProbe['usedCalls']): string {
  if (usage === undefined) return 'the org did not say how many are left';
  const { used, limit } = usage;
  if (used >= limit * scarceShare)
    throw new GatewayError('SALESFORCE_LIMIT_REACHED', { reason: `${used} of ${limit} used` });
  return `${used} of ${limit} used in the last 24 hours`;
}
