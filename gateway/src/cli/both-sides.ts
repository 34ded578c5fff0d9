/** Opens SAP's staging files, one org and the queue for `gangway load` and `gangway compare`. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Sides } from '../agent/index.ts';
import { loadAgentConfig } from '../config/index.ts';
import { GatewayError } from '../errors/index.ts';
import { orgId } from '../model/index.ts';
import type { OrgId } from '../model/index.ts';
import { sayWarnings, toLoadOptions } from './config-options.ts';
import type { ConfigOptions } from './config-options.ts';
import type { Terminal } from './terminal.ts';

export interface SidesOptions extends ConfigOptions {
  readonly org?: string;
  readonly json?: boolean;
}

/** Lets `work` use both sides, and closes them afterwards. */
export async function withBothSides(
  terminal: Terminal,
  command: Command,
  { file, options }: { readonly file: string; readonly options: SidesOptions },
  work: (sides: Sides) => Promise<void>,
): Promise<void> {
  if (!existsSync(file)) return command.error(`error: there is no file ${file}`);
  const { config, warnings } = loadAgentConfig(toLoadOptions(options));
  sayWarnings(terminal, warnings);
  // Loaded only now: most commands have no use for SAP and Salesforce.
  const { openSides, orgsWithRecords } = await import('../agent/index.ts');
  const sides = await openSides(config, chooseOrg(command, orgsWithRecords(config), options.org));
  if (sides === undefined) throw new GatewayError('INTERNAL', { reason: 'an org without settings' });
  try {
    await work(sides);
  } finally {
    await sides.close();
  }
}

/** The org that is named, or the only one there is. */
function chooseOrg(command: Command, orgs: readonly OrgId[], named: string | undefined): OrgId {
  if (orgs.length === 0) {
    const message = 'is needed: records are written with the agent’s own access to the org';
    const issue = { path: 'agent.orgs[].salesforce', message };
    throw new GatewayError('CONFIG_INVALID', { problems: `${issue.path} ${message}` }, undefined, { issues: [issue] });
  }
  const wanted = named === undefined ? undefined : orgId.safeParse(named).data;
  const found = named === undefined && orgs.length === 1 ? orgs[0] : orgs.find((org) => org === wanted);
  if (found !== undefined) return found;
  return command.error(
    `error: ${named === undefined ? 'name the org with --org' : '--org must be one of'}: ${orgs.join(', ')}`,
  );
}

/** `1 h 05 min`, `3 min`, `20 s`. */
export function lasting(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
