/** The journal's file thread under the scheduler: the shipped `JournalFile` on the simulated disk, each message an event. */
import { FileRefusal } from '../../src/durable-file/index.ts';
import type { FromFileThread, ToFileThread } from '../../src/durable-file/index.ts';
import { JournalFile, prepareFile } from '../../src/journal/index.ts';
import type { JournalReply, JournalRequest, StartFileThread } from '../../src/journal/index.ts';
import type { Random } from '../schedule/random.ts';
import type { Disk } from './disk.ts';
import type { Program } from './program.ts';

/** How long a sync takes: an ordinary disk, and one that is busy. */
function syncMs(random: Random): number {
  return random.chance(0.1) ? random.between(10, 400) : random.between(0, 8);
}

/** Starts the thread of one program. A crash may strike before a batch is run, and between its commit and its answer. */
export function threadOn(disk: Disk, program: Program, random: Random): StartFileThread {
  return (settings) => {
    let say: (message: FromFileThread<JournalReply>) => void = () => undefined;
    let end: () => void = () => undefined;
    let file: JournalFile | undefined;
    const tell = (message: FromFileThread<JournalReply>): void =>
      void program.deliver(random.between(0, 2), () => say(message));

    program.deliver(0, () => {
      try {
        file = new JournalFile(prepareFile(disk.open(), settings), settings);
        tell({ kind: 'open' });
      } catch (error) {
        if (!(error instanceof FileRefusal)) throw error;
        tell({ kind: 'open-failed', reason: error.message });
      }
    });

    const run = (message: ToFileThread<JournalRequest>): void => {
      if (file === undefined) return;
      if (message === 'close') return end();
      const replies = file.run(message.batch);
      const warning = file.pruneAfter(message.batch);
      disk.noteCommits();
      tell({ kind: 'batch', replies });
      if (warning !== undefined) tell({ kind: 'warning', reason: warning });
    };

    return {
      post: (message) => void program.deliver(syncMs(random), () => run(message)),
      onMessage: (listener) => (say = listener),
      onExit: (listener) => (end = listener),
    };
  };
}
