/**
 * Metrics for a program that listens on nothing: kept in a file, in the format of Prometheus, for the textfile collector
 * of node_exporter or windows_exporter.
 */
import { rename, writeFile } from 'node:fs/promises';
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { errorFields } from './log.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** As often as Prometheus usually asks; more would measure nothing more. */
const everyMs = 15_000;

export interface MetricsFileParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Writes the file now and then until the returned function is called, which writes it a last time. */
export function keepMetricsFile(metrics: Metrics, file: string, { clock, log }: MetricsFileParts): () => Promise<void> {
  const stop = new AbortController();
  let isFailing = false;
  const write = async (): Promise<void> => {
    try {
      // Renamed into place, because a collector must never read half a file.
      await writeFile(`${file}.tmp`, await metrics.registry.metrics(), { mode: 0o644 });
      await rename(`${file}.tmp`, file);
      isFailing = false;
    } catch (error) {
      // Once: a full disk is told by the journal too, and metrics must not fill what is left of it.
      if (!isFailing) log.warn({ file, ...errorFields(error) }, 'The metrics file cannot be written');
      isFailing = true;
    }
  };
  const keep = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await write();
      await sleep(clock, everyMs, stop.signal);
    }
  };
  const kept = keep();
  return async () => {
    stop.abort();
    await kept;
    await write();
  };
}
