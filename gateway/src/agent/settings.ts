/** What an agent is told at start; the config room maps the file and the environment to it. */
import type { SapSystemId } from '../model/index.ts';
import type { OrgTokenAlgorithm, RegisteredOrg } from '../org-token/index.ts';
import type { SapServices } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';

export interface AgentSettings {
  /** The name it is registered under at the relay. */
  readonly id: string;
  /** PEM text of its Ed25519 private key (PKCS 8); read at each connection, so that a new key needs no restart. */
  readonly privateKey: () => string;
  /** `wss://host[:port]`; one connection is kept to each. The path `/agent` is added. */
  readonly relays: readonly string[];
  /** The public URL of the relay: the `aud` of org tokens, and what its own proof is bound to. */
  readonly audience: string;
  /** The agent's own list: it checks every org token again itself. */
  readonly orgs: readonly RegisteredOrg[];
  /** The SAP systems this agent reaches. */
  readonly systems: readonly SapSystemId[];
  /** `required`: a write is executed only with the org's own signature of it. */
  readonly signedWrites: 'required' | 'optional';
  /** RS256 where absent. */
  readonly algorithms?: readonly OrgTokenAlgorithm[] | undefined;
  /** `http://[user:password@]host:port`; never logged. */
  readonly proxyUrl?: string | undefined;
  readonly concurrency: {
    /** Calls executed at once: what SAP Basis grants in dialog work processes. */
    readonly calls: number;
    /** Calls that may wait for a place; one more is AGENT_BUSY. */
    readonly waiting: number;
  };
}

export interface AgentParts {
  readonly clock: Clock;
  readonly log: Log;
  /** The services of each SAP system that has any. */
  readonly services?: ReadonlyMap<SapSystemId, SapServices> | undefined;
}

/** Where one relay connection stands. `refused`: the relay does not accept this agent; it asks again slowly. */
export type RelayConnectionState = 'connecting' | 'connected' | 'waiting' | 'refused' | 'draining' | 'closed';

export interface RelayConnectionStatus {
  readonly url: string;
  readonly state: RelayConnectionState;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Catalogue code of the last failure, absent while connected. */
  readonly lastFailure: string | undefined;
}

export interface AgentHandle {
  /** Connected to at least one relay. */
  readonly isReady: boolean;
  readonly relays: readonly RelayConnectionStatus[];
  /** Resolves when the next connection to any relay serves, at once if one does. */
  ready(): Promise<void>;
  /** The new list counts from now on; remembered tokens are forgotten. */
  replaceOrgs(orgs: readonly RegisteredOrg[]): void;
  /** Tells the relays to send no more, finishes the running calls within `graceMs`, then closes. */
  drain(graceMs: number): Promise<void>;
  /** Closes at once. */
  close(): Promise<void>;
}
