/** How long the journal keeps what has ended, and why that loses nothing. */
import type { DatabaseSync } from 'node:sqlite';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * SAP's key table is the truth about what was created, for ever; a key that is forgotten here and comes again is
 * sent to SAP, which answers with the first number. So an ended entry only saves that call, and 90 days cover
 * every request that a person still has open. Services are the exception: SAP keeps no key of theirs, so the journal keeps it
 * as long as a held entry.
 */
const endedKeptMs = 90 * dayMs;
/** A held entry waits for a person; who has not acted in 400 days (a year and its holidays) never will. */
const heldKeptMs = 400 * dayMs;
/** Ended entries are about 1 KB; this many stay far below the file's limit. */
const maxEnded = 200_000;
/** Deleting is spread, so that no single commit becomes slow. */
const removedAtOnce = 500;
/** Old entries need no haste; once a minute keeps up with 30,000 writes an hour. */
const pruneEveryMs = 60_000;

/**
 * Returns a function that removes what is due, when it is due. What an org with a mailbox has not been told yet is kept for
 * its 90 days, however much there is.
 */
export function prepareRetention(
  database: DatabaseSync,
  mailboxOrgs: readonly string[] | null,
): (nowMs: number) => void {
  // The index by age never moves; what is older and has not ended, or is held, is little enough to be passed over.
  const removeOld = database.prepare(
    `DELETE FROM write WHERE (org, system, id) IN (
       SELECT org, system, id FROM write INDEXED BY write_age
       WHERE created_at_ms < :beforeMs AND changed_at_ms < :beforeMs
         AND (state = 'refused' OR (state = 'done' AND kind <> 'service.call')
           OR (state IN ('done', 'held') AND changed_at_ms < :heldBeforeMs))
       ORDER BY created_at_ms LIMIT ${removedAtOnce})`,
  );
  const removeSurplus = database.prepare(
    `DELETE FROM write WHERE (org, system, id) IN (
       SELECT org, system, id FROM write INDEXED BY write_age
       WHERE state = 'done' AND kind <> 'service.call' AND (delivered_as_of = json_extract(operation, '$.asOf')
         OR org NOT IN (SELECT value FROM json_each(:mailboxOrgs)))
       ORDER BY created_at_ms
       LIMIT min(${removedAtOnce}, max(0, (SELECT count(*) FROM write)
         - (SELECT count(*) FROM write WHERE state IN ('running', 'verifying')) - ${maxEnded})))`,
  );
  let dueAtMs = 0;
  return (nowMs) => {
    if (nowMs < dueAtMs) return;
    dueAtMs = nowMs + pruneEveryMs;
    removeOld.run({ beforeMs: nowMs - endedKeptMs, heldBeforeMs: nowMs - heldKeptMs });
    removeSurplus.run({ mailboxOrgs: JSON.stringify(mailboxOrgs ?? []) });
  };
}
