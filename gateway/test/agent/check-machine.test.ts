/** What `gangway check` says of the agent's own machine and of the certificates of orgs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { machineChecks } from '../../src/agent/check-machine.ts';
import type { MachineParts } from '../../src/agent/check-machine.ts';
import { orgChecks } from '../../src/agent/check-orgs.ts';
import { runGroup } from '../../src/agent/check-result.ts';
import type { CheckGroup, CheckResult } from '../../src/agent/check-result.ts';
import { orgId } from '../../src/model/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { makeCertificate } from '../relay/certificates.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function results(group: CheckGroup): Promise<Map<string, CheckResult>> {
  const found = new Map<string, CheckResult>();
  for await (const result of runGroup(group)) found.set(result.name, result);
  return found;
}
const machine = (more: Partial<MachineParts> = {}) =>
  results(machineChecks({ journalFile: join(folder, 'journal.db'), journalMaxMb: 1, secrets: [], ...more }));

describe('the machine', () => {
  test('is in order', async () => {
    const found = await machine({ threads: { available: 16, connections: 8 } });
    expect([...found.values()].map(({ state }) => state)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(found.get('journal')?.finding).toBe('the file can be created');
  });

  test('has no folder for the journal', async () => {
    const found = await machine({ journalFile: join(folder, 'missing', 'journal.db') });
    expect(found.get('journal')).toMatchObject({ state: 'failed', code: 'JOURNAL_FAILED', owner: 'operator' });
    expect(found.get('disk')).toMatchObject({ state: 'failed', code: 'JOURNAL_FAILED' });
  });

  test('has less room on the disk than the journal may take', async () => {
    const found = await machine({ journalMaxMb: 10 ** 9 });
    expect(found.get('disk')).toMatchObject({ state: 'warning', code: 'JOURNAL_FAILED' });
    expect(found.get('disk')?.finding).toContain('agent.journalMaxMb');
  });

  test('counts what the journal has taken already', async () => {
    writeFileSync(join(folder, 'journal.db'), Buffer.alloc(2 * 1024 * 1024));
    expect((await machine({ journalMaxMb: 2 })).get('disk')?.finding).toMatch(/may grow by 0 MB$/);
  });

  test('lets others read a secret, which is named with the command that ends it', async () => {
    const secrets = [
      { setting: 'sap.passwordFile', file: '/etc/gangway/password', isOpen: true },
      { setting: 'agent.privateKeyFile', file: '/etc/gangway/agent.pem', isOpen: false },
    ];
    const found = (await machine({ secrets })).get('secrets');
    expect(found).toMatchObject({ state: 'warning', owner: 'operator' });
    expect(found?.finding).toContain('sap.passwordFile');
    expect(found?.advice).toContain('chmod 600 /etc/gangway/password');
    expect(JSON.stringify(found)).not.toContain('agent.pem');
  });

  test('has too few threads for its connections over RFC', async () => {
    const found = (await machine({ threads: { available: 4, connections: 8 } })).get('threads');
    expect(found).toMatchObject({ state: 'warning' });
    expect(found?.advice).toContain('UV_THREADPOOL_SIZE=');
  });
});

describe('the certificates of an org', () => {
  const day = 86_400_000;
  const now = systemClock.now();
  const id = orgId.parse('00D5g000004GANGEAW');
  const check = async (...certificates: readonly string[]) => {
    const found = await results(orgChecks([{ id, certificates, systems: [] }], systemClock));
    return found.get(`org ${id}`);
  };
  const valid = (fromDays: number, toDays: number) =>
    makeCertificate(new Date(now + fromDays * day), new Date(now + toDays * day)).certificate;

  test('are valid for long', async () => {
    expect(await check(valid(-1, 365))).toMatchObject({ state: 'passed' });
  });

  test('end soon, which is said while there is time', async () => {
    const found = await check(valid(-300, 20));
    expect(found).toMatchObject({ state: 'warning', code: 'ORG_TOKEN_INVALID', owner: 'salesforce-admin' });
    expect(found?.advice).toContain('Certificate and Key Management');
  });

  test('are over', async () => {
    const found = await check(valid(-300, -1));
    expect(found).toMatchObject({ state: 'failed', code: 'ORG_TOKEN_INVALID' });
    expect(found?.finding).toContain('ended on');
  });

  test('are not valid yet', async () => {
    const found = await check(valid(2, 365));
    expect(found).toMatchObject({ state: 'failed' });
    expect(found?.finding).toContain('only from');
  });

  test('may stand side by side while they are rotated', async () => {
    expect(await check(valid(-300, 5), valid(-1, 365))).toMatchObject({ state: 'passed' });
    expect(await check(valid(-300, -5), valid(2, 365))).toMatchObject({ state: 'failed' });
  });

  test('may be a bare key', async () => {
    expect(await check('-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----')).toMatchObject({
      state: 'passed',
    });
  });

  test('cannot be read', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----';
    expect(await check(broken)).toMatchObject({ state: 'failed', code: 'CONFIG_INVALID' });
  });
});
