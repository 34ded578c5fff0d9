/** What the room is told of one org, and what it works with. */
import type { AgentConfig } from '../config/index.ts';
import { secretFrom } from '../config/index.ts';
import type { OrgId } from '../model/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';

export interface OrgSettings {
  readonly org: OrgId;
  /** The agent's id, as the lease knows it. */
  readonly agentId: string;
  /** Random per process, so that two processes with one id are two. */
  readonly instance: string;
  readonly loginUrl: string;
  readonly audience: string;
  readonly clientId: string;
  readonly username: string;
  /** PEM text (PKCS 8); read at each logon. */
  readonly privateKey: () => string;
  /** Of the package; looked up in the org where absent, empty for a package without one. */
  readonly namespace?: string | undefined;
  readonly bell: boolean;
  /** Scheme, host and port of the Pub/Sub API. */
  readonly pubSub: string;
  /** `http://[user:password@]host:port`; never logged. */
  readonly proxyUrl?: string | undefined;
}

export interface OrgParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

type ConfiguredOrg = AgentConfig['agent']['orgs'][number];

/** The settings of one configured org; undefined for an org that the agent only answers. */
export function toOrgSettings(
  agent: Pick<AgentConfig['agent'], 'id'>,
  { id, salesforce }: ConfiguredOrg,
  instance: string,
): OrgSettings | undefined {
  if (salesforce === undefined) return undefined;
  const { loginUrl, audience, clientId, username, namespace, bell, pubSub, proxyUrl } = salesforce;
  return {
    org: id,
    agentId: agent.id,
    instance,
    loginUrl,
    audience,
    clientId,
    username,
    privateKey: secretFrom(`agent.orgs (${id}) salesforce.privateKeyFile`, salesforce.privateKeyFile),
    namespace,
    bell,
    pubSub,
    proxyUrl,
  };
}
