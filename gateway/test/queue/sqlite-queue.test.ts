/** The SQLite queue keeps the promises of the port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChangeQueue } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { describeQueueForPeople } from '../contracts/change-queue-people.contract.ts';
import { describeChangeQueue } from '../contracts/change-queue.contract.ts';
import type { QueuePlace } from '../contracts/queue-house.ts';
import { orgsOf } from './examples.ts';

async function createPlace(): Promise<QueuePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-queue-'));
  const settings = { file: join(folder, 'changes.sqlite'), maxBytes: 64 * 1024 * 1024, orgsOf };
  return {
    open: (clock) => openChangeQueue(settings, { clock, log: silentLog }),
    remove: () => rm(folder, { recursive: true }),
  };
}

describeChangeQueue('on SQLite', createPlace);
describeQueueForPeople('on SQLite', createPlace);
