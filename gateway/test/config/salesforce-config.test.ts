/** The settings of the agent's own way into an org. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAgentConfig, showConfig } from '../../src/config/index.ts';
import type { Environment } from '../../src/config/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { agentYaml, createExampleFolder } from './example-files.ts';

let folder: string;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const access = `salesforce: { loginUrl: https://acme.my.salesforce.com, clientId: 3MVG9,
    username: gangway@acme.example, privateKeyFile: org-key.pem }`;
const withAccess = (more = ''): string =>
  agentYaml.replace('systems: [ERPCLNT100] }]', `systems: [ERPCLNT100], ${access.replace(' }', `${more} }`)} }]`);
const withoutRelays = (yaml: string): string => yaml.replace(/ {2}relays:.*\n {2}publicUrl:.*\n/, '');
const load = (yaml: string, environment: Environment = {}) => {
  writeFileSync(join(folder, 'agent.yaml'), yaml);
  return loadAgentConfig({ file: join(folder, 'agent.yaml'), environment });
};
const problemsOf = (yaml: string): string => {
  try {
    load(yaml);
  } catch (error) {
    return error instanceof GatewayError
      ? error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n')
      : '';
  }
  throw new Error('the configuration was accepted');
};

test('they have defaults, and files are found beside the configuration', () => {
  expect(load(withAccess()).config.agent.orgs[0]?.salesforce).toEqual({
    loginUrl: 'https://acme.my.salesforce.com',
    audience: 'https://login.salesforce.com',
    clientId: '3MVG9',
    username: 'gangway@acme.example',
    privateKeyFile: join(folder, 'org-key.pem'),
    bell: true,
    pubSub: 'https://api.pubsub.salesforce.com:7443',
    pollSeconds: 30,
    leaseSeconds: 60,
    changes: expect.objectContaining({ deliver: true, dailyApiCalls: 40_000, canarySeconds: 60 }),
  });
});

test('yes and no are read as such', () => {
  expect(load(withAccess(', bell: false')).config.agent.orgs[0]?.salesforce?.bell).toBe(false);
  expect(problemsOf(withAccess(', bell: perhaps'))).toMatch(/salesforce.bell: must be true or false/);
});

test('with them, an agent needs no relay', () => {
  const { agent } = load(withoutRelays(withAccess())).config;
  expect([agent.relays, agent.publicUrl]).toEqual([[], undefined]);
});

test.each([
  [
    'neither relay nor outbox',
    () => withoutRelays(agentYaml),
    /^agent.orgs\[0\].salesforce: is required where there are no relays/,
  ],
  [
    'relays without their public URL',
    () => agentYaml.replace(/ {2}publicUrl:.*\n/, ''),
    /^agent.publicUrl: is required where there are relays/,
  ],
  [
    'a logon in the clear',
    () => withAccess().replace('https://acme', 'http://acme'),
    /salesforce.loginUrl: must be https/,
  ],
  [
    'a Pub/Sub API in the clear',
    () => withAccess(', pubSub: http://events.example.com'),
    /salesforce.pubSub: must be https/,
  ],
  [
    'a logon with a path',
    () => withAccess().replace('.salesforce.com,', '.salesforce.com/x,'),
    /salesforce.loginUrl: must be https/,
  ],
  [
    'a lease of one visit',
    () => withAccess(', pollSeconds: 31'),
    /salesforce.leaseSeconds: must be at least twice pollSeconds/,
  ],
  [
    'a namespace that is none',
    () => withAccess(', namespace: a__b'),
    /salesforce.namespace: must be a namespace prefix/,
  ],
  [
    'a key file that is not there',
    () => withAccess().replace('org-key.pem', 'no.pem'),
    /salesforce.privateKeyFile: names a file that does not exist/,
  ],
  [
    'a setting there is not',
    () => withAccess(', usrname: x'),
    /salesforce.usrname: is not a setting; did you mean username/,
  ],
])('%s is refused', (_, yaml, expected) => {
  expect(problemsOf(yaml())).toMatch(expected);
});

test('http is for this machine itself', () => {
  const yaml = withAccess(', pubSub: http://127.0.0.1:7443').replace(
    'https://acme.my.salesforce.com',
    'http://localhost:1',
  );
  expect(load(yaml).config.agent.orgs[0]?.salesforce?.loginUrl).toBe('http://localhost:1');
});

describe('the proxy on the way to Salesforce', () => {
  const HTTPS_PROXY = 'http://proxy.example.com:3128';
  const proxyOf = (yaml: string, environment: Environment) =>
    load(yaml, environment).config.agent.orgs[0]?.salesforce?.proxyUrl;

  test("is its own, then the agent's, then that of the environment", () => {
    const own = withAccess(', proxyUrl: http://own:1');
    const GANGWAY_AGENT_PROXY_URL = 'http://agent:2';
    expect(proxyOf(own, { GANGWAY_AGENT_PROXY_URL, HTTPS_PROXY })).toBe('http://own:1');
    expect(proxyOf(withAccess(), { GANGWAY_AGENT_PROXY_URL, HTTPS_PROXY })).toBe('http://agent:2');
    expect(proxyOf(withAccess(), { HTTPS_PROXY })).toBe(HTTPS_PROXY);
    expect(proxyOf(withAccess(), {})).toBeUndefined();
  });

  test('is left out where NO_PROXY covers it, whatever the relays need', () => {
    const { agent } = load(withAccess().replace('ws://127.0.0.1:8443', 'wss://relay.example.com'), {
      HTTPS_PROXY,
      NO_PROXY: '.salesforce.com',
    }).config;
    expect(agent.proxyUrl).toBe(HTTPS_PROXY);
    expect(agent.orgs[0]?.salesforce?.proxyUrl).toBeUndefined();
  });

  test('is shown without its password', () => {
    const shown = showConfig(load(withAccess(', proxyUrl: "http://user:hunter2@own:1"')));
    expect(shown.find(({ setting }) => setting === 'agent.orgs[0].salesforce.proxyUrl')?.value).toBe(
      'http://[removed]@own:1',
    );
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  test('of the kind that gRPC cannot use is a warning while the bell is wanted', () => {
    const settings = (yaml: string) => load(yaml).warnings.map(({ setting }) => setting);
    expect(settings(withAccess(', proxyUrl: https://own:1'))).toEqual(['agent.orgs[0].salesforce.bell']);
    expect(settings(withAccess(', bell: false, proxyUrl: https://own:1'))).toEqual([]);
  });
});
