/** What operators install: packed, unpacked far from this clone, and started for real. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from '../build.ts';
import { listFiles, projectRoot } from '../project.ts';
import { runProgram } from '../run-program.ts';
import type { RunResult } from '../run-program.ts';
import { createKeys, writeSettings } from '../start/keys-and-settings.ts';

const gateway = join(projectRoot, 'gateway');
const patienceMs = 120_000;
const scratch = mkdtempSync(join(tmpdir(), 'gangway-package-'));
const folder = join(scratch, 'node_modules/@gangway/gateway');
let built: readonly string[] = [];
const started: ChildProcess[] = [];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: { readonly gangway: string };
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(gateway, 'package.json'), 'utf8')) as Manifest;

beforeAll(async () => {
  const source = join(scratch, 'source');
  built = await build(projectRoot, join(source, 'dist'));
  for (const part of ['package.json', 'deploy']) cpSync(join(gateway, part), join(source, part), { recursive: true });
  await succeed('npm', ['pack', '--pack-destination', scratch, '--loglevel=error'], source);
  mkdirSync(folder, { recursive: true });
  const tarball = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
  await succeed('tar', ['-xzf', join(scratch, tarball), '-C', folder, '--strip-components=1'], scratch);
  Object.keys(manifest.dependencies).forEach(link);
}, patienceMs);
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

async function succeed(command: string, args: readonly string[], cwd: string): Promise<void> {
  const result = await runProgram(command, args, { cwd });
  if (result.code !== 0) throw new Error(`${command} ${args.join(' ')}:\n${result.output}`);
}

/** The libraries this clone has stand in for those a registry would send. */
function link(name: string): void {
  const own = join(gateway, 'node_modules', name);
  const path = join(scratch, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(existsSync(own) ? own : join(projectRoot, 'node_modules', name)), path);
}

function gangway(...args: string[]): Promise<RunResult> {
  return runProgram(process.execPath, [join(folder, manifest.bin.gangway), ...args], {
    cwd: scratch,
    timeoutMs: 30_000,
  });
}

describe('the package', () => {
  test('holds no TypeScript, no test, and every data file of the source', () => {
    expect(built.filter((path) => path.endsWith('.ts') || /(^|\/)test\//.test(path))).toEqual([]);
    const isData = (path: string): boolean => /^gateway\/(src|simulator)\/.*(?<!\.ts|\.md)$/.test(path);
    // The stand-in of SAP's library is for tests only: nothing an operator should have.
    const isStandIn = (path: string): boolean => path.startsWith('gateway/simulator/nwrfc/');
    const data = listFiles().filter((path) => isData(path) && !isStandIn(path));
    expect(existsSync(join(folder, 'dist/simulator/nwrfc'))).toBe(false);
    expect(data.length).toBeGreaterThan(0);
    for (const path of data) expect(existsSync(join(folder, path.replace('gateway/', 'dist/')))).toBe(true);
  });

  test('has an executable that the shell can start', () => {
    expect(readFileSync(join(folder, manifest.bin.gangway), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('says what it can do', async () => {
    const result = await gangway('--help');
    expect([result.code, result.output]).toEqual([0, expect.stringMatching(/relay[\s\S]*agent/)]);
  });

  test(
    'starts a relay and an agent that keeps a journal; they meet, and end when asked',
    async () => {
      const relayPort = await freePort();
      const settings = writeSettings({
        folder: join(scratch, 'settings'),
        keys: createKeys(),
        orgId: '00D5g000004GANGEAW',
        audience: `http://127.0.0.1:${relayPort}`,
        relayPort,
        // Nothing answers there: an agent starts all the same, and says so when it is asked.
        salesforce: {
          loginUrl: 'http://127.0.0.1:9',
          pubSub: 'http://127.0.0.1:9',
          clientId: 'client-app',
          username: 'agent@org.example',
        },
        sap: {
          url: 'http://127.0.0.1:9',
          system: 'ERPCLNT100',
          client: '100',
          user: 'GANGWAY',
          password: 'not-used',
          timeZone: 'UTC',
        },
        idocs: { port: await freePort(), path: '/idocs', user: 'IDOC', password: 'not-used' },
      });
      const relay = start('relay', '--config', settings.relayFile);
      const agent = start('agent', '--config', settings.agentFile);
      await until(relay, async () => (await fetch(`http://127.0.0.1:${relayPort}/health/live`)).ok);
      await until(agent, () => Promise.resolve(agent.words().includes('connected')));
      expect(existsSync(join(scratch, 'settings/journal.sqlite'))).toBe(true);
      expect(await Promise.all([stop(agent), stop(relay)])).toEqual([0, 0]);
    },
    patienceMs,
  );
});

interface Running {
  readonly child: ChildProcess;
  /** What it said so far. */
  readonly words: () => string;
}

function start(...args: string[]): Running {
  const child = spawn(process.execPath, [join(folder, manifest.bin.gangway), ...args], { cwd: scratch });
  started.push(child);
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (words += text.toString()));
  return { child, words: () => words };
}

/** Waits for what a program shows to the outside, as long as it runs. */
async function until({ child, words }: Running, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${words()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop({ child }: Running): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
