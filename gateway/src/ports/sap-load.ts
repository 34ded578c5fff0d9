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
  /** How the time since the last question went as a whole; afterwards it begins anew. */
  takeSpan(): LoadSpan;
}

/** What the calendar grants. */
export interface LoadGrant {
  /** Of the rule; empty for the figures that hold where none matches. */
  readonly name: string;
  readonly workProcesses: number;
  readonly callsPerMinute: number;
  readonly bulkWorkProcesses: number;
}

export interface LoadSpan {
  /** In force at its end. */
  readonly granted: LoadGrant;
  readonly mostRunning: number;
  readonly mostWaiting: number;
  /** The least that was taken of what the calendar grants, and why; absent where nothing was given up. */
  readonly throttled?: { readonly workProcesses: number; readonly because: string } | undefined;
  /** Calls that were not let through, by catalogue code; nothing of them was sent. */
  readonly turnedAway: Readonly<Record<string, number>>;
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
  /** What it is called for, in words; absent where nobody knows. */
  readonly purpose?: string | undefined;
  readonly calls: number;
  readonly failures: number;
  /** Time between a call and its answer, summed. */
  readonly durationMs: number;
  /** Rows in the tables that came back. */
  readonly rowsRead: number;
  /** Rows in the tables that were sent; of a write without tables, one. */
  readonly rowsWritten: number;
  /** Of this function at once. */
  readonly mostRunning: number;
  /** The failures by catalogue code. */
  readonly failuresByCode: Readonly<Record<string, number>>;
}
