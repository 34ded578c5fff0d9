/** The simulated org as a program, and the commands that look into it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { agentYaml, createExampleFolder, org } from '../config/example-files.ts';
import { Gangway, gangway } from './gangway.ts';

/** Four processes, one after the other; a busy machine needs patience. */
const patienceMs = 120_000;

let folder: string;
let simulator: Gangway | undefined;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(async () => {
  simulator?.signal('SIGKILL');
  await simulator?.ended;
  rmSync(folder, { recursive: true });
});

const file = (name: string): string => join(folder, name);
const username = 'gangway.agent@nordkap.example';
const report = z.object({
  results: z.array(z.object({ name: z.string(), state: z.string(), code: z.string().optional() })),
});

async function startOrg(): Promise<{ readonly url: string; readonly pubSub: string }> {
  simulator = new Gangway([
    ...['simulate', 'salesforce', '--relay-url', 'http://127.0.0.1:9', '--org-id', org],
    ...['--private-key-file', file('org-key.pem'), '--client-id', 'gangway-client'],
    ...['--client-certificate', file('org.pem'), '--client-user', username],
  ]);
  const [, url = ''] = await simulator.said(/is ready: (http:\S+)/);
  const [, pubSub = ''] = await simulator.said(/Pub\/Sub API: (http:\S+)/);
  return { url, pubSub };
}

test(
  'an org is checked and its queue is read, with no agent and no SAP',
  async () => {
    const { url, pubSub } = await startOrg();
    const access = `salesforce: { loginUrl: "${url}", pubSub: "${pubSub}", clientId: gangway-client, username: ${username}, privateKeyFile: org-key.pem }`;
    const yaml = agentYaml
      .replace(/ {2}relays:.*\n {2}publicUrl:.*\n/, '')
      .replace('systems: [ERPCLNT100] }]', `systems: [ERPCLNT100], ${access} }]`);
    writeFileSync(file('agent.yaml'), yaml);

    const checked = await gangway(['check', '--json', '--config', file('agent.yaml')]);
    const { results } = report.parse(JSON.parse(checked.out));
    const ofOrg = results.filter(({ name }) => name.startsWith('Salesforce'));
    expect(ofOrg.map(({ name, state }) => [name.split(' ').slice(2).join(' '), state])).toEqual([
      ['logon', 'passed'],
      ['clock', 'passed'],
      ['outbox', 'passed'],
      ['bell', 'passed'],
      ['API calls', 'passed'],
    ]);
    expect(results.find(({ name }) => name === 'SAP logon')).toMatchObject({
      state: 'failed',
      code: 'SAP_UNREACHABLE',
    });

    const listed = await gangway(['queue', 'list', '--json', '--config', file('agent.yaml')]);
    expect([listed.code, JSON.parse(listed.out)]).toMatchObject([0, { next: null }]);
    expect(checked.out + checked.err + listed.err).not.toMatch(/PRIVATE KEY|eyJ|00D5g000004GANG!/);
  },
  patienceMs,
);
