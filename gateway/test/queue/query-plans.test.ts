/** With a million changes that wait and a million that have ended, every question is answered along an index. */
import { expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { prepareQueueFile } from '../../src/queue/index.ts';
import * as counts from '../../src/queue/counts.ts';
import * as desk from '../../src/queue/desk.ts';
import * as records from '../../src/queue/records.ts';
import * as retention from '../../src/queue/retention.ts';
import * as settling from '../../src/queue/settle-records.ts';
import * as taking from '../../src/queue/take-records.ts';
import * as trace from '../../src/queue/trace.ts';
import { prepareTurns } from '../../src/queue/turns.ts';

const statements = Object.entries({
  ...counts,
  ...desk,
  ...records,
  ...retention,
  ...settling,
  ...taking,
  ...trace,
}).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []));

class InMemory extends DatabaseSync {
  override prepare(sql: string) {
    // A database in memory knows no WAL; its plans are the same.
    return super.prepare(/journal_mode = WAL/.test(sql) ? `SELECT 'wal' AS journal_mode` : sql);
  }
}

const database = prepareQueueFile(new InMemory(':memory:'), { file: 'in memory', maxBytes: 1024 * 1024 });
prepareTurns(database);

const planOf = (sql: string): readonly string[] =>
  database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row['detail']));

test('there are statements to look at', () => expect(statements.length).toBeGreaterThan(12));

test.each(statements)('%s reads no whole table and sorts nothing that waits', (name, sql) => {
  const plan = planOf(sql);
  // Orgs are some; what is asked along the index of what is held is what is held.
  const scans = plan.filter(
    (line) => /^SCAN (?!target|t\b)/.test(line) && !/USING (COVERING )?INDEX record_held/.test(line),
  );
  expect(scans).toEqual([]);
  // A trace sorts what one number has, and lets the index of a document's block be.
  if (!name.startsWith('positionsOf')) expect(plan.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
});
