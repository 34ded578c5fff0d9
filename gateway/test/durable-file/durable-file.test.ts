/** What the rooms that keep files rely on: one owner, commits in groups, a visitor that changes nothing by looking. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FileRefusal, GroupCommit, holdAlone, openFile, runTogether, visitFile } from '../../src/durable-file/index.ts';
import type { Failed, FileFormat, FromFileThread, ToFileThread } from '../../src/durable-file/index.ts';
import { GatewayError } from '../../src/errors/index.ts';

let folder: string;
let format: FileFormat;
let settings: { readonly file: string; readonly maxBytes: number };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-durable-'));
  writeFileSync(join(folder, '0001-notes.sql'), 'CREATE TABLE note (text TEXT UNIQUE NOT NULL) STRICT;');
  settings = { file: join(folder, 'notes.sqlite'), maxBytes: 1024 * 1024 };
  format = {
    applicationId: 4711,
    migrations: pathToFileURL(`${folder}/`),
    name: 'a book of notes',
    owner: 'another reader',
    remedy: 'write it anew',
    access: 'shared',
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one of a batch that cannot be written fails alone; the others are kept', () => {
  const database = openFile(settings, format);
  const insert = database.prepare('INSERT INTO note VALUES (?)');
  const replies = runTogether<string, string>(database, ['a', 'b', 'a', 'c'], {
    answer: (text) => {
      insert.run(text);
      return text;
    },
    isRead: () => false,
    toFailed: () => ({ kind: 'failed', reason: 'twice' }),
  });
  expect(replies).toEqual(['a', 'b', { kind: 'failed', reason: 'twice' }, 'c']);
  expect(database.prepare('SELECT text FROM note ORDER BY text').all()).toEqual(
    ['a', 'b', 'c'].map((text) => ({ text })),
  );
  database.close();
});

test('who holds a file keeps others away until it lets go', () => {
  const letGo = holdAlone(settings.file, format);
  expect(() => holdAlone(settings.file, format)).toThrow(/in use by another reader/);
  letGo();
  holdAlone(settings.file, format)();
});

test('who holds a file and keeps nothing of it in hand holds it all the same', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  holdAlone(settings.file, format);
  // What nobody refers to is closed some turns after it was collected.
  for (let turn = 0; turn < 5; turn += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  expect(() => holdAlone(settings.file, format)).toThrow(/in use by another reader/);
});

test('a visitor reads and writes beside the owner, but neither creates nor migrates', () => {
  expect(() => visitFile(settings, format)).toThrow(FileRefusal);
  const owner = openFile(settings, format);
  const visitor = visitFile(settings, format);
  visitor.exec(`INSERT INTO note VALUES ('seen')`);
  expect(owner.prepare('SELECT text FROM note').all()).toEqual([{ text: 'seen' }]);
  visitor.close();
  owner.close();
  const newer = { ...format, migrations: pathToFileURL(`${mkdtempSync(join(folder, 'newer-'))}/`) };
  for (const name of ['0001-notes.sql', '0002-more.sql']) writeFileSync(new URL(name, newer.migrations), 'SELECT 1;');
  expect(() => visitFile(settings, newer)).toThrow(/written by an older Gangway \(format 1\)/);
});

/** A thread that answers when the test says so. */
class PausedThread {
  readonly batches: (readonly number[])[] = [];
  #say: (message: FromFileThread<number>) => void = () => undefined;
  #exit: () => void = () => undefined;
  post = (message: ToFileThread<number>): void => {
    if (message === 'close') this.#exit();
    else this.batches.push(message.batch);
  };
  onMessage = (listener: (message: FromFileThread<number>) => void): void => void (this.#say = listener);
  onExit = (listener: () => void): void => void (this.#exit = listener);
  open = (): void => this.#say({ kind: 'open' });
  answer = (): void => this.#say({ kind: 'batch', replies: (this.batches.at(-1) ?? []).map((number) => number * 10) });
  end = (): void => this.#exit();
}

const failed = (reason: string): GatewayError => new GatewayError('QUEUE_FAILED', { reason });
const commitOn = (thread: PausedThread): GroupCommit<number, number> =>
  new GroupCommit<number, number>(thread, {
    failed,
    busy: () => new GatewayError('AGENT_BUSY'),
    onWarning: () => undefined,
    weightOf: (number) => number,
    maxBatch: 10,
    maxWaiting: 30,
  });

test('what is asked while a batch is synced goes with the next one, as much as weighs little enough', async () => {
  const thread = new PausedThread();
  const group = commitOn(thread);
  thread.open();
  const asked: Promise<number | Failed>[] = [1, 2].map((number) => group.ask(number));
  await Promise.resolve();
  asked.push(...[3, 4, 5, 18].map((number) => group.ask(number)));
  await expect(group.ask(9)).rejects.toMatchObject({ code: 'AGENT_BUSY' });
  while (thread.batches.length < 4) {
    thread.answer();
    await Promise.resolve();
  }
  thread.answer();
  expect(thread.batches).toEqual([[1, 2], [3, 4], [5], [18]]);
  expect(await Promise.all(asked)).toEqual([10, 20, 30, 40, 50, 180]);
});

test('a thread that ends fails everything that waits, and everything after', async () => {
  const thread = new PausedThread();
  const group = commitOn(thread);
  thread.open();
  const asked = group.ask(1);
  thread.end();
  await expect(asked).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
  await expect(group.ask(2)).rejects.toMatchObject({ code: 'QUEUE_FAILED' });
});
