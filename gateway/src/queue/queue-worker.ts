/** The queue's own thread: syncing to disk never blocks the thread that serves. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { holdAlone, serveFile } from '../durable-file/index.ts';
import { QueueFile } from './queue-file.ts';
import { openQueueFile, queueFormat } from './queue-format.ts';

const limits = z.object({ refusedDocuments: z.number(), fieldsKeptMs: z.number(), receiptsKeptMs: z.number() });
const fileSettings = z.object({
  file: z.string(),
  maxBytes: z.number(),
  role: z.enum(['agent', 'visitor']),
  limits,
});
const settings = fileSettings.parse(workerData);

serveFile(() => {
  // Held until the thread ends, however it ends.
  if (settings.role === 'agent') holdAlone(settings.file, queueFormat);
  return new QueueFile(openQueueFile(settings), settings);
});
