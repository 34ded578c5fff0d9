/** Finds the Chromium that the browser tests drive, and installs it where that is possible. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from './run-program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export interface ChromiumSearch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

/** CHROMIUM_PATH where it is set (and then nothing else), otherwise the first one on the PATH. */
export function findChromium(search: ChromiumSearch): string | undefined {
  const given = search.environment['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return search.exists(given) ? given : undefined;
  const folders = [...(search.environment['PATH'] ?? '').split(delimiter), '/usr/bin'].filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(search.exists);
}

/** The path of a Chromium, installed with apt where there is none and we may; otherwise an error that says what to do. */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const search = { environment: process.env, exists: existsSync };
  const present = findChromium(search);
  if (present !== undefined) return present;
  if (process.env['CHROMIUM_PATH'])
    throw new Error(`CHROMIUM_PATH names ${process.env['CHROMIUM_PATH']}, which does not exist.`);
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const advice = 'Install it (Debian: `apt-get install chromium`) or set CHROMIUM_PATH to a Chromium or Chrome.';
  if (!canInstall) throw new Error(`The browser tests need Chromium, and none was found. ${advice}`);
  say('Installing Chromium for the browser tests, once, about a minute ...');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = await runProgram('apt-get', ['-q', ...args], {
      cwd: '/',
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.code !== 0)
      throw new Error(`apt-get ${args[0] ?? ''} failed:\n${result.output.slice(-2000)}\n${advice}`);
  }
  const installed = findChromium(search);
  if (installed === undefined) throw new Error(`apt-get installed Chromium, but it is not on the PATH. ${advice}`);
  return installed;
}
