/** Telemetry of a simulated program: its log becomes part of the history, its metrics are read by nobody. */
import { Registry } from 'prom-client';
import type { Log, LogFields, Metrics } from '../../src/telemetry/index.ts';
import type { History } from '../schedule/history.ts';
import type { Scheduler } from '../schedule/scheduler.ts';

const registry = new Registry();
const ignore = (): void => undefined;

/** Metrics that cost nothing. */
export const quietMetrics: Metrics = {
  registry,
  counter: () => ({ add: ignore }),
  gauge: () => ({ set: ignore }),
  duration: () => ({ observe: ignore }),
};

/** A log whose lines stand in the history, under the program's name. */
export function historyLog(history: History, scheduler: Scheduler, who: string, fixed: LogFields = {}): Log {
  const line =
    (level: string) =>
    (fields: LogFields, sentence: string): void =>
      history.tell(scheduler.nowMs, who, () => `[${level}] ${sentence} ${inWords({ ...fixed, ...fields })}`);
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => historyLog(history, scheduler, who, { ...fixed, ...fields }),
  };
}

/** Stacks name files of this machine; the history is the same everywhere. */
const inWords = (fields: LogFields): string =>
  Object.entries(fields)
    .filter(([name, value]) => value !== undefined && name !== 'disposition' && name !== 'correlationId')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
