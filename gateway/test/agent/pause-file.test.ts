import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { followPauseFile, pauseFileOf, readPause } from '../../src/agent/pause-file.ts';
import type { Pause } from '../../src/agent/pause-file.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';

describe('the pause file', () => {
  let folder: string;
  let file: string;
  let stop: () => Promise<void> = () => Promise.resolve();
  let changes: (Pause | undefined)[] = [];
  let tell: () => void = () => undefined;
  const load = {
    reason: undefined as string | undefined,
    get isPaused() {
      return this.reason !== undefined;
    },
    pause(reason: string) {
      this.reason = reason;
    },
    resume() {
      this.reason = undefined;
    },
  };
  const follow = (): void => {
    const onChange = (pause: Pause | undefined): void => {
      changes.push(pause);
      tell();
    };
    stop = followPauseFile(file, { load, clock: systemClock, log: silentLog, onChange });
  };
  /** Milliseconds until the next change. */
  const nextChange = (): Promise<number> => {
    const sinceMs = systemClock.monotonic();
    return new Promise((resolve) => (tell = () => resolve(systemClock.monotonic() - sinceMs)));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-pause-'));
    file = join(folder, 'journal.sqlite.pause');
    changes = [];
    load.resume();
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  test('pauses within a second after it was written, and lets go on within a second after it was removed', async () => {
    follow();
    expect(load.isPaused).toBe(false);
    let changed = nextChange();
    writeFileSync(file, 'transport of the year\nby BASIS');
    expect(await changed).toBeLessThan(1_000);
    expect(load.reason).toBe('transport of the year');
    changed = nextChange();
    rmSync(file);
    expect(await changed).toBeLessThan(1_000);
    expect(load.isPaused).toBe(false);
    expect(changes.map((pause) => pause?.reason)).toEqual(['transport of the year', undefined]);
  });

  test('that is written again gives another reason to whoever waits', async () => {
    writeFileSync(file, 'first');
    follow();
    const changed = nextChange();
    writeFileSync(file, 'second');
    utimesSync(file, 1_000, 1_000);
    await changed;
    expect(load.reason).toBe('second');
  });

  test('that cannot be looked at when the agent starts is taken for one, until it can be', async () => {
    // A link to itself: nobody can say whether there is a file behind it.
    symlinkSync(file, file);
    follow();
    expect(load.reason).toBe('the pause file cannot be looked at');
    const changed = nextChange();
    rmSync(file);
    await changed;
    expect(load.isPaused).toBe(false);
  });

  test('that can no longer be looked at leaves everything as it was', async () => {
    const looked = Promise.withResolvers<void>();
    const log = { ...silentLog, error: () => looked.resolve() };
    stop = followPauseFile(file, { load, clock: systemClock, log, onChange: () => tell() });
    symlinkSync(file, file);
    await looked.promise;
    expect(load.isPaused).toBe(false);
  });

  test('that is there at the start pauses before anything else can begin', () => {
    writeFileSync(file, '');
    follow();
    expect(load.reason).toBe('');
  });

  test('that holds a long or strange text still is a pause, with a reason people can read', () => {
    writeFileSync(file, `a\tb\u0007${'x'.repeat(1_000)}`);
    expect(readPause(file)?.reason).toMatch(/^a b x{196}$/);
  });

  test('that nobody can read is a pause too', () => {
    mkdirSync(file);
    follow();
    expect(load.isPaused).toBe(true);
  });

  test('is beside the journal where the configuration names none', () => {
    expect(pauseFileOf({ journalFile: '/var/lib/gangway/journal.sqlite' })).toBe(
      '/var/lib/gangway/journal.sqlite.pause',
    );
    expect(pauseFileOf({ journalFile: '/j', pauseFile: '/run/p' })).toBe('/run/p');
  });
});
