/** Opens the queue desk of the org that a command means, with the agent's own credentials; no agent needs to run. */
import type { Command } from 'commander';
import { loadAgentConfig } from '../config/index.ts';
import { GatewayError } from '../errors/index.ts';
import { orgId } from '../model/index.ts';
import type { OrgSettings, QueueDesk } from '../salesforce/index.ts';
import { createMetrics, silentLog } from '../telemetry/index.ts';
import { Deadline, systemClock } from '../timing/index.ts';
import { sayWarnings, toLoadOptions } from './config-options.ts';
import type { ConfigOptions } from './config-options.ts';
import type { Terminal } from './terminal.ts';

export interface OrgOptions extends ConfigOptions {
  readonly org?: string;
}

/** One question to an org, with logon and a slow proxy. */
const questionMs = 60_000;

export interface OpenDesk {
  readonly desk: QueueDesk;
  /** For one question each. */
  readonly deadline: () => Deadline;
}

/** Lets `work` ask the desk, and closes everything afterwards. */
export async function atQueueDesk(
  terminal: Terminal,
  command: Command,
  options: OrgOptions,
  work: (open: OpenDesk) => Promise<void>,
): Promise<void> {
  const { config, warnings } = loadAgentConfig(toLoadOptions(options));
  sayWarnings(terminal, warnings);
  // Loaded only now: no other command has a use for Salesforce's clients.
  const { openOrg, toOrgSettings } = await import('../salesforce/index.ts');
  const { agent } = config;
  const settings = agent.orgs.flatMap((each) => toOrgSettings(agent, each, 'queue-desk') ?? []);
  const parts = { clock: systemClock, log: silentLog, metrics: createMetrics('queue') };
  const open = openOrg({ ...chooseOrg(command, settings, options.org), bell: false }, parts);
  try {
    await work({ desk: open.desk, deadline: () => Deadline.in(systemClock, questionMs) });
  } finally {
    await open.close();
  }
}

/** The org that is named, or the only one there is. */
function chooseOrg(command: Command, settings: readonly OrgSettings[], named: string | undefined): OrgSettings {
  if (settings.length === 0) {
    const message = 'is needed: the queue desk asks the org itself';
    const issue = { path: 'agent.orgs[].salesforce', message };
    throw new GatewayError('CONFIG_INVALID', { problems: `${issue.path} ${message}` }, undefined, { issues: [issue] });
  }
  const wanted = named === undefined ? undefined : orgId.safeParse(named).data;
  const found = named === undefined && settings.length === 1 ? settings[0] : settings.find(({ org }) => org === wanted);
  if (found !== undefined) return found;
  const orgs = settings.map(({ org }) => org).join(', ');
  return command.error(
    named === undefined ? `error: name the org with --org: ${orgs}` : `error: --org must be one of ${orgs}`,
  );
}
