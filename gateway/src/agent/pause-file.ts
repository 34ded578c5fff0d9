/**
 * The pause switch: while a file exists, nothing new begins in SAP.
 *
 * A file survives restarts, can be written by a monitoring script, and needs no door into the agent. It is looked at several
 * times a second, which costs a system call each.
 */
import { readFileSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { toGatewayError } from '../errors/index.ts';
import type { SapLoad } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import type { Log } from '../telemetry/index.ts';
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';

/** Within a second is promised; this leaves time for a machine that is busy. */
const lookEveryMs = 250;
/** It stands in errors and on the daily page. */
const maxReasonChars = 200;

/** What a pause file says. */
export interface Pause {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
}

export interface PauseParts {
  readonly load: Pick<SapLoad, 'isPaused' | 'pause' | 'resume'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each change. */
  readonly onChange: (pause: Pause | undefined) => void;
}

/** Where the switch of an agent is. */
export function pauseFileOf(agent: { readonly pauseFile?: string | undefined; readonly journalFile: string }): string {
  return agent.pauseFile ?? `${agent.journalFile}.pause`;
}

/** Undefined where the file is not there. One that cannot be read pauses all the same: somebody has put it there. */
export function readPause(file: string): Pause | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { reason: reasonIn(file), sinceMs: stats.mtimeMs };
}

/** Heeds the file as it is now, and follows it until the returned function is called. */
export function followPauseFile(file: string, parts: PauseParts): () => Promise<void> {
  const { clock, log } = parts;
  const stop = new AbortController();
  let isFailing = false;
  let heeded = first(file, parts);
  heed(file, heeded, parts);
  const look = async (): Promise<void> => {
    // Written again means another reason.
    if ((await timeOf(file)) === heeded?.sinceMs) return;
    heeded = readPause(file);
    heed(file, heeded, parts);
  };
  const follow = async (): Promise<void> => {
    for (;;) {
      await sleep(clock, lookEveryMs, stop.signal);
      if (stop.signal.aborted) return;
      try {
        await look();
        isFailing = false;
      } catch (error) {
        // Then it stays as it is: neither a pause nor its end may come from a disk that fails.
        if (!isFailing) log.error({ file, ...errorFields(error) }, 'The pause file cannot be looked at');
        isFailing = true;
      }
    }
  };
  const following = follow();
  return () => {
    stop.abort();
    return following;
  };
}

/** At the start nothing is known yet: where the file cannot be looked at, it may be there. */
function first(file: string, { log }: PauseParts): Pause | undefined {
  try {
    return readPause(file);
  } catch (error) {
    log.error({ file, ...errorFields(error) }, 'The pause file cannot be looked at');
    return { reason: 'the pause file cannot be looked at', sinceMs: NaN };
  }
}

function heed(file: string, pause: Pause | undefined, { load, log, onChange }: PauseParts): void {
  if (pause === undefined && !load.isPaused) return;
  if (pause === undefined) {
    load.resume();
    log.warn({ file }, 'Work in SAP goes on');
  } else {
    load.pause(pause.reason);
    log.warn({ file, reason: pause.reason }, 'Work in SAP is paused: nothing new begins while the file exists');
  }
  onChange(pause);
}

/** When the file was written; undefined where it is not there. */
async function timeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Its first line. */
function reasonIn(file: string): string {
  try {
    const [line = ''] = readFileSync(file, 'utf8').split(/[\r\n]/, 1);
    return line
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, maxReasonChars);
  } catch (error) {
    // A reason nobody can read does not make it less of a pause.
    return `the pause file cannot be read (${toGatewayError(error).code})`;
  }
}
