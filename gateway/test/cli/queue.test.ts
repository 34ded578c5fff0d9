/** `gangway queue`: what people read, what scripts read, and what is asked of the org. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { agentYaml, createExampleFolder } from '../config/example-files.ts';
import { FakeOrg, privateKey } from '../salesforce/fake-org.ts';

let folder: string;
let fake: FakeOrg;
let printed: string[];
let said: string[];
/** What commander writes by itself: usage errors. */
let complaints: { mockRestore(): void };
beforeEach(async () => {
  folder = createExampleFolder();
  fake = await FakeOrg.start();
  writeFileSync(join(folder, 'salesforce.pem'), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, 'agent.yaml'), yamlFor());
  complaints = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  complaints.mockRestore();
  process.exitCode = 0;
  await fake.close();
  rmSync(folder, { recursive: true });
});

const accessTo = (url: string): string =>
  `salesforce: { loginUrl: "${url}", clientId: gangway-client, username: gangway@acme.example, namespace: gway, privateKeyFile: salesforce.pem }`;
const yamlFor = (more = ''): string =>
  agentYaml.replace('systems: [ERPCLNT100] }]', `systems: [ERPCLNT100], ${accessTo(fake.url)} }${more}]`);

async function queue(...args: readonly string[]): Promise<number> {
  printed = [];
  said = [];
  const terminal = { print: (line: string) => printed.push(line), say: (line: string) => said.push(line) };
  return runCli(['queue', ...args, '--config', join(folder, 'agent.yaml')], terminal);
}
const questions = (): readonly unknown[] => fake.calls.map(({ body }) => JSON.parse(body) as unknown);

const held = {
  id: 'customer.change:001000000000002:3',
  name: 'SR-000012',
  kind: 'customer.change',
  state: 'held',
  system: 'ERPCLNT100',
  account: { id: '001000000000002AAA', name: 'Nordwind Logistik GmbH' },
  customer: '0000104711',
  attempts: 3,
  code: 'SAP_CUSTOMER_MARKED_FOR_DELETION',
  whatHappened: 'SAP customer 104711 is marked for deletion.',
  nextStep: 'Remove the deletion flag in XD06.',
  wish: null,
  correlationId: '6d1b2c33-0001',
  requestedAt: '2026-11-21T08:00:00.000Z',
  requestedBy: 'Rosa Rep',
  changedAt: '2026-11-21T08:01:02.000Z',
};
const ready = {
  ...held,
  id: 'customer.create:001000000000003',
  name: 'SR-000013',
  state: 'ready',
  customer: null,
  attempts: 0,
  code: null,
  whatHappened: null,
  nextStep: null,
};
const counts = { ready: 1, sent: 0, verifying: 0, held: 1, done: 50_000, refused: 0 };
const page = { requests: [held, ready] as unknown[], next: null as string | null, counts };

describe('list', () => {
  test('prints a table, with the reason and the next step below what waits for a person', async () => {
    fake.answers = [{ json: page }];
    expect(await queue('list')).toBe(0);
    expect(printed).toEqual([
      'NAME       STATE  KIND             CUSTOMER  ACCOUNT                 TRIED  SINCE',
      'SR-000012  held   customer.change  104711    Nordwind Logistik GmbH  3      2026-11-21T08:01:02',
      '  SAP customer 104711 is marked for deletion. (SAP_CUSTOMER_MARKED_FOR_DELETION)',
      '  Next: Remove the deletion flag in XD06.',
      'SR-000013  ready  customer.change            Nordwind Logistik GmbH  0      2026-11-21T08:01:02',
    ]);
    expect(said).toEqual(['In all: ready 1, sent 0, verifying 0, held 1, done 50,000 or more, refused 0']);
    expect(fake.calls[0]?.path).toBe('/services/apexrest/gway/gangway/v1/queue');
  });

  test('asks for what is wanted', async () => {
    fake.answers = [{ json: page }];
    await queue('list', '--system', 'ERPCLNT100', '--state', 'held', '--state', 'refused', '--limit', '7');
    expect(questions()).toEqual([
      { action: 'list', system: 'ERPCLNT100', states: ['held', 'refused'], after: null, limit: 7 },
    ]);
  });

  test('goes from page to page as far as the limit', async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ ...ready, name: `SR-${index}` }));
    fake.answers = [{ json: { ...page, requests: many, next: 'here' } }, { json: { ...page, next: 'there' } }];
    await queue('list', '--limit', '202');
    expect(questions()).toMatchObject([
      { after: null, limit: 200 },
      { after: 'here', limit: 2 },
    ]);
    expect(said.at(-1)).toBe('There are more; --limit 404 prints further ones.');
  });

  test('prints JSON for scripts, and nothing else on standard output', async () => {
    fake.answers = [{ json: page }];
    await queue('list', '--json');
    expect(JSON.parse(printed.join('\n'))).toEqual({ requests: [held, ready], counts, next: null });
  });

  test('never lets text of the org move the cursor', async () => {
    const account = { id: null, name: '\u001b[2J\u0007Evil\u202e\r\nSR-1 done' };
    fake.answers = [{ json: { ...page, requests: [{ ...held, account, whatHappened: '\u001b]0;x\u0007' }] } }];
    await queue('list');
    expect(printed.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(printed[1]).toContain('Evil SR-1 done');
  });
});

describe('show', () => {
  const shown = {
    ...held,
    payload: '{"phone":"1"}',
    problem: { code: 'X' },
    sapMessages: [{ type: 'E', id: 'F2', number: '153', text: 'Customer is flagged' }],
    history: [{ at: '2026-11-21T08:00:00Z', what: 'requested' }],
  };

  test('prints everything, by key or by name', async () => {
    fake.answers = [{ json: { request: shown } }];
    expect(await queue('show', 'SR-000012')).toBe(0);
    expect(questions()).toEqual([{ action: 'show', id: 'SR-000012' }]);
    const text = printed.join('\n');
    for (const part of [
      'Key:            customer.change:001000000000002:3',
      'Customer:       104711',
      '{"phone":"1"}',
      'F2 153: Customer is flagged',
      '2026-11-21T08:00:00Z requested',
      'Next: Remove the deletion flag',
    ])
      expect(text).toContain(part);
  });

  test('says when there is no such request, and where to look', async () => {
    fake.answers = [{ json: { request: null } }];
    expect(await queue('show', 'SR-99')).toBe(1);
    expect(said).toEqual([
      'REQUEST_UNKNOWN: The org has no request SR-99.',
      expect.stringMatching(/^Next: .*queue list/),
    ]);
  });
});

describe('retry, hold and discard', () => {
  const done = (id: string) => ({ id, result: 'done', reason: null });

  test('retry says of each what became of it, and fails when one was refused', async () => {
    fake.answers = [{ json: { results: [done('SR-1'), { id: 'SR-2', result: 'refused', reason: 'It is done' }] } }];
    expect(await queue('retry', 'SR-1', 'SR-2')).toBe(1);
    expect(printed).toEqual(['ok   SR-1', 'FAIL SR-2: It is done']);
    expect(said).toEqual(['1 of 2 done.']);
    expect(questions()).toEqual([{ action: 'retry', ids: ['SR-1', 'SR-2'] }]);
  });

  test('retry --all-held goes through all pages', async () => {
    fake.answers = [
      { json: { ...page, requests: [held], next: 'c' } },
      { json: { results: [done(held.id)] } },
      { json: { ...page, requests: [{ ...held, id: 'contact.create:003' }] } },
      { json: { results: [done('contact.create:003')] } },
    ];
    expect(await queue('retry', '--all-held', '--system', 'ERPCLNT100')).toBe(0);
    expect(questions()).toMatchObject([
      { action: 'list', states: ['held'], system: 'ERPCLNT100', after: null },
      { action: 'retry', ids: [held.id] },
      { action: 'list', after: 'c' },
      { action: 'retry', ids: ['contact.create:003'] },
    ]);
    expect(said).toEqual(['2 of 2 done.']);
  });

  test.each(['hold', 'discard'])('%s says why, and who', async (action) => {
    fake.answers = [{ json: { results: [done('SR-1')] } }];
    expect(await queue(action, 'SR-1', '--reason', 'wrong address')).toBe(0);
    expect(questions()).toEqual([
      { action, ids: ['SR-1'], reason: 'wrong address', by: expect.stringContaining('gangway queue') },
    ]);
    expect(said.join()).toContain('looked up there first');
  });

  test('no more than 200 are asked for at once', async () => {
    const ids = Array.from({ length: 201 }, (_, index) => `SR-${index}`);
    fake.answers = [{ json: { results: ids.slice(0, 200).map(done) } }, { json: { results: [done('SR-200')] } }];
    expect(await queue('retry', ...ids, '--json')).toBe(0);
    expect(questions()).toMatchObject([{ ids: ids.slice(0, 200) }, { ids: ['SR-200'] }]);
    expect(JSON.parse(printed.join('\n'))).toMatchObject({ results: { length: 201 } });
  });
});

describe('a command line that makes no sense ends with 2, before anything is asked', () => {
  test.each([
    ['retry of nothing', ['retry']],
    ['retry of some and all', ['retry', 'SR-1', '--all-held']],
    ['discard without a reason', ['discard', 'SR-1']],
    ['hold with an empty reason', ['hold', 'SR-1', '--reason', ' ']],
    ['hold with a reason longer than the org keeps', ['hold', 'SR-1', '--reason', 'x'.repeat(256)]],
    ['a state there is not', ['list', '--state', 'gone']],
    ['a limit of nothing', ['list', '--limit', '0']],
    ['an org that is not configured', ['list', '--org', '00D000000000009']],
    ['an org that is no org', ['list', '--org', 'mine']],
  ])('%s', async (_, args) => {
    expect(await queue(...args)).toBe(2);
    expect(fake.asked).toEqual([]);
  });
});

describe('which org', () => {
  test('is named where there are several', async () => {
    fake.answers = [{ json: page }];
    const second = `, { id: 00D000000000009, certificates: [org.pem], systems: [ERPCLNT100], ${accessTo('http://127.0.0.1:1')} }`;
    writeFileSync(join(folder, 'agent.yaml'), yamlFor(second));
    expect(await queue('list')).toBe(2);
    expect(await queue('list', '--org', '00D5g000004GANG')).toBe(0);
    expect(await queue('list', '--org', '00D000000000009')).toBe(1);
    expect(said[0]).toMatch(/^SALESFORCE_UNREACHABLE: /);
  });

  test('cannot be asked where the agent has no way in', async () => {
    writeFileSync(join(folder, 'agent.yaml'), agentYaml);
    expect(await queue('list')).toBe(3);
    expect(said.join('\n')).toContain('agent.orgs[].salesforce is needed');
  });

  test('that refuses is said with the next step', async () => {
    fake.answers = [
      { status: 403, json: { error: 'INSUFFICIENT_ACCESS', message: 'The user lacks the custom permission' } },
    ];
    expect(await queue('list')).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^SALESFORCE_NOT_AUTHORIZED: /),
      expect.stringMatching(/^Next: .*permission set/),
    ]);
  });
});
