/** One run of Apex: who runs it, its transaction, its way out. */
import type { Org, OrgUser } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';
import type { Labels } from './problem.ts';

/** A call to the relay, before it is made. */
export interface CalloutRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query below the relay. */
  readonly address: string;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What came back. */
export interface CalloutAnswer {
  readonly status: number;
  readonly body: string;
}

/** The platform's CalloutException: no answer at all, or no call. */
export class CalloutException extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'System.CalloutException';
  }
}

/** Everything a controller works with. */
export interface ApexContext {
  readonly org: Org;
  readonly user: OrgUser;
  readonly transaction: Transaction;
  readonly labels: Labels;
  readonly callout: (request: CalloutRequest) => Promise<CalloutAnswer>;
  /** Crypto.signWithCertificate('RSA-SHA256', text, certificate), as base64. */
  readonly signWithCertificate: (text: string, certificate: string) => string;
}

/** Whether the running user has the custom permission. */
export const canSeeAmounts = ({ org, user }: ApexContext): boolean => org.hasCustomPermission(user, 'See_SAP_Amounts');
export const canCreate = ({ org, user }: ApexContext): boolean => org.hasCustomPermission(user, 'Create_SAP_Customer');
