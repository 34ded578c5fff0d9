/** What must hold while changes arrive, whatever breaks. */
import type { Arrival, RecordOutcome, RecordWrite } from '../../../src/ports/index.ts';
import type { QueueRequest } from '../../../src/queue/index.ts';
import type { Verdict } from '../../invariants/invariant.ts';
import type { ChangeAgent } from '../change-agent.ts';

/** A row as the org ended it. */
export interface EndedRow {
  readonly agent: ChangeAgent;
  readonly write: RecordWrite;
  readonly outcome: RecordOutcome;
  /** What came behind it in the same call. */
  readonly later: readonly RecordWrite[];
}

/** One promise, checked at the moments where it can be broken. */
export interface Promised {
  readonly name: string;
  /** SAP gets its acknowledgement of these. */
  acknowledged?(agent: ChangeAgent, arrivals: readonly Arrival[]): Verdict;
  /** The agent hands a call of so many calls of the day to its network card; and has heard of it, or gave up. */
  callLeaves?(agent: ChangeAgent, calls: number, records: readonly RecordWrite[]): Verdict;
  callEnded?(agent: ChangeAgent, records: readonly RecordWrite[]): Verdict;
  rowEnded?(row: EndedRow): Verdict;
  /** Somebody is about to set its clock. */
  clockJumps?(agent: ChangeAgent): Verdict;
  /** The queue's file has committed these. */
  committed?(agent: ChangeAgent, requests: readonly QueueRequest[]): Verdict;
  accountsChanged?(): Verdict;
  /** Everything was repaired and has come to rest, and nobody has helped with what is held yet. */
  atRest?(): Verdict;
  /** People have wanted everything tried again, and all has come to rest once more. */
  atEnd?(): Verdict;
}
