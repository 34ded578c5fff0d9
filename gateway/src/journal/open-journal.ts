/** From settings to a journal: the list of implementations, which has one entry. */
import type { WriteJournal } from '../ports/index.ts';
import { openSqliteJournal } from './sqlite-journal.ts';
import type { JournalParts } from './sqlite-journal.ts';

export interface JournalSettings {
  readonly file: string;
  /**
   * 256 MB unless told otherwise: 200,000 ended entries of 1 KB, and room. A journal that is larger is a sign
   * that something goes wrong, and it should not take the disk with it.
   */
  readonly maxBytes?: number;
  /** Orgs that are told how their writes ended, as far as the agent looks into them. */
  readonly mailboxOrgs?: readonly string[];
}

const defaultMaxBytes = 256 * 1024 * 1024;

/** The agent's journal. Throws JOURNAL_FAILED when the file cannot be relied on; nothing is changed then. */
export function openJournal(settings: JournalSettings, parts: JournalParts): Promise<WriteJournal> {
  const { file, maxBytes = defaultMaxBytes, mailboxOrgs = null } = settings;
  return openSqliteJournal({ file, maxBytes, mailboxOrgs }, parts);
}
