/** What the end of a command says to the shell, to systemd and to scripts. */
import type { ErrorCode } from '../errors/index.ts';

export const exitCodes = {
  /** Done; for a program: drained after SIGTERM or SIGINT. */
  done: 0,
  /** Failed, or a check found something. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The configuration is not valid, or a secret is missing: starting again changes nothing. */
  configuration: 3,
  /** The journal, or the file of the changes, cannot be relied on: an operator must look before anything is written. */
  journal: 4,
} as const;

/** The exit code of a failure. */
export function exitCodeOf(code: ErrorCode): number {
  if (code === 'CONFIG_INVALID' || code === 'SECRET_MISSING') return exitCodes.configuration;
  if (code === 'JOURNAL_FAILED' || code === 'QUEUE_FAILED') return exitCodes.journal;
  return exitCodes.failed;
}
