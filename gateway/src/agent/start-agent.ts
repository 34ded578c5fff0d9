/** Starts an agent: one supervised connection per relay, one dispatch for all of them. */
import { createOrgTokenVerifier } from '../org-token/index.ts';
import { Deadline, sleep } from '../timing/index.ts';
import type { Executor } from './call.ts';
import { Dispatch } from './dispatch.ts';
import type { AgentHandle, AgentParts, AgentSettings } from './settings.ts';
import { Supervisor } from './supervisor.ts';

/**
 * Dials every relay and keeps the connections; returns at once, `ready()` says when the first one serves. Throws
 * CONFIG_INVALID for a certificate that cannot be used.
 */
export function startAgent(settings: AgentSettings, executor: Executor, parts: AgentParts): AgentHandle {
  const { clock } = parts;
  const verifier = createOrgTokenVerifier(settings, clock);
  const systems = new Set(settings.systems);
  const dispatch = new Dispatch({ ...parts, ...settings, verifier, systems, executor });
  let waiting: (() => void)[] = [];
  const tellReady = (): void => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const supervisors = settings.relays.map((url) => new Supervisor(url, { ...parts, settings, dispatch }, tellReady));
  const close = (): Promise<void> => {
    for (const supervisor of supervisors) supervisor.close();
    return Promise.resolve();
  };
  const isReady = (): boolean => supervisors.some((supervisor) => supervisor.status.state === 'connected');
  return {
    get isReady() {
      return isReady();
    },
    get relays() {
      return supervisors.map((supervisor) => supervisor.status);
    },
    ready: () => (isReady() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    replaceOrgs: (orgs) => verifier.replaceOrgs(orgs),
    drain: async (graceMs) => {
      const deadline = Deadline.in(clock, graceMs);
      const stop = new AbortController();
      // First the relays stop sending and the running calls end; what the executor does by itself ends after them.
      const finished = Promise.all(supervisors.map((supervisor) => supervisor.drain())).then(() =>
        executor.drain(deadline),
      );
      await Promise.race([finished, sleep(clock, graceMs, stop.signal)]);
      stop.abort();
      await close();
    },
    close,
  };
}
