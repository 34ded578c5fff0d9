/** `gangway load` as an operator types it: a process of its own with a configuration file, looked at from outside. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { LoadOrder, LoadTaken } from './loader.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Often enough to see the process before it ends: the kernel keeps the peak itself. */
const lookMs = 100;

/** Loads the file by the command; the rows are what the org has seen, so they are not told here. */
export async function loadByCommand(folder: string, order: LoadOrder): Promise<Omit<LoadTaken, 'rows'>> {
  const config = await writeConfig(folder, order);
  const startedMs = performance.now();
  const child = spawn(process.execPath, [main, 'load', order.file, '--again', '--json', '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakRssBytes = 0;
  const look = setInterval(() => (peakRssBytes = Math.max(peakRssBytes, peakOf(child.pid))), lookMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`gangway load ended with ${code}`);
  return { seconds: (performance.now() - startedMs) / 1000, peakRssBytes };
}

/** VmHWM: the most that was resident at once. Zero for a process that is gone. */
function peakOf(pid = 0): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function writeConfig(folder: string, order: LoadOrder): Promise<string> {
  const { orgUrl, sapUrl, system, org, privateKey, username } = order;
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const privateKeyFile = await write('key.pem', privateKey);
  const salesforce = { loginUrl: orgUrl, clientId: 'gangway-client', username, privateKeyFile };
  const agent = {
    id: 'bench',
    privateKeyFile,
    orgs: [{ id: org, certificates: [await write('org.pem', order.certificate)], systems: [system], salesforce }],
    journalFile: join(folder, 'journal.sqlite'),
  };
  const passwordFile = await write('password', 'Gangway-Sim-1');
  const sap = { system, url: sapUrl, client: '100', user: 'GANGWAY', passwordFile, timeZone: 'UTC' };
  return write('agent.yaml', stringify({ agent, sap, log: { level: 'error' } }));
}
