/** Where the changes of SAP wait: one rule for the agent that keeps them and for the commands that read them beside it. */
import { format, parse } from 'node:path';

/**
 * As configured, or beside the journal, because both need the same kind of disk; named after it (`agent-1.sqlite` gives
 * `agent-1.changes.sqlite`), because the journals of two agents may lie in one folder.
 */
export function changesFileOf(agent: {
  readonly changesFile?: string | undefined;
  readonly journalFile: string;
}): string {
  if (agent.changesFile !== undefined) return agent.changesFile;
  const { dir, name, ext } = parse(agent.journalFile);
  return format({ dir, name: `${name}.changes`, ext });
}
