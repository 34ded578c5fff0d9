/** `gangway pause`, `resume` and `usage`: what they print, what they leave behind, and that a running agent heeds them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExampleFolder } from '../config/example-files.ts';
import { Gangway, gangway } from './gangway.ts';
import type { Ended } from './gangway.ts';

/** Each starts a process of its own; a busy machine needs patience. */
const patienceMs = 60_000;

let folder: string;
const running: Gangway[] = [];
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.splice(0).map((program) => program.ended));
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);
const inFolder = (name: string): readonly string[] => ['--set', `agent.${name}=${file(name)}`];
const configured = (): readonly string[] => [
  ...['--config', file('agent.yaml'), ...inFolder('journalFile'), ...inFolder('pauseFile'), ...inFolder('usageFolder')],
];
const run = (...args: readonly string[]): Promise<Ended> => gangway([...args, ...configured()]);

describe('gangway pause and resume', () => {
  test(
    'write and remove the file, and say what they did',
    async () => {
      expect((await run('pause', '--status')).out).toBe('Not paused.\n');
      const paused = await run('pause', '--reason', 'transport of the year');
      expect(paused).toMatchObject({ code: 0, out: expect.stringContaining(`Paused by ${file('pauseFile')}`) });
      expect(readFileSync(file('pauseFile'), 'utf8')).toBe('transport of the year\n');
      expect((await run('pause', '--status')).out).toMatch(/^Paused since 2\S+Z: transport of the year\.\n$/);
      // A second one without a reason leaves the first as it is.
      expect((await run('pause')).out).toMatch(/^Paused since 2\S+Z: transport of the year\.\n$/);
      expect((await run('resume')).out).toMatch(/^Removed .*It had been paused since .*: transport of the year\.\n$/);
      expect(existsSync(file('pauseFile'))).toBe(false);
      expect((await run('resume')).out).toBe('Not paused.\n');
    },
    patienceMs,
  );

  test(
    'refuse a reason nobody could read, and say which file they cannot write',
    async () => {
      expect((await run('pause', '--reason', ' ')).code).toBe(2);
      writeFileSync(file('blocked'), '');
      const failed = await gangway(['pause', ...configured(), '--set', `agent.pauseFile=${file('blocked')}/pause`]);
      expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('FILE_NOT_CHANGED') });
    },
    patienceMs,
  );
});

describe('gangway usage', () => {
  const day = {
    ...{ format: 1, system: 'ERPCLNT100', date: '2026-03-02', timeZone: 'Europe/Berlin', updatedAtMs: 1 },
    functions: {
      RFC_PING: {
        ...{ calls: 3, failures: 1, durationMs: 1_500, rowsRead: 0, rowsWritten: 0, mostRunning: 2 },
        failuresByCode: { SAP_SHORT_DUMP: 1 },
      },
    },
    hours: Array.from({ length: 24 }, () => ({ calls: 0, failures: 0, mostRunning: 0, mostWaiting: 0 })),
    ...{ busiestMinute: 2, turnedAway: { AGENT_BUSY: 4 }, grants: [], throttled: [], pauses: [] },
  };
  beforeEach(() => {
    mkdirSync(file('usageFolder'));
    writeFileSync(join(file('usageFolder'), 'usage-2026-03-02.json'), JSON.stringify(day));
  });

  test(
    'prints a day as text and as JSON, and writes its page',
    async () => {
      const page = ['--day', '2026-03-02', '--html', file('page.html')];
      const { code, out } = await run('usage', ...page);
      expect(code).toBe(0);
      expect(out).toMatch(/RFC_PING +3 +1 +1\.5 +0 +0 +2\n/);
      expect(out).toContain('not let through: 4 AGENT_BUSY');
      expect(readFileSync(file('page.html'), 'utf8')).toContain('What Gangway did in ERPCLNT100 on 2026-03-02');
      expect(JSON.parse((await run('usage', '--day', '2026-03-02', '--json')).out)).toEqual(day);
    },
    patienceMs,
  );

  test(
    'says which days there are when it is asked for another, and that a damaged one is damaged',
    async () => {
      const other = await run('usage', '--day', '2026-03-03');
      expect(other).toMatchObject({ code: 1, err: expect.stringContaining('there are days from 2026-03-02') });
      expect((await run('usage', '--day', 'today')).code).toBe(2);
      writeFileSync(join(file('usageFolder'), 'usage-2026-03-04.json'), '{');
      expect((await run('usage', '--day', '2026-03-04')).err).toContain('USAGE_UNREADABLE');
    },
    patienceMs,
  );
});

test(
  'an agent starts paused where the file is there, goes on when it is removed, and writes its day down when it ends',
  async () => {
    const start = (...args: readonly string[]): Gangway => {
      const program = new Gangway(args);
      running.push(program);
      return program;
    };
    const [, url = ''] = await start('simulate', 'sap').said(/is ready: (http:\S+)/);
    writeFileSync(file('pauseFile'), 'before the start');
    const sap = ['--set', `sap.url=${url}`, '--set', 'sap.client=100', '--set', 'agent.relays=ws://127.0.0.1:9'];
    const agent = start('agent', ...configured(), ...sap);
    await agent.said(/Work in SAP is paused/);
    const total = async (): Promise<string> =>
      (/"total":\d+/.exec(await (await fetch(`${url}/simulator/calls`)).text()) ?? [''])[0];
    expect(await total()).toBe('"total":0');
    await run('resume');
    await agent.said(/Work in SAP goes on/);
    expect((await agent.stop()).code).toBe(0);
    const { out } = await run('usage', '--json');
    expect(out).toContain('before the start');
  },
  patienceMs,
);
