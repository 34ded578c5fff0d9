/** What Gangway may take of an SAP system, what it takes at the moment, and what it has taken. */

export interface SapLoad {
  /** Nothing new begins while it is true. What is in SAP at that moment ends as it would. */
  readonly isPaused: boolean;
  /** Acts at once: calls that wait and calls that come are answered with SAP_PAUSED. */
  pause(reason: string): void;
  resume(): void;
  /** As things stand. */
  readonly now: LoadNow;
  /** What was done since the last question, for whoever keeps the day's page; afterwards it is counted anew. */
  takeUsage(): readonly FunctionUsage[];
}

export interface LoadNow {
  /** Work processes in use. */
  readonly running: number;
  readonly waiting: number;
  /** What may be in use at this moment, after calendar and adaptation. */
  readonly workProcesses: number;
  readonly callsPerMinute: number;
  /** Which rule of the calendar is in force, and why it is less than that rule grants, in words. */
  readonly because: string;
}

export interface FunctionUsage {
  readonly functionName: string;
  readonly calls: number;
  readonly failures: number;
  /** Time between a call and its answer, summed. */
  readonly durationMs: number;
  /** Rows in the tables that came back. */
  readonly rowsRead: number;
  /** Rows in the tables that were sent; of a write without tables, one. */
  readonly rowsWritten: number;
}
