/** The calls of the API, counted by what they ask for, against what the org may have in a day. */
import { SalesforceError } from '../org/errors.ts';

/** What a call asks for. */
export type CallKind =
  'apex' | 'bulk' | 'bulk-query' | 'collections' | 'composite' | 'describe' | 'limits' | 'query' | 'records';

/** Counts calls against the daily allowance. */
export class ApiAllowance {
  readonly max: number;
  used = 0;
  /** Calls that were let in, by kind. */
  readonly calls = new Map<CallKind, number>();
  /** Rows that calls wanted written. */
  rows = 0;

  constructor(max: number) {
    this.max = max;
  }

  /** Counts one call; refuses it when the day's are used up. */
  take(kind: CallKind): void {
    if (this.used >= this.max) {
      throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
    }
    this.used += 1;
    this.calls.set(kind, (this.calls.get(kind) ?? 0) + 1);
  }
}
