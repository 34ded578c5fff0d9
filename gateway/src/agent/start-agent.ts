/** Starts an agent. */
import type { Executor } from './call.ts';
import type { AgentHandle, AgentParts, AgentSettings } from './settings.ts';

/** Dials every relay and keeps the connections; returns at once, `ready()` says when the first one serves. */
export function startAgent(_settings: AgentSettings, _executor: Executor, _parts: AgentParts): AgentHandle {
  throw new Error('being built');
}
