/** Where the changes of SAP wait: one rule for the agent that keeps them and for the commands that read them beside it. */
import { dirname, join } from 'node:path';

/** As configured, or beside the journal: both need the same kind of disk. */
export function changesFileOf(agent: {
  readonly changesFile?: string | undefined;
  readonly journalFile: string;
}): string {
  return agent.changesFile ?? join(dirname(agent.journalFile), 'changes.sqlite');
}
