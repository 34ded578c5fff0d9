/** Opens the bench for service files that a command works at, and reads the files people name. */
import { readFileSync } from 'node:fs';
import type { ServiceWorkbench } from '../agent/index.ts';
import { loadAgentConfig } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { GatewayError } from '../errors/index.ts';
import { Deadline, systemClock } from '../timing/index.ts';
import { sayWarnings, toLoadOptions } from './config-options.ts';
import type { ConfigOptions } from './config-options.ts';
import type { Terminal } from './terminal.ts';

export interface ServiceOptions extends ConfigOptions {
  readonly json?: boolean;
}

/** One question to SAP; a function with a large interface is described in some seconds. */
const questionMs = 60_000;

export interface OpenedDesk {
  readonly desk: ServiceWorkbench;
  readonly config: AgentConfig;
  /** For one question each. */
  readonly deadline: () => Deadline;
}

export type OpenServiceDesk = (config: AgentConfig) => ServiceWorkbench;

/** Lets `work` use the bench, and closes it afterwards. */
export async function atServiceDesk(
  terminal: Terminal,
  options: ServiceOptions,
  open: OpenServiceDesk | undefined,
  work: (opened: OpenedDesk) => Promise<void> | void,
): Promise<void> {
  const { config, warnings } = loadAgentConfig(toLoadOptions(options));
  sayWarnings(terminal, warnings);
  // Loaded only now: most commands have no use for SAP.
  const desk = (open ?? (await import('../agent/index.ts')).openServiceDesk)(config);
  try {
    await work({ desk, config, deadline: () => Deadline.in(systemClock, questionMs) });
  } finally {
    await desk.close();
  }
}

/** The text of a service file; throws SERVICE_FILE_INVALID for one that cannot be read. */
export function readServiceText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GatewayError('SERVICE_FILE_INVALID', { file, problems: `it cannot be read (${codeOf(cause)})` }, cause);
  }
}

/** The same, undefined where there is no such file. */
export function findServiceText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new GatewayError('SERVICE_FILE_INVALID', { file, problems: `it cannot be read (${codeOf(cause)})` }, cause);
  }
}

/** What the operating system calls a failure. */
export const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown cause';
