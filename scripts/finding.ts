/** What a check finds, and how it says so. */

export interface Finding {
  readonly path: string;
  /** Absent where the finding is about the file as a whole. */
  readonly line?: number;
  readonly message: string;
}

/** One line per finding, clickable in terminals and editors. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings
    .map((finding) => `${finding.path}${finding.line === undefined ? '' : `:${finding.line}`}  ${finding.message}`)
    .join('\n');
}

/** Ends a check's own run: the findings and exit code 1, or one line about what was looked at. */
export function conclude(findings: readonly Finding[], looked: string): void {
  console.log(findings.length === 0 ? looked : renderFindings(findings));
  if (findings.length > 0) process.exitCode = 1;
}

/** The 1-based line of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
