/** A durable file's thread under the scheduler: the shipped file on the simulated disk, each message an event. */
import type { DatabaseSync } from 'node:sqlite';
import { FileRefusal } from '../../src/durable-file/index.ts';
import type { FileThread, FromFileThread, ServedFile, ToFileThread } from '../../src/durable-file/index.ts';
import { JournalFile, prepareFile } from '../../src/journal/index.ts';
import type { StartFileThread } from '../../src/journal/index.ts';
import { prepareQueueFile, QueueFile } from '../../src/queue/index.ts';
import type { QueueReply, QueueRequest, StartQueueThread } from '../../src/queue/index.ts';
import type { Random } from '../schedule/random.ts';
import type { Disk } from './disk.ts';
import type { Program } from './program.ts';

/** How long a sync takes: an ordinary disk, and one that is busy. */
function syncMs(random: Random): number {
  return random.chance(0.1) ? random.between(10, 400) : random.between(0, 8);
}

/** Sees each batch after its commit, before its answer leaves. */
export type OnCommit<Request, Reply> = (requests: readonly Request[], replies: readonly Reply[]) => void;

/** The journal's thread of one program. */
export const threadOn =
  (disk: Disk, program: Program, random: Random): StartFileThread =>
  (settings) =>
    serve({ disk, program, random, open: (database) => new JournalFile(prepareFile(database, settings), settings) });

/** The queue's thread of one program. */
export const queueThreadOn =
  (disk: Disk, program: Program, random: Random, onCommit: OnCommit<QueueRequest, unknown>): StartQueueThread =>
  (settings) =>
    serve<QueueRequest, QueueReply>({
      ...{ disk, program, random, onCommit },
      open: (database) => new QueueFile(prepareQueueFile(database, settings), settings),
    });

interface Serving<Request, Reply> {
  readonly disk: Disk;
  readonly program: Program;
  readonly random: Random;
  readonly open: (database: DatabaseSync) => ServedFile<Request, Reply>;
  readonly onCommit?: OnCommit<Request, unknown>;
}

/** A crash may strike before a batch is run, and between its commit and its answer. */
function serve<Request, Reply>({
  disk,
  program,
  random,
  ...parts
}: Serving<Request, Reply>): FileThread<Request, Reply> {
  let say: (message: FromFileThread<Reply>) => void = () => undefined;
  let end: () => void = () => undefined;
  let file: ServedFile<Request, Reply> | undefined;
  const tell = (message: FromFileThread<Reply>): void => void program.deliver(random.between(0, 2), () => say(message));

  program.deliver(0, () => {
    try {
      file = parts.open(disk.open());
      tell({ kind: 'open' });
    } catch (error) {
      if (!(error instanceof FileRefusal)) throw error;
      tell({ kind: 'open-failed', reason: error.message });
    }
  });

  const run = (message: ToFileThread<Request>): void => {
    if (file === undefined) return;
    if (message === 'close') return end();
    const replies = file.run(message.batch);
    const warning = file.pruneAfter(message.batch);
    disk.noteCommits();
    parts.onCommit?.(message.batch, replies);
    tell({ kind: 'batch', replies });
    if (warning !== undefined) tell({ kind: 'warning', reason: warning });
  };

  return {
    post: (message) => void program.deliver(syncMs(random), () => run(message)),
    onMessage: (listener) => (say = listener),
    onExit: (listener) => (end = listener),
  };
}
