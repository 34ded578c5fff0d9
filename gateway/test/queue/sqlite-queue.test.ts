/** The SQLite queue keeps the promises of the port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChangeQueue } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { describeChangeQueue } from '../contracts/change-queue.contract.ts';
import { orgsOf } from './examples.ts';

describeChangeQueue('on SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-queue-'));
  const settings = { file: join(folder, 'changes.sqlite'), maxBytes: 64 * 1024 * 1024, orgsOf };
  return {
    open: (clock) => openChangeQueue(settings, { clock, log: silentLog }),
    remove: () => rm(folder, { recursive: true }),
  };
});
