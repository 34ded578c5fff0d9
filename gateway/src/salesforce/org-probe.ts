/** Looks at an org for `gangway check`: logon, outbox, bell. Nothing is taken from the outbox. */
import { GatewayError } from '../errors/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { OrgProbe } from '../ports/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import type { ApiUsage } from './api-usage.ts';
import { PubSubClient } from './bell/pub-sub-client.ts';
import type { PubSubSettings } from './bell/pub-sub-client.ts';
import { contractNumber } from './failures.ts';
import type { PackageNamespace } from './package-namespace.ts';
import type { QueueDesk } from './queue-desk.ts';
import type { RestClient } from './rest-client.ts';
import type { Sessions } from './sessions.ts';

export interface ProbeParts {
  readonly org: OrgId;
  /** Undefined where no bell is wanted. */
  readonly bell: PubSubSettings | undefined;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  readonly namespace: PackageNamespace;
  readonly desk: QueueDesk;
  readonly client: RestClient;
}

export function openProbe(parts: ProbeParts): OrgProbe {
  const { org, bell, sessions, usage, desk } = parts;
  return {
    org,
    logOn: async (deadline) => (await sessions.get(deadline)).clockDifferenceMs,
    readOutbox: async (system: SapSystemId, deadline: Deadline) => {
      await requireContract(parts, deadline);
      return (await desk.list({ system, states: ['ready'], after: null, limit: 1 }, deadline)).counts.ready;
    },
    get usedCalls() {
      return usage.last;
    },
    canListen: bell === undefined ? undefined : (deadline) => canListen(bell, parts, deadline),
  };
}

/**
 * Asks for a visit that says nothing but its contract: the package looks at that first and does nothing, so a running agent keeps
 * its lease. That something is missing (400) means that it knows the contract.
 */
async function requireContract({ client, namespace }: ProbeParts, deadline: Deadline): Promise<void> {
  const path = await namespace.apexPath('visit', deadline);
  try {
    await client.call({ method: 'POST', path, body: { contract: contractNumber } }, deadline);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.context['status'] !== 400) throw error;
  }
}

async function canListen(bell: PubSubSettings, parts: ProbeParts, deadline: Deadline): Promise<boolean> {
  const topic = await parts.namespace.topic(deadline);
  const session = await parts.sessions.get(deadline);
  const client = await PubSubClient.open(bell);
  try {
    return await client.canSubscribe(session, topic, deadline, parts.clock);
  } finally {
    client.close();
  }
}
