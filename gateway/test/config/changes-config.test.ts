/** The settings by which changes of SAP come. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesFileOf, loadAgentConfig } from '../../src/config/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { agentYaml, createExampleFolder } from './example-files.ts';

let folder: string;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const access = `salesforce: { loginUrl: https://acme.my.salesforce.com, clientId: 3MVG9,
    username: gangway@acme.example, privateKeyFile: org-key.pem }`;
const looking = agentYaml.replace('systems: [ERPCLNT100] }]', `systems: [ERPCLNT100], ${access} }]`);
const load = (sap: string, yaml = looking) => {
  writeFileSync(join(folder, 'agent.yaml'), yaml.replace('log:', `  ${sap}\nlog:`));
  return loadAgentConfig({ file: join(folder, 'agent.yaml'), environment: {} });
};
const warningsOf = (sap: string, yaml = looking): string =>
  load(sap, yaml)
    .warnings.map(({ setting, problem }) => `${setting}: ${problem}`)
    .join('\n');
const problemsOf = (sap: string, yaml = looking): string => {
  try {
    load(sap, yaml);
  } catch (error) {
    if (error instanceof GatewayError) return error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n');
  }
  throw new Error('the configuration was accepted');
};

test('none of them is switched on by itself', () => {
  const { sap, agent } = load('language: EN').config;
  expect([sap.idocs, sap.changesSince]).toEqual([undefined, undefined]);
  expect(changesFileOf(agent)).toBe(join(folder, 'journal.changes.db'));
});

test('the changes of two agents whose journals lie in one folder wait in two files', () => {
  const files = ['agent-1.sqlite', 'agent-2.sqlite', 'agent'].map((name) =>
    changesFileOf({ journalFile: join(folder, name) }),
  );
  const names = ['agent-1.changes.sqlite', 'agent-2.changes.sqlite', 'agent.changes'];
  expect(files).toEqual(names.map((name) => join(folder, name)));
});

describe('the listener', () => {
  test.each(['127.0.0.1', 'localhost', '::1'])('of this machine itself (%s) needs no password', (host) => {
    expect(load(`idocs: { listen: { host: '${host}' } }`).config.sap.idocs?.listen).toMatchObject({
      host,
      port: 8_200,
      path: '/idocs',
    });
  });

  test.each(['0.0.0.0', '10.1.2.3', '127.example.com', '::', 'agent.acme.example'])(
    'that others reach (%s) needs user and password',
    (host) => {
      const problems = problemsOf(`idocs: { listen: { host: '${host}' } }`);
      expect(problems).toMatch(/sap\.idocs\.listen\.user: is required where others than this machine reach it/);
      expect(problems).toMatch(/sap\.idocs\.listen\.passwordFile: is required/);
      expect(problemsOf(`idocs: { listen: { host: '${host}', user: IDOC } }`)).toMatch(/passwordFile: is required/);
    },
  );

  test('with half of the two is never meant', () => {
    expect(problemsOf('idocs: { listen: { user: IDOC } }')).toMatch(/passwordFile: is required with the other one/);
    expect(problemsOf('idocs: { listen: { passwordFile: password } }')).toMatch(/user: is required/);
    expect(problemsOf("idocs: { listen: { user: 'a:b', passwordFile: password } }")).toMatch(/must not have a colon/);
  });

  test('without TLS beyond this machine is warned of', () => {
    const listen = 'idocs: { listen: { host: 10.1.2.3, user: IDOC, passwordFile: password } }';
    expect(warningsOf(listen)).toMatch(/sap\.idocs\.listen\.tls: is absent: IDocs and the password cross/);
  });

  test('finds its files beside the configuration', () => {
    const tls = 'tls: { certificateFile: org.pem, privateKeyFile: org-key.pem }';
    const { config } = load(`idocs: { listen: { user: IDOC, passwordFile: password, ${tls} } }`);
    expect(config.sap.idocs?.listen?.tls?.certificateFile).toBe(join(folder, 'org.pem'));
    expect(problemsOf('idocs: { listen: { user: IDOC, passwordFile: missing } }')).toMatch(/does not exist/);
  });
});

describe('the folder', () => {
  test('that is not there is a warning: a share may come later', () => {
    expect(warningsOf('idocs: { folder: { path: missing } }')).toMatch(/sap\.idocs\.folder\.path: names a folder that/);
    expect(warningsOf('idocs: { folder: { path: password } }')).toMatch(/names something that is no folder/);
    mkdirSync(join(folder, 'there'));
    expect(warningsOf('idocs: { folder: { path: there } }')).not.toMatch(/folder/);
  });
});

describe('changes since', () => {
  test('need the ABAP pack and their feature', () => {
    expect(problemsOf('changesSince: {}\n  abapPack: absent')).toMatch(/sap\.changesSince: needs the ABAP pack/);
    expect(problemsOf('changesSince: {}\n  features: [customers]')).toMatch(/sap\.features: lacks changes/);
    expect(load('changesSince: {}').config.sap.changesSince?.pollSeconds).toBe(15);
  });
});

test('changes that no org wants are warned of', () => {
  expect(warningsOf('changesSince: {}')).not.toMatch(/no org wants/);
  expect(warningsOf('changesSince: {}', agentYaml)).toMatch(/no org wants changes of SAP/);
  const declined = looking.replace(
    'privateKeyFile: org-key.pem }',
    'privateKeyFile: org-key.pem, changes: { deliver: false } }',
  );
  expect(warningsOf('idocs: { listen: {} }', declined)).toMatch(/no org wants changes of SAP/);
});

test('changes and journal are two files', () => {
  const both = looking.replace('journalFile: journal.db', 'journalFile: journal.db\n  changesFile: journal.db');
  expect(problemsOf('language: EN', both)).toMatch(/agent\.changesFile: is the journal too/);
});
