/** `gangway trace` and the changes of SAP in `gangway queue`: what people read, what scripts read, and what the agent then does. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import type { ChangeQueue } from '../../src/ports/index.ts';
import { openChangeQueue } from '../../src/queue/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { agentYaml, createExampleFolder } from '../config/example-files.ts';
import {
  customer,
  delivered,
  document,
  held,
  org,
  orgsOf,
  refusedDocument,
  salesArea,
  StandingClock,
  system,
} from '../queue/examples.ts';

let folder: string;
let agentsQueue: ChangeQueue;
let printed: string[];
let said: string[];
/** What commander writes by itself: usage errors. */
let complaints: { mockRestore(): void };
const clock = new StandingClock();

beforeEach(async () => {
  folder = createExampleFolder();
  writeFileSync(join(folder, 'agent.yaml'), agentYaml);
  complaints = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  // The agent runs beside the commands all the time.
  const settings = { file: join(folder, 'waiting.sqlite'), maxBytes: 64 * 1024 * 1024, orgsOf };
  agentsQueue = await openChangeQueue(settings, { clock, log: silentLog });
});
afterEach(async () => {
  complaints.mockRestore();
  process.exitCode = 0;
  await agentsQueue.close();
  rmSync(folder, { recursive: true });
});

async function gangway(...args: readonly string[]): Promise<number> {
  printed = [];
  said = [];
  const terminal = { print: (line: string) => printed.push(line), say: (line: string) => said.push(line) };
  const file = `agent.changesFile=${join(folder, 'waiting.sqlite')}`;
  const place = args.includes('--set') ? [] : ['--set', file];
  return runCli([...args, '--config', join(folder, 'agent.yaml'), ...place], terminal);
}
const takeAll = () => agentsQueue.take(org, system, 100);
async function holdTwo(): Promise<void> {
  await agentsQueue.accept([document(11, salesArea(104711)), document(12, customer(104712))]);
  const [area, other] = await takeAll();
  if (area === undefined || other === undefined) throw new Error('Both are due');
  await agentsQueue.settle(org, [held(area, customer(104711)), held(other)]);
}

describe('trace', () => {
  test('says by which document a change came, and when Salesforce had it', async () => {
    await agentsQueue.accept([document(1234, customer(104711))]);
    await agentsQueue.settle(
      org,
      (await takeAll()).map((record) => delivered(record)),
    );
    expect(await gangway('trace', '104711')).toBe(0);
    expect(printed).toEqual([
      'customer 104711 of ERPCLNT100',
      '  DEBMAS 0000000000001234 of ERPCLNT100 (master), position 1',
      '    SAP        2026-11-21 10:20:34 UTC',
      '    arrived    2026-11-21 10:00:00 UTC',
      '    Salesforce 2026-11-21 10:00:30 UTC, record 0015g00000NORD1AAA',
      '    values     name = Nordwind 1234',
      '',
    ]);
  });

  test('says of what is held why, and what is next', async () => {
    await holdTwo();
    expect(await gangway('trace', '0000104711')).toBe(0);
    expect(printed.join('\n')).toMatch(
      /sales-area 104711\/1000\/10\/00 .*\n.*\n.*\n.*\n +held: not in Salesforce\n.*CHANGE_PARENT_MISSING\)\n +Next: /,
    );
  });

  test('prints JSON for scripts', async () => {
    await agentsQueue.accept([document(7, customer(104711))]);
    expect(await gangway('trace', '7', '--json')).toBe(0);
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      number: '7',
      changes: [{ key: customer(104711), state: 'waiting', source: { type: 'DEBMAS' } }],
    });
  });

  test('fails where nothing of the number has come, and where nothing ever came', async () => {
    expect(await gangway('trace', '4711')).toBe(1);
    expect(said.join()).toMatch(/No change of 4711 has come from SAP/);
    expect(await gangway('trace', '4711', '--set', `agent.changesFile=${join(folder, 'nowhere.sqlite')}`)).toBe(1);
    expect(said.join()).toMatch(/No change of SAP has ever been kept here/);
  });

  test.each(['', 'a b', "1'; DROP TABLE change", 'x'.repeat(41)])('takes no %j for a number', async (number) => {
    expect(await gangway('trace', number)).toBe(2);
  });
});

describe('queue', () => {
  test('lists held changes and refused documents, each with its reason and the next step', async () => {
    await holdTwo();
    await agentsQueue.refuse(refusedDocument(13));
    expect(await gangway('queue', 'list', '--changes')).toBe(0);
    const lines = printed.join('\n');
    expect(lines).toMatch(
      /^SC-000001 {2}held {2}sales-area 104711\/1000\/10\/00 of ERPCLNT100 {2}DEBMAS 0000000000000011/,
    );
    expect(lines).toContain('  Waits for customer 104711');
    expect(lines).toMatch(/SD-000003 {2}refused {2}DEBMAS 0000000000000013 of ERPCLNT100/);
    expect(lines).toContain('  E1KNA1M-KUNNR is no customer number');
    expect(printed.filter((line) => line.startsWith('  Next: '))).toHaveLength(3);
    expect(said).toEqual(['Changes of SAP: held 2, refused documents 1']);
  });

  test('lists them as JSON', async () => {
    await holdTwo();
    await agentsQueue.refuse(refusedDocument(13));
    await gangway('queue', 'list', '--changes', '--json');
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      changes: {
        held: [{ name: 'SC-000001', key: salesArea(104711) }, { name: 'SC-000002' }],
        refused: [{ name: 'SD-000003', error: { code: 'QUEUE_FULL', issues: [{ path: 'E1KNA1M-KUNNR' }] } }],
      },
    });
  });

  test('shows one by its name, with what waits for it', async () => {
    await holdTwo();
    expect(await gangway('queue', 'show', 'SC-000002')).toBe(0);
    expect(printed[0]).toMatch(/^SC-000002 {2}held {2}customer 104712/);
    expect(printed.join('\n')).toContain('name = Nordwind 12');
    expect(await gangway('queue', 'show', 'SC-000099')).toBe(1);
    expect(said).toEqual(['FAIL SC-000099: nothing is held or refused under this name']);
  });

  test('retries by name; the running agent has it again', async () => {
    await holdTwo();
    expect(await gangway('queue', 'retry', 'SC-000002', 'sc-77')).toBe(1);
    expect(printed).toEqual(['ok   SC-000002']);
    expect(said).toContain('FAIL SC-000077: nothing is held or refused under this name');
    expect(await takeAll()).toMatchObject([{ key: customer(104712) }]);
  });

  test('discards by name with a reason, which the trace then tells', async () => {
    await holdTwo();
    expect(await gangway('queue', 'discard', 'SC-000001')).toBe(2);
    expect(await gangway('queue', 'discard', 'SC-000001', '--reason', 'entered twice')).toBe(0);
    expect(await gangway('trace', '104711')).toBe(0);
    expect(printed.join('\n')).toMatch(/discarded: entered twice \(.*gangway queue\)/);
    expect(await agentsQueue.held(10)).toMatchObject([{ name: 'SC-000002' }]);
  });

  test('puts no change on hold', async () => {
    await holdTwo();
    expect(await gangway('queue', 'hold', 'SC-000001', '--reason', 'later')).toBe(2);
  });
});
