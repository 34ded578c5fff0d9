/** What `gangway check` says of the ways by which changes of SAP come. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changesChecks } from '../../src/agent/check-changes.ts';
import type { ChangesCheckParts } from '../../src/agent/check-changes.ts';
import { runGroup } from '../../src/agent/check-result.ts';
import type { CheckResult } from '../../src/agent/check-result.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { freePort } from '../flows/house.ts';
import { openReceiver } from './receive/receiver-under-test.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-check-changes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function results(parts: Partial<ChangesCheckParts>): Promise<Map<string, CheckResult>> {
  const found = new Map<string, CheckResult>();
  const group = changesChecks({ file: join(folder, 'changes.sqlite'), clock: systemClock, ...parts });
  for await (const result of runGroup(group)) found.set(result.name, result);
  return found;
}
const listenAt = (port: number) => ({ host: '127.0.0.1', port, path: '/idocs', isTls: false });

test('nothing is said where nothing is configured', async () => {
  expect([...(await results({}))]).toEqual([]);
});

describe('the listener', () => {
  test('has a free port, and the file of changes can be made', async () => {
    const found = await results({ listen: listenAt(await freePort()) });
    expect(found.get('IDoc listener')).toMatchObject({ state: 'passed', finding: expect.stringContaining('is free') });
    expect(found.get('changes file')).toMatchObject({ state: 'passed', finding: 'the file can be created' });
  });

  test.each([undefined, { user: 'IDOC', password: () => 'secret' }])(
    'of a running agent is in order',
    async (credentials) => {
      const it = await openReceiver({ credentials });
      const found = await results({ listen: listenAt(it.receiver.port) });
      expect(found.get('IDoc listener')).toMatchObject({
        state: 'passed',
        finding: expect.stringContaining('by an agent'),
      });
      await it.close();
    },
  );

  test('has a port that another program has taken', async () => {
    const other = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('SSH-2.0\r\n'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const found = await results({ listen: listenAt(typeof address === 'object' ? (address?.port ?? 0) : 0) });
    expect(found.get('IDoc listener')).toMatchObject({ state: 'warning', code: 'IDOC_LISTENER_FAILED' });
    await new Promise((resolve) => other.close(resolve));
  });

  test('has an address that this machine has not', async () => {
    const found = await results({ listen: { ...listenAt(8_200), host: '203.0.113.1' } });
    expect(found.get('IDoc listener')).toMatchObject({
      state: 'failed',
      code: 'IDOC_LISTENER_FAILED',
      owner: 'operator',
    });
  });
});

test('the folder can be used, is missing, or is none', async () => {
  mkdirSync(join(folder, 'idocs'));
  writeFileSync(join(folder, 'file'), '');
  const stateOf = async (name: string) => (await results({ folder: join(folder, name) })).get('IDoc folder');
  expect(await stateOf('idocs')).toMatchObject({ state: 'passed' });
  expect(await stateOf('missing')).toMatchObject({ state: 'failed', code: 'IDOC_FOLDER_FAILED' });
  expect(await stateOf('file')).toMatchObject({ state: 'failed', finding: expect.stringContaining('it is no folder') });
});

test('the file of changes has no folder', async () => {
  const found = await results({ file: join(folder, 'missing', 'changes.sqlite'), folder });
  expect(found.get('changes file')).toMatchObject({ state: 'failed', code: 'QUEUE_FAILED' });
});

test('SAP is asked whether its changes can be asked for', async () => {
  const page = { arrivals: [], position: 'now', hasMore: false };
  const works = await results({ changes: { changesSince: () => Promise.resolve(page) } });
  expect(works.get('SAP changes')).toMatchObject({ state: 'passed' });
  const missing = { changesSince: () => Promise.reject(new GatewayError('SAP_PACK_MISSING')) };
  expect((await results({ changes: missing })).get('SAP changes')).toMatchObject({
    state: 'failed',
    code: 'SAP_PACK_MISSING',
  });
});
