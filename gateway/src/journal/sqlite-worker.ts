/** The file's own thread: hands batches to the file and answers after the commit is on the disk. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { JournalFile } from './journal-file.ts';
import type { FromFileThread, ToFileThread } from './messages.ts';
import { JournalRefusal, openFile } from './sqlite-file.ts';

const fileSettings = z.object({ file: z.string(), maxBytes: z.number(), mailboxOrgs: z.array(z.string()).nullable() });
const settings = fileSettings.parse(workerData);
const say = (message: FromFileThread): void => parentPort?.postMessage(message);

function serve(file: JournalFile): void {
  parentPort?.on('message', (message: ToFileThread) => {
    if (message === 'close') {
      file.close();
      parentPort?.close();
      return;
    }
    say({ kind: 'batch', replies: file.run(message.batch) });
    const warning = file.pruneAfter(message.batch);
    if (warning !== undefined) say({ kind: 'warning', reason: warning });
  });
}

try {
  serve(new JournalFile(openFile(settings), settings));
  say({ kind: 'open' });
} catch (error) {
  if (!(error instanceof JournalRefusal)) throw error;
  say({ kind: 'open-failed', reason: error.message });
  parentPort?.close();
}
