/** Opens the agent's file of changes for a command, beside the agent that runs, or without one. */
import { existsSync } from 'node:fs';
import { changesFileOf, loadAgentConfig } from '../config/index.ts';
import type { QueueDesk } from '../queue/index.ts';
import { silentLog } from '../telemetry/index.ts';
import { systemClock } from '../timing/index.ts';
import { toLoadOptions } from './config-options.ts';
import type { ConfigOptions } from './config-options.ts';

/** Lets `work` ask the desk, and closes it afterwards. Returns undefined without asking where no change has ever been kept. */
export async function atChangesDesk<Result>(
  options: ConfigOptions,
  work: (desk: QueueDesk) => Promise<Result>,
): Promise<Result | undefined> {
  // Warnings are said where an org is asked or a program starts; this reads one file.
  const { config } = loadAgentConfig(toLoadOptions(options));
  const file = changesFileOf(config.agent);
  if (!existsSync(file)) return undefined;
  // Loaded only now: it starts a thread, which most commands have no use for.
  const { openQueueDesk } = await import('../queue/index.ts');
  const desk = await openQueueDesk(file, { clock: systemClock, log: silentLog });
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}
