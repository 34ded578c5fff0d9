/** What a transaction did to one record. */
import type { Row } from './check-record.ts';

/** One change: the row before, and after. */
export interface Change {
  readonly object: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}
