/** From a fresh clone to a running script, with an npm that installs in an instant. */
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { environmentFor, findNode, missingFrom, takeLock } from '../bootstrap.mjs';
import { projectRoot } from '../project.ts';

const quiet = (): void => undefined;
let root = '';

/** A clone whose lock file asks for one package, and for the `node` that this test runs on. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gangway-clone-'));
  mkdirSync(join(root, 'scripts'));
  cpSync(join(projectRoot, 'scripts/bootstrap.mjs'), join(root, 'scripts/bootstrap.mjs'));
  write('package-lock.json', lockOf({ 'node_modules/a': { version: '1.0.0' } }));
  write('bin/npm', fakeNpm);
  chmodSync(join(root, 'bin/npm'), 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Does what `npm ci` does as far as the bootstrap can see, slowly enough for others to notice. */
const fakeNpm = `#!/usr/bin/env node
const fs = require('node:fs');
fs.appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('registry-down')) { console.error('npm error network'); process.exit(1); }
setTimeout(() => {
  fs.mkdirSync('node_modules/a', { recursive: true });
  fs.mkdirSync('node_modules/node/bin', { recursive: true });
  fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node/bin/node');
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
}, 300);
`;

function lockOf(packages: object): string {
  return JSON.stringify({ packages: { '': {}, ...packages } });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bootstrap(args: readonly string[], onOutput: (pid: number, text: string) => void = quiet): Promise<Ending> {
  const environment = { ...process.env, PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
  const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), ...args], { env: environment });
  let stdout = '';
  let stderr = '';
  const heard = (text: string): void => (child.pid === undefined ? undefined : onOutput(child.pid, text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard(text);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe('the bootstrap', () => {
  test('installs once, hands over arguments and the exit code, and keeps stdout for the script', async () => {
    write('show.mjs', 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);');
    const first = await bootstrap(['show.mjs', '--check', 'a b']);
    expect(first).toMatchObject({ code: 7, stdout: '["--check","a b"]\n' });
    expect(first.stderr).toContain('Installing');
    const second = await bootstrap(['show.mjs']);
    expect(second).toMatchObject({ code: 7, stderr: '' });
    expect(readFileSync(join(root, 'npm-calls.txt'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('installs once when three commands start at the same time', async () => {
    write('show.mjs', 'console.log(process.version);');
    const endings = await Promise.all([1, 2, 3].map(() => bootstrap(['show.mjs'])));
    expect(endings.map((ending) => [ending.code, ending.stdout.trim()])).toEqual(
      [1, 2, 3].map(() => [0, process.version]),
    );
    expect(readFileSync(join(root, 'npm-calls.txt'), 'utf8').trim().split('\n')).toHaveLength(1);
    expect(endings.some((ending) => ending.stderr.includes('waiting'))).toBe(true);
  });

  test('says what npm said and what to do when the registry is away, and leaves no lock behind', async () => {
    write('show.mjs', '');
    write('registry-down', '');
    const ending = await bootstrap(['show.mjs']);
    expect(ending.code).toBe(1);
    expect(ending.stderr).toContain('npm error network');
    expect(ending.stderr).toContain('needs npm 10 or newer and the npm registry');
    expect(ending.stderr).not.toContain('    at ');
    expect(existsSync(join(root, '.gangway/install.lock'))).toBe(false);
  });

  test('ends npm too when it is told to end, and leaves no lock behind', async () => {
    write('show.mjs', '');
    const stubborn = "process.on('SIGTERM', () => process.exit(9)); require('node:fs').writeFileSync('npm-is-up', '');";
    write('bin/npm', `#!/usr/bin/env node\n${stubborn} setInterval(() => {}, 1000);\n`);
    let watch: NodeJS.Timeout | undefined;
    const ending = await bootstrap(['show.mjs'], (pid) => {
      watch ??= setInterval(() => {
        if (!existsSync(join(root, 'npm-is-up'))) return;
        rmSync(join(root, 'npm-is-up'));
        process.kill(pid, 'SIGTERM');
      }, 5);
    });
    clearInterval(watch);
    expect(ending).toMatchObject({ code: 1, stderr: expect.stringContaining('npm ci failed') });
    expect(existsSync(join(root, '.gangway/install.lock'))).toBe(false);
  });

  test('names a script that is not there before it installs anything', async () => {
    const ending = await bootstrap(['nothing.mjs']);
    expect(ending).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing.mjs is not there') });
    expect(existsSync(join(root, 'npm-calls.txt'))).toBe(false);
  });

  test('passes a signal on and ends as the script ended', async () => {
    write('stay.mjs', "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');");
    const ending = await bootstrap(['stay.mjs'], (pid, text) => {
      if (text.includes('up')) process.kill(pid, 'SIGTERM');
    });
    expect(ending.code).toBe(5);
  });
});

describe('what is missing', () => {
  const install = (packages: object): void => write('node_modules/.package-lock.json', lockOf(packages));

  test('is everything in a fresh clone', () => {
    expect(missingFrom(root)).toContain('nothing is installed');
  });

  test('is nothing after an installation', () => {
    install({ 'node_modules/a': { version: '1.0.0' } });
    mkdirSync(join(root, 'node_modules/a'));
    expect(missingFrom(root)).toBeUndefined();
  });

  test('is a package that was updated in the lock file, or deleted by hand', () => {
    install({ 'node_modules/a': { version: '0.9.0' } });
    expect(missingFrom(root)).toContain('node_modules/a 1.0.0');
    install({ 'node_modules/a': { version: '1.0.0' } });
    expect(missingFrom(root)).toContain('deleted');
  });

  test('is not what only another platform needs', () => {
    write('package-lock.json', lockOf({ 'node_modules/b-win32': { version: '1.0.0', optional: true } }));
    install({});
    expect(missingFrom(root)).toBeUndefined();
  });

  test('cannot be said without a lock file', () => {
    rmSync(join(root, 'package-lock.json'));
    expect(() => missingFrom(root)).toThrow('package-lock.json');
  });
});

describe('the Node that runs the project', () => {
  test('is the pinned one, not a Node that happens to be there', () => {
    expect(findNode(projectRoot)).toBe(join(projectRoot, 'node_modules/node/bin/node'));
  });

  test('is refused with advice when it is not a Node 24', () => {
    write('node_modules/node/bin/node', '#!/bin/sh\necho v18.0.0\n');
    chmodSync(join(root, 'node_modules/node/bin/node'), 0o755);
    expect(() => findNode(root, 'v20.0.0')).toThrow(/"v18\.0\.0"[\s\S]*install Node 24/);
  });

  test('is refused with advice when it is not executable', () => {
    write('node_modules/node/bin/node', '');
    expect(() => findNode(root, 'v20.0.0')).toThrow(/EACCES[\s\S]*install Node 24/);
  });

  test('is fetched when npm was not allowed to run install scripts', () => {
    const copy = `require('fs').mkdirSync('bin'); require('fs').symlinkSync(${JSON.stringify(process.execPath)}, 'bin/node');`;
    write('node_modules/node/installArchSpecificPackage.js', copy);
    expect(findNode(root, 'v20.0.0')).toBe(join(root, 'node_modules/node/bin/node'));
  });

  test('may be the one of the machine where npm has none for it', () => {
    expect(findNode(root, 'v24.9.0')).toBe(process.execPath);
  });
});

describe('the environment of a script', () => {
  test('has that Node first on the PATH and no experimental warnings', () => {
    const environment = environmentFor('/x/bin/node', {
      PATH: '/usr/bin',
      NODE_OPTIONS: '--max-old-space-size=500',
      A: 'b',
    });
    expect(environment).toEqual({
      PATH: `/x/bin${delimiter}/usr/bin`,
      NODE_OPTIONS: '--max-old-space-size=500 --disable-warning=ExperimentalWarning',
      A: 'b',
    });
    expect(environmentFor('/x/bin/node', environment)['NODE_OPTIONS']).toBe(environment['NODE_OPTIONS']);
  });
});

describe('the lock of an installation', () => {
  const abandonedPid = 2 ** 22 + 1; // above the highest pid Linux gives by default

  test('is taken over from a process that is no more', async () => {
    write('.gangway/install.lock', String(abandonedPid));
    const release = await takeLock(join(root, '.gangway'), quiet, 5);
    expect(readFileSync(join(root, '.gangway/install.lock'), 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(join(root, '.gangway/install.lock'))).toBe(false);
  });
});
