/** What a relay is told at start; the config room maps the file and the environment to it. */
import type { Registry } from 'prom-client';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { OrgTokenAlgorithm, RegisteredOrg } from '../org-token/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';

/** An agent as the operator registered it: its key says which orgs and SAP systems it may serve. */
export interface RegisteredAgent {
  readonly id: string;
  /** PEM text of its Ed25519 public key. */
  readonly publicKey: string;
  readonly orgs: readonly OrgId[];
  readonly systems: readonly SapSystemId[];
}

export interface RelayLimits {
  /** A customer draft is about 1 KB; the largest call planned (a quotation of 500 lines) about 100 KB. */
  readonly maxBodyBytes: number;
  /** A page of 50 orders with items is about 500 KB; an org may receive at most 12 MB (Apex heap, asynchronous). */
  readonly maxAnswerBytes: number;
  /** Salesforce waits 120 s at most, a person far less. */
  readonly readDeadlineMs: number;
  readonly writeDeadlineMs: number;
  /** Steady calls per second of one org; the burst is twice that. */
  readonly callsPerSecond: number;
  /** Calls of one org under way at once. */
  readonly concurrentCalls: number;
  /** Agents connected to this copy. */
  readonly maxAgents: number;
}

export interface RelaySettings {
  readonly listen: {
    readonly host: string;
    /** 0 lets the system choose. */
    readonly port: number;
    /** PEM texts, read when the relay starts; absent behind a load balancer that ends TLS. */
    readonly tls?: { readonly certificate: () => string; readonly privateKey: () => string } | undefined;
  };
  /** The public URL of the relay: the `aud` of org tokens and of the agents' proofs. */
  readonly audience: string;
  readonly orgs: readonly RegisteredOrg[];
  readonly agents: readonly RegisteredAgent[];
  /** RS256 where absent. */
  readonly algorithms?: readonly OrgTokenAlgorithm[] | undefined;
  readonly limits?: Partial<RelayLimits> | undefined;
}

export interface RelayParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
}

export interface RelayHandle {
  /** `http://host:port`, or https. */
  readonly url: string;
  readonly port: number;
  /** The new list counts from now on; remembered tokens are forgotten. */
  replaceOrgs(orgs: readonly RegisteredOrg[]): void;
  /** Takes no new calls, lets the running ones end within `graceMs`, then closes. */
  drain(graceMs: number): Promise<void>;
  /** Closes at once. */
  close(): Promise<void>;
}

export const defaultLimits: RelayLimits = {
  maxBodyBytes: 256 * 1024,
  maxAnswerBytes: 8 * 1024 * 1024,
  readDeadlineMs: 20_000,
  writeDeadlineMs: 60_000,
  // A page opened by 100 people in the same second asks 300 times; SAP is asked far less, the agent shares reads.
  callsPerSecond: 200,
  concurrentCalls: 128,
  maxAgents: 2_000,
};
