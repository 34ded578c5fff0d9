/** What `gangway check` looks at in an org; implemented by the room `salesforce`. Nothing in it changes anything there. */
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';

/** Throws GatewayError with the catalogue's SALESFORCE_* and PACKAGE_* codes. */
export interface OrgProbe {
  readonly org: OrgId;
  /** Logs on; gives the org's clock minus ours in milliseconds, undefined where it did not say. */
  logOn(deadline: Deadline): Promise<number | undefined>;
  /** Looks at the outbox without visiting; gives how many requests of the system are ready. */
  readOutbox(system: SapSystemId, deadline: Deadline): Promise<number>;
  /** The org's API calls of the last 24 hours, as its last answer said. */
  readonly usedCalls: { readonly used: number; readonly limit: number } | undefined;
  /** Whether the Pub/Sub API is reached and lets this user listen; undefined where no bell is wanted. */
  readonly canListen: ((deadline: Deadline) => Promise<boolean>) | undefined;
}
