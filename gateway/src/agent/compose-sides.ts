/** Both sides for a command beside the agent: staging files of SAP, one org, and the agent's queue where there is one. */
import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { changesFileOf } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import type { OrgId } from '../model/index.ts';
import type { RecordSink, SapChanges } from '../ports/index.ts';
import { openQueueBeside } from '../queue/index.ts';
import type { QueueBeside } from '../queue/index.ts';
import { LastLoads } from '../sync/index.ts';
import { openOrg, toOrgSettings } from '../salesforce/index.ts';
import { createMetrics, silentLog } from '../telemetry/index.ts';
import { systemClock } from '../timing/index.ts';
import { openSapSystem } from './compose-sap.ts';
import { pauseFileOf, readPause } from './pause-file.ts';

/** What a load or a comparison works with. */
export interface Sides {
  readonly org: OrgId;
  readonly readStaging: SapChanges['readStaging'];
  readonly sink: RecordSink;
  /** Undefined where no agent has made one yet: then nothing waits. */
  readonly queue: QueueBeside | undefined;
  /** Where a load is noted, for who asks later. */
  readonly lastLoads: LastLoads;
  close(): Promise<void>;
}

/** The orgs that a command may mean: those that the agent looks into and that have this SAP system. */
export function orgsWithRecords({ agent, sap }: AgentConfig): readonly OrgId[] {
  return agent.orgs
    .filter(({ salesforce, systems }) => salesforce !== undefined && systems.includes(sap.system))
    .map(({ id }) => id);
}

/** Undefined for an org that is none of `orgsWithRecords`. */
export async function openSides({ agent, sap }: AgentConfig, org: OrgId): Promise<Sides | undefined> {
  const configured = agent.orgs.find(({ id }) => id === org);
  const settings = configured && toOrgSettings(agent, configured, randomUUID());
  if (settings === undefined) return undefined;
  const parts = { clock: systemClock, log: silentLog, metrics: createMetrics('load') };
  const file = changesFileOf(agent);
  const maxBytes = agent.changesMaxMb * 1024 * 1024;
  const queue = existsSync(file) ? await openQueueBeside({ file, maxBytes, orgsOf: () => [org] }, parts) : undefined;
  const opened = openSapSystem(sap);
  // A few tables of customizing are asked for; in a pause what is usual has to do.
  const pause = readPause(pauseFileOf(agent));
  if (pause !== undefined) opened.load.pause(pause.reason);
  const openedOrg = openOrg({ ...settings, bell: false }, parts);
  return {
    org,
    readStaging: (chunks, file, skip) => opened.changes.readStaging(chunks, file, skip),
    sink: openedOrg.sink,
    queue,
    lastLoads: new LastLoads(file),
    close: async () => {
      await queue?.close();
      await openedOrg.close();
      await opened.system.close();
    },
  };
}
