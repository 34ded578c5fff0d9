/** How long the journal keeps what has ended, and why that loses nothing. */
import type { DatabaseSync } from 'node:sqlite';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * SAP's key table is the truth about what was created, for ever; a key that is forgotten here and comes again is
 * sent to SAP, which answers with the first number. So an ended entry only saves that call, and 90 days cover
 * every request that a person still has open.
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
export function prepareRetention(database: DatabaseSync, mailboxOrgs: readonly string[]): (nowMs: number) => void {
  const removeOld = database.prepare(
    `DELETE FROM write WHERE (org, system, id) IN (
       SELECT org, system, id FROM write INDEXED BY write_ended
       WHERE state = :state AND state IN ('held', 'done', 'refused') AND changed_at_ms < :beforeMs ORDER BY changed_at_ms LIMIT ${removedAtOnce})`,
  );
  const removeSurplus = database.prepare(
    `DELETE FROM write WHERE (org, system, id) IN (
       SELECT org, system, id FROM write
       WHERE state = 'done' AND (delivered_as_of = json_extract(operation, '$.asOf')
         OR org NOT IN (SELECT value FROM json_each(:mailboxOrgs)))
       ORDER BY changed_at_ms
       LIMIT min(${removedAtOnce}, max(0, (SELECT count(*) FROM write WHERE state = 'done') - ${maxEnded})))`,
  );
  let dueAtMs = 0;
  return (nowMs) => {
    if (nowMs < dueAtMs) return;
    dueAtMs = nowMs + pruneEveryMs;
    removeOld.run({ state: 'done', beforeMs: nowMs - endedKeptMs });
    removeOld.run({ state: 'refused', beforeMs: nowMs - endedKeptMs });
    removeOld.run({ state: 'held', beforeMs: nowMs - heldKeptMs });
    removeSurplus.run({ mailboxOrgs: JSON.stringify(mailboxOrgs) });
  };
}
