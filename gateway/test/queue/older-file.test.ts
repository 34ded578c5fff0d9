/** A queue's file that an older Gangway wrote serves the newer one with all that is in it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openChangeQueue, openQueueDesk } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { customer, document, org, orgsOf, system } from './examples.ts';

const parts = { clock: systemClock, log: silentLog };
const migrations = new URL('../../src/queue/migrations/', import.meta.url);
const older = document(4711, customer(1));
const { source, contentHash } = older;

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-queue-'));
  file = join(folder, 'changes.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

/** A file of format 2 with one document, whose change is not sorted in yet. */
async function writeOlderFile(): Promise<void> {
  const database = new DatabaseSync(file);
  for (const name of ['0001-changes.sql', '0002-paths.sql'])
    database.exec(await readFile(new URL(name, migrations), 'utf8'));
  const { kind, sender, number, type, createdAt } = source;
  database
    .prepare('INSERT INTO document VALUES (1, 1, ?, ?, ?, ?, ?, ?, ?)')
    .run(kind, sender, number, type, createdAt, contentHash, 0);
  database.prepare('INSERT INTO target (org, system) VALUES (?, ?)').run(org, system);
  const [change] = older.changes;
  if (change === undefined) throw new Error('A change is needed');
  database
    .prepare(
      `INSERT INTO change (position, document, target, kind, key_id, facet, change_order, fields, parents, is_removed)
       VALUES (1, 1, 1, 'customer', ?, 'master', ?, ?, '[]', 0)`,
    )
    .run(change.key.id, change.order, JSON.stringify(change.fields));
  database.exec('UPDATE position SET next = 2; PRAGMA application_id = 0x474e4751; PRAGMA user_version = 2');
  database.close();
}

test('its documents are known again, found by their numbers, and delivered', async () => {
  await writeOlderFile();
  const queue = await openChangeQueue({ file, maxBytes: 64 * 1024 * 1024, orgsOf }, parts);
  try {
    expect(await queue.accept([older, document(4712, customer(1))])).toEqual([
      { result: 'repeated', position: 1 },
      { result: 'new', position: expect.any(Number) },
    ]);
    expect(await queue.trace('4711', 10)).toMatchObject([{ source, position: 1 }]);
    expect(await queue.take(org, system, 10)).toMatchObject([{ key: customer(1), changes: [{ position: 1 }, {}] }]);
  } finally {
    await queue.close();
  }
});

test('a command beside the agent leaves it to the agent to bring it up to date', async () => {
  await writeOlderFile();
  await expect(openQueueDesk(file, parts)).rejects.toMatchObject({
    code: 'QUEUE_FAILED',
    context: { reason: expect.stringMatching(/older Gangway \(format 2\)/) },
  });
});
