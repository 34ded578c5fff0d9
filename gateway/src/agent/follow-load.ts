/** What the agent does about its load on SAP: heeds the pause switch, keeps the day, measures. */
import type { AgentConfig } from '../config/index.ts';
import type { SapLoad } from '../ports/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { followPauseFile, pauseFileOf } from './pause-file.ts';
import { UsageKeeper, usageFolderOf } from './usage/index.ts';

/** Oftener than metrics are asked for. */
const measureEveryMs = 5_000;

export interface LoadParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Where a pause file lies at this moment, SAP is paused when it returns. What it returns ends it, and writes the day down. */
export function followLoad(
  load: SapLoad,
  { agent, sap }: Pick<AgentConfig, 'agent' | 'sap'>,
  parts: LoadParts,
): () => Promise<void> {
  const { system, timeZone } = sap;
  const keeper = new UsageKeeper({ ...parts, folder: usageFolderOf(agent), system, timeZone, load });
  const onChange = (pause: { readonly reason: string } | undefined): void => keeper.notePause(pause?.reason);
  const stopPausing = followPauseFile(pauseFileOf(agent), { ...parts, load, onChange });
  const stopMeasuring = measure(load, parts);
  return async () => {
    await stopPausing();
    await stopMeasuring();
    await keeper.close();
  };
}

function measure(load: SapLoad, { clock, metrics }: LoadParts): () => Promise<void> {
  const gauge = (name: string, help: string) => metrics.gauge({ name, help });
  const running = gauge('sap_work_processes_used', 'Work processes of SAP in use');
  const limit = gauge('sap_work_processes_limit', 'Work processes that may be in use now');
  const waiting = gauge('sap_calls_waiting', 'Calls that wait for a work process');
  const paused = gauge('sap_paused', '1 while work in SAP is paused');
  const stop = new AbortController();
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const { now } = load;
      running.set(now.running);
      limit.set(now.workProcesses);
      waiting.set(now.waiting);
      paused.set(load.isPaused ? 1 : 0);
      await sleep(clock, measureEveryMs, stop.signal);
    }
  };
  const following = follow();
  return () => {
    stop.abort();
    return following;
  };
}
