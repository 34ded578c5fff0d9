/** The journal's own thread: syncing to disk never blocks the thread that serves reads. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serveFile } from '../durable-file/index.ts';
import { JournalFile } from './journal-file.ts';
import { openFile } from './sqlite-file.ts';

const fileSettings = z.object({ file: z.string(), maxBytes: z.number(), mailboxOrgs: z.array(z.string()).nullable() });
const settings = fileSettings.parse(workerData);

serveFile(() => new JournalFile(openFile(settings), settings));
