/** The SQLite journal: the port's promises, and what happens to files, disks and processes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalFile, openFile, openJournal } from '../../src/journal/index.ts';
import type { WriteIntent, WriteJournal } from '../../src/ports/index.ts';
import { idempotencyKey } from '../../src/model/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { describeWriteJournal, exampleIntent } from '../contracts/write-journal.contract.ts';

const dayMs = 24 * 60 * 60 * 1000;
const createFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'gangway-journal-'));

describeWriteJournal('SQLite', async () => {
  const folder = await createFolder();
  return {
    open: () => openJournal({ file: join(folder, 'journal.db') }, { clock: systemClock, log: silentLog }),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('the journal file', () => {
  let folder: string;
  let file: string;
  const opened: WriteJournal[] = [];

  beforeEach(async () => {
    folder = await createFolder();
    file = join(folder, 'journal.db');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((journal) => journal.close()));
    await rm(folder, { recursive: true });
  });

  const open = async (maxBytes?: number, clock: Clock = systemClock): Promise<WriteJournal> => {
    const settings = maxBytes === undefined ? { file } : { file, maxBytes };
    const journal = await openJournal(settings, { clock, log: silentLog });
    opened.push(journal);
    return journal;
  };
  const refusal = (reason: RegExp) => ({
    code: 'JOURNAL_FAILED',
    context: { reason: expect.stringMatching(reason) },
  });
  const numbered = (index: number, content = exampleIntent.content): WriteIntent => ({
    ...exampleIntent,
    content,
    id: idempotencyKey.parse(`customer.create:${String(index).padStart(6, '0')}`),
  });

  test('can be read by its owner only, with its companions', async () => {
    await (await open()).begin(exampleIntent);
    for (const name of await readdir(folder)) {
      expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  test('holds what was begun by the time the answer comes', async () => {
    await (await open()).begin(exampleIntent);
    // What is in the file and its WAL now is what a power cut would leave; a copy of both must hold the entry.
    const cut = join(folder, 'cut.db');
    await copyFile(file, cut);
    await copyFile(`${file}-wal`, `${cut}-wal`);
    const database = new DatabaseSync(cut);
    expect(database.prepare('SELECT state FROM write').all()).toEqual([{ state: 'running' }]);
    database.close();
  });

  test('serves one agent at a time, also from another process', async () => {
    const journal = await open();
    await expect(open()).rejects.toMatchObject(refusal(/in use by another agent/));
    const script = `
      const { DatabaseSync } = await import('node:sqlite');
      try { new DatabaseSync(${JSON.stringify(file)}).exec('SELECT * FROM write'); console.log('read') }
      catch (error) { console.log(error.errcode) }`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [output] = await once(other.stdout, 'data');
    expect(String(output).trim()).toBe('5');
    await journal.close();
    await expect(open()).resolves.toBeDefined();
  }, 60_000);

  test('is free again at once when its agent was killed, and holds what was begun', async () => {
    const script = `
      import { openJournal } from ${JSON.stringify(new URL('../../src/journal/index.ts', import.meta.url).href)};
      import { systemClock } from ${JSON.stringify(new URL('../../src/timing/index.ts', import.meta.url).href)};
      const journal = await openJournal({ file: ${JSON.stringify(file)} }, { clock: systemClock, log: console });
      await journal.begin(${JSON.stringify(exampleIntent)});
      console.log('begun');
      setInterval(() => undefined, 1000);`;
    const agent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(agent.stdout, 'data');
    agent.kill('SIGKILL');
    await once(agent, 'exit');
    expect(await (await open()).unfinished(10)).toMatchObject([{ id: exampleIntent.id }]);
    // Another process has to start, which on a machine under load takes longer than anything here.
  }, 60_000);

  test('of the version before opens: its entries are there, go on, and count as delivered', async () => {
    const database = new DatabaseSync(file);
    const first = new URL('../../src/journal/migrations/0001-writes.sql', import.meta.url);
    database.exec(await readFile(first, 'utf8'));
    // "GNGW"
    database.exec('PRAGMA application_id = 1196312407; PRAGMA user_version = 1');
    const { org, system, kind, contentHash, content, correlationId } = exampleIntent;
    const insert = database.prepare('INSERT INTO write VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)');
    for (const [index, state] of (['done', 'held', 'running'] as const).entries()) {
      const { id } = numbered(index);
      // As the version before wrote it: without `contact`.
      const asOf = '2026-11-21T08:00:00.000Z';
      const common = { id, kind, state, asOf, attempts: 1, isRepeat: false, customer: null, sapMessages: [] };
      const operation = JSON.stringify({ ...common, problem: null });
      insert.run(org, system, id, kind, contentHash, content, correlationId, state, operation);
    }
    database.close();
    const journal = await open();
    expect(await journal.undelivered(org, system, 10)).toEqual([]);
    expect(await journal.unfinished(10)).toMatchObject([{ id: numbered(2).id, operation: { contact: null } }]);
    const held = await journal.find(org, system, numbered(1).id);
    if (held === undefined) throw new Error('The held entry is gone');
    const done = { ...held.operation, state: 'done' as const, asOf: '2026-11-21T09:00:00.000Z' };
    await journal.record(numbered(1), done);
    expect(await journal.undelivered(org, system, 10)).toMatchObject([{ operation: done }]);
  });

  test('written by a newer version is refused and left as it is', async () => {
    await (await open()).close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject(refusal(/written by a newer Gangway \(format 99, this one knows 3\)/));
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('of another program is refused and left as it is', async () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE recipe (name TEXT); PRAGMA user_version = 1');
    database.close();
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject(refusal(/not a Gangway journal/));
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('that is no database at all is refused and left as it is', async () => {
    await writeFile(file, 'once upon a time '.repeat(100));
    await expect(open()).rejects.toMatchObject(refusal(/damaged; move it aside/));
    expect(await readFile(file, 'utf8')).toMatch(/^once upon a time/);
  });

  test('with a damaged page is refused', async () => {
    const journal = await open();
    await Promise.all(Array.from({ length: 200 }, (_, index) => journal.begin(numbered(index, 'x'.repeat(500)))));
    await journal.close();
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0xaa, 4096 * 3, 4096 * 6));
    await expect(open()).rejects.toMatchObject(refusal(/damaged/));
  });

  test('cut short is refused', async () => {
    const journal = await open();
    await Promise.all(Array.from({ length: 200 }, (_, index) => journal.begin(numbered(index, 'x'.repeat(500)))));
    await journal.close();
    await truncate(file, 4096 * 4);
    await expect(open()).rejects.toMatchObject(refusal(/damaged/));
  });

  test('with a torn last write opens with everything before it', async () => {
    const journal = await open();
    await journal.begin(numbered(1));
    const cut = join(folder, 'torn');
    await mkdir(cut);
    await copyFile(file, join(cut, 'journal.db'));
    await copyFile(`${file}-wal`, join(cut, 'journal.db-wal'));
    await appendFile(join(cut, 'journal.db-wal'), Buffer.alloc(3000, 0x55));
    file = join(cut, 'journal.db');
    expect(await (await open()).unfinished(10)).toMatchObject([{ id: numbered(1).id }]);
  });

  test.each([
    ['in a folder that does not exist', () => join(folder, 'nowhere', 'journal.db'), /a file in a folder that exists/],
    ['that is a folder', () => folder, /a file in a folder that exists/],
  ])('%s is refused with the reason', async (_, path, reason) => {
    file = path();
    await expect(open()).rejects.toMatchObject(refusal(reason));
  });

  test('that is full refuses what is new, keeps what it has, and still answers', async () => {
    const journal = await open(64 * 1024);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => journal.begin(numbered(index, 'x'.repeat(2000)))),
    );
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(kept).toBeGreaterThan(5);
    expect(kept).toBeLessThan(100);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal(/no space is left/) });
    const entries = await journal.unfinished(1000);
    expect(entries).toHaveLength(kept);
    const unsaved = outcomes.findIndex(({ status }) => status === 'rejected');
    const { org, system } = exampleIntent;
    expect(await journal.find(org, system, numbered(unsaved).id)).toBeUndefined();
    await journal.close();
    expect(await (await open()).unfinished(1000)).toEqual(entries);
  });

  test('forgets the draft when the write has ended, also in its bytes', async () => {
    const journal = await open();
    const { entry } = await journal.begin({ ...exampleIntent, content: '{"draft":{"name":"Very Secret GmbH"}}' });
    await journal.record(exampleIntent, { ...entry.operation, state: 'held' });
    const { org, system, id } = exampleIntent;
    expect((await journal.find(org, system, id))?.content).toContain('Very Secret');
    await journal.record(exampleIntent, { ...entry.operation, state: 'done' });
    expect((await journal.find(org, system, id))?.content).toBe('');
    await journal.close();
    expect((await readFile(file)).includes('Very Secret')).toBe(false);
  });

  test('forgets done and refused writes after 90 days, held ones after 400, unfinished ones never', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const clock: Clock = { ...systemClock, now: () => nowMs };
    const journal = await open(undefined, clock);
    const states = ['done', 'refused', 'held', 'running', 'verifying'] as const;
    for (const [index, state] of states.entries()) {
      const { entry } = await journal.begin(numbered(index));
      await journal.record(numbered(index), { ...entry.operation, state });
    }
    const kept = async (): Promise<readonly string[]> => {
      // Begins something, as that is when old entries are removed; asks after it, in the order of the thread.
      await journal.begin(numbered(1000 + nowMs / dayMs));
      const found = await Promise.all(
        states.map(async (state, index) => {
          const entry = await journal.find(exampleIntent.org, exampleIntent.system, numbered(index).id);
          return entry === undefined ? [] : [state];
        }),
      );
      return found.flat();
    };
    nowMs += 89 * dayMs;
    expect(await kept()).toEqual(['done', 'refused', 'held', 'running', 'verifying']);
    nowMs += 2 * dayMs;
    expect(await kept()).toEqual(['held', 'running', 'verifying']);
    nowMs += 310 * dayMs;
    expect(await kept()).toEqual(['running', 'verifying']);
  });

  test('keeps the keys of services for 400 days, because SAP has none of them', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const clock: Clock = { ...systemClock, now: () => nowMs };
    const journal = await open(undefined, clock);
    const content = '{"inputs":{},"service":"CreateThing","version":"v1"}';
    const states = ['done', 'refused', 'held', 'running'] as const;
    const called = (index: number): WriteIntent => ({ ...numbered(index, content), kind: 'service.call' });
    for (const [index, state] of states.entries()) {
      const { entry } = await journal.begin(called(index));
      await journal.record(called(index), { ...entry.operation, state });
    }
    const kept = async (): Promise<readonly string[]> => {
      await journal.begin(numbered(1000 + nowMs / dayMs));
      const { org, system } = exampleIntent;
      const found = await Promise.all(states.map((_, index) => journal.find(org, system, called(index).id)));
      return found.flatMap((entry) => entry?.operation.state ?? []);
    };
    nowMs += 399 * dayMs;
    expect(await kept()).toEqual(['done', 'held', 'running']);
    nowMs += 2 * dayMs;
    expect(await kept()).toEqual(['running']);
  });

  test('keeps what an org with a mailbox was not told, however much there is; of other orgs the oldest go', async () => {
    const database = openFile({ file, maxBytes: 256 * 1024 * 1024 });
    const { org, system, kind, contentHash, correlationId } = exampleIntent;
    const nowMs = Date.now();
    // The limit of done entries is 200,000; the first 300 of these are the oldest.
    const told = 'with mailbox, told';
    database
      .prepare(
        `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 200299)
         INSERT INTO write SELECT iif(n < 100, :org, iif(n < 200, :told, 'another')), :system, n, :kind, :contentHash, '',
           :correlationId, 'done', '{"asOf":"2026-11-21T08:00:00.000Z"}', :nowMs - 300000 + n, :nowMs - 300000 + n,
           iif(n >= 100 AND n < 200, '2026-11-21T08:00:00.000Z', '') FROM number`,
      )
      .run({ org, told, system, kind, contentHash, correlationId, nowMs });
    const journal = new JournalFile(database, { file, mailboxOrgs: [org] });
    const begin = { kind: 'begin', intent: numbered(1), nowMs } as const;
    journal.run([begin]);
    expect(journal.pruneAfter([begin])).toBeUndefined();
    const count = (owner: string): unknown =>
      database.prepare(`SELECT count(*) AS count FROM write WHERE org = ? AND state = 'done'`).get(owner)?.['count'];
    expect([count(org), count(told), count('another')]).toEqual([100, 0, 200_000 - 100]);
    journal.close();
  });

  test('never holds up the thread that asks', async () => {
    const journal = await open();
    let turns = 0;
    let isWatching = true;
    const watch = (): void => {
      turns += 1;
      if (isWatching) setImmediate(watch);
    };
    watch();
    for (let index = 0; index < 20; index += 1) await journal.begin(numbered(index));
    isWatching = false;
    // The event loop turns many times while each of the twenty commits is synced elsewhere.
    expect(turns).toBeGreaterThan(40);
  });
});
