/** Programs that speak RFC end when they should, also while a logon hangs in SAP's library. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { stringify } from 'yaml';
import { buildStandIn } from '../../simulator/nwrfc/index.ts';
import { org, orgPublicKey, system } from '../flows/stack.ts';
import { Gangway } from './gangway.ts';

/** The stand-in gives up a silent partner after this time, SAP's own library even later. */
const libraryGivesUpMs = 60_000;
/** Whole programs start, and `check` waits fifteen seconds for SAP. */
jest.setTimeout(libraryGivesUpMs);

const built = await buildStandIn();

(('skipped' in built ? describe.skip : describe) as typeof describe)('a SAProuter that says nothing', () => {
  let folder: string;
  const sockets = new Set<Socket>();
  const router = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  let settings: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-native-end-'));
    router.listen(0, '127.0.0.1');
    await once(router, 'listening');
    settings = write('agent.yaml', stringify(settingsFor((router.address() as AddressInfo).port)));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    router.close();
    await once(router, 'close');
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): string {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  }

  function settingsFor(port: number): object {
    const { privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const orgs = [{ id: org, certificates: [write('org.pem', orgPublicKey)], systems: [system] }];
    const rfc = { host: '127.0.0.1', systemNumber: '00', routerFile: write('router', `/H/127.0.0.1/S/${port}/H/`) };
    return {
      agent: {
        id: 'a',
        privateKeyFile: write('agent.pem', privateKey),
        relays: ['ws://127.0.0.1:9'],
        publicUrl: 'https://relay.example',
        orgs,
        journalFile: join(folder, 'journal.sqlite'),
      },
      sap: {
        system,
        driver: 'node-rfc',
        client: '100',
        user: 'GANGWAY',
        passwordFile: write('password', 'Gangway-Sim-1'),
        timeZone: 'Europe/Berlin',
        rfc,
      },
    };
  }

  function run(command: string, ...more: readonly string[]): Gangway {
    const libraries = 'skipped' in built ? '' : built.libraryFolder;
    return new Gangway([command, ...more, '--config', settings], {
      LD_LIBRARY_PATH: libraries,
      UV_THREADPOOL_SIZE: '6',
    });
  }

  test('`gangway check` says so within its own time, and ends with its own code', async () => {
    const beganMs = performance.now();
    const ended = await run('check', '--json').ended;
    const { results } = JSON.parse(ended.out) as { results: { name: string; state: string; code?: string }[] };
    expect(results.find(({ name }) => name === 'SAP logon')).toMatchObject({
      state: 'failed',
      code: 'SAP_UNREACHABLE',
    });
    expect(ended.code).toBe(1);
    expect(performance.now() - beganMs).toBeLessThan(libraryGivesUpMs / 2);
  });

  test('an agent that is told to stop drains and ends with 0', async () => {
    const agent = run('agent');
    // It asks SAP at its start which system it is: that logon hangs.
    await Promise.race([Promise.all([once(router, 'connection'), agent.said(/dials/)]), agent.ended]);
    const beganMs = performance.now();
    const ended = await agent.stop();
    expect(ended.err).toContain('gangway agent: ended.');
    expect(ended.code).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(libraryGivesUpMs / 2);
  });
});
