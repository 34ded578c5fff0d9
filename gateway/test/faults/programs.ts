/** Relay and agent as the processes an operator runs, so that they can be killed the hard way. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { audience, orgPublicKey, org, system, until } from '../flows/stack.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const agentKeys = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export interface Programs {
  readonly relayUrl: string;
  /** `gangway` with the agent's own configuration. */
  gangway(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }>;
  /** A file beside the settings; returns its path. */
  write(name: string, text: string): string;
  startRelay(): Promise<void>;
  /** Resolves when a round trip through it works. `journal` names its file. */
  startAgent(journal?: string): Promise<void>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(program: 'relay' | 'agent'): Promise<void>;
  close(): Promise<void>;
}

export interface ProgramOptions {
  /** Settings below sap, beside or instead of the address. */
  readonly sap?: Readonly<Record<string, unknown>>;
  /** Environment of the agent, beside this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Prepares keys and settings for programs that reach SAP at `sapUrl`; starts none. */
export async function preparePrograms(sapUrl: string, options: ProgramOptions = {}): Promise<Programs> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-programs-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const port = await freePort();
  const orgs = [{ id: org, certificates: [write('org.pem', orgPublicKey)], systems: [system] }];
  const agents = [
    { id: 'a', publicKeyFile: write('agent-public.pem', agentKeys.publicKey), orgs: [org], systems: [system] },
  ];
  const relayFile = write(
    'relay.yaml',
    stringify({ relay: { publicUrl: audience, listen: { port }, orgs, agents, limits: { callsPerSecond: 10_000 } } }),
  );
  const agentFile = (journal: string): string =>
    write(
      `agent-${journal}.yaml`,
      stringify({
        agent: {
          id: 'a',
          privateKeyFile: write('agent.pem', agentKeys.privateKey),
          relays: [`ws://127.0.0.1:${port}`],
          publicUrl: audience,
          orgs,
          journalFile: join(folder, `${journal}.sqlite`),
        },
        sap: {
          system,
          url: sapUrl,
          client: '100',
          user: 'GANGWAY',
          passwordFile: write('password', 'Gangway-Sim-1'),
          timeZone: 'UTC',
          governor: { callsPerMinute: 1_000_000 },
          servicesFolder: join(folder, 'services'),
          ...options.sap,
        },
        log: { level: 'error' },
      }),
    );
  const running = new Map<string, ChildProcess>();
  const start = (program: 'relay' | 'agent', file: string): void => {
    const env = { ...process.env, ...options.environment };
    const child = spawn(process.execPath, [main, program, '--config', file], { stdio: 'ignore', env });
    running.set(program, child);
  };
  const kill = async (program: string): Promise<void> => {
    const child = running.get(program);
    running.delete(program);
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  };
  const relayUrl = `http://127.0.0.1:${port}`;
  const answers = async (path: string): Promise<unknown> =>
    until(
      () => fetch(`${relayUrl}${path}`).catch(() => undefined),
      (answer) => answer?.ok === true,
    );
  return {
    relayUrl,
    kill,
    write,
    gangway: async (...args) => {
      const env = { ...process.env, ...options.environment };
      const all = [main, ...args, '--config', agentFile('operator')];
      const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'], env });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => (output += text.toString()));
      const [code]: unknown[] = await once(child, 'close');
      return { code: typeof code === 'number' ? code : null, output };
    },
    startRelay: async () => {
      start('relay', relayFile);
      await answers('/health/live');
    },
    startAgent: async (journal = 'journal') => {
      start('agent', agentFile(journal));
      await answers('/health/ready');
    },
    close: async () => {
      await kill('agent');
      await kill('relay');
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
