/** Configuration: one order of sources, and everything wrong said at once, with the way to put it right. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAgentConfig, loadRelayConfig, programsIn, showConfig } from '../../src/config/index.ts';
import type { Environment } from '../../src/config/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import { agentYaml, createExampleFolder, org, relayYaml } from './example-files.ts';

let folder: string;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const loadRelay = (yaml: string = relayYaml, environment: Environment = {}, flags: readonly string[] = []) => {
  writeFileSync(join(folder, 'relay.yaml'), yaml);
  return loadRelayConfig({ file: join(folder, 'relay.yaml'), environment, flags });
};
const loadAgent = (yaml: string = agentYaml, environment: Environment = {}, flags: readonly string[] = []) => {
  writeFileSync(join(folder, 'agent.yaml'), yaml);
  return loadAgentConfig({ file: join(folder, 'agent.yaml'), environment, flags });
};
/** Every problem of a load that fails, as `setting: message`. */
const problemsOf = (load: () => unknown): readonly string[] => {
  try {
    load();
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    return error instanceof GatewayError ? error.issues.map(({ path, message }) => `${path}: ${message}`) : [];
  }
  throw new Error('the configuration was accepted');
};

describe('a complete file', () => {
  test('gives every setting its type, with defaults for the rest', () => {
    const { config, warnings } = loadRelay();
    expect(config.relay.listen).toEqual({ host: '127.0.0.1', port: 0 });
    expect(config.relay.orgs[0]?.id).toHaveLength(18);
    expect(config.relay.limits.readDeadlineMs).toBe(20_000);
    expect(config.log.level).toBe('warn');
    expect(warnings).toEqual([]);
  });

  test('names files relative to its own folder', () => {
    const { config } = loadAgent();
    expect(config.agent.privateKeyFile).toBe(join(folder, 'agent.pem'));
    expect(config.agent.journalFile).toBe(join(folder, 'journal.db'));
  });

  test('keeps the zeros of codes that look like numbers', () => {
    const { config } = loadAgent(agentYaml.replace('user:', 'companyCodes: [0010, 1000]\n  user:'));
    expect(config.sap.client).toBe('001');
    expect(config.sap.companyCodes).toEqual(['0010', '1000']);
  });

  test('is frozen, down to its lists', () => {
    const { config } = loadRelay();
    expect(() => Object.assign(config.relay.orgs, [])).not.toThrow();
    expect(() => Object.assign(config.relay.listen, { port: 1 })).toThrow(TypeError);
    expect(Object.isFrozen(config.relay.orgs[0]?.systems)).toBe(true);
  });

  test('tells which programs it is for', () => {
    expect(programsIn({ file: join(folder, 'relay.yaml'), environment: {} })).toEqual(['relay']);
    writeFileSync(join(folder, 'both.yaml'), `${relayYaml.replace(/log:.*/, '')}\n${agentYaml.trim()}`);
    expect(programsIn({ file: join(folder, 'both.yaml'), environment: {} })).toEqual(['relay', 'agent']);
  });

  test.each(['relay', 'agent'] as const)(
    'the example of the %s names settings that exist, with sound values',
    (program) => {
      const example = readFileSync(new URL(`../../../config/gateway/${program}.example.yaml`, import.meta.url), 'utf8');
      const found = problemsOf(() => (program === 'relay' ? loadRelay(example) : loadAgent(example)));
      // The only thing an example cannot have are the files it names.
      expect(found.filter((problem) => !problem.includes('names a file that does not exist'))).toEqual([]);
      expect(found.length).toBeGreaterThan(0);
    },
  );
});

describe('the order of sources', () => {
  test('is flag before environment before file before default', () => {
    const yaml = relayYaml.replace('port: 0', 'port: 1001');
    const port = (environment: Environment, flags: readonly string[]) =>
      loadRelay(yaml, environment, flags).config.relay.listen.port;
    const environment = { GANGWAY_RELAY_LISTEN_PORT: '1002' };
    expect(port(environment, ['relay.listen.port=1003'])).toBe(1003);
    expect(port(environment, [])).toBe(1002);
    expect(port({}, [])).toBe(1001);
    expect(loadRelay(relayYaml.replace('port: 0', '')).config.relay.listen.port).toBe(8443);
  });

  test('passes over what is empty', () => {
    const yaml = relayYaml.replace('port: 0', 'port: ""');
    expect(loadRelay(yaml, { GANGWAY_RELAY_LISTEN_PORT: ' ' }, ['relay.listen.port=']).config.relay.listen.port).toBe(
      8443,
    );
  });

  test('works for lists, with commas', () => {
    const relays = 'wss://one.example.com, wss://two.example.com';
    const { config } = loadAgent(agentYaml, { GANGWAY_AGENT_RELAYS: relays });
    expect(config.agent.relays).toEqual(['wss://one.example.com', 'wss://two.example.com']);
  });

  test('can be seen: each value says where it is from, and no secret is shown', () => {
    const loaded = loadAgent(agentYaml, {
      GANGWAY_SAP_LANGUAGE: 'DE',
      GANGWAY_AGENT_PROXY_URL: 'http://user:secret@proxy.example.com:3128',
    });
    const shown = new Map(showConfig(loaded).map(({ setting, value, source }) => [setting, [value, source]]));
    expect(shown.get('sap.language')).toEqual(['DE', 'GANGWAY_SAP_LANGUAGE']);
    expect(shown.get('sap.client')).toEqual(['001', join(folder, 'agent.yaml')]);
    expect(shown.get('sap.maxConnections')).toEqual(['8', 'default']);
    expect(shown.get('sap.passwordFile')?.[0]).toBe(join(folder, 'password'));
    expect(shown.get('agent.proxyUrl')?.[0]).toBe('http://[removed]@proxy.example.com:3128');
    expect(JSON.stringify([...shown])).not.toMatch(/secret|Gangway-Sim/);
  });
});

describe('what is wrong', () => {
  test('is said all at once, each with the places where it can be set', () => {
    const yaml = `
relay:
  publicUrl: gangway.example.com
  lisen: { port: 1 }
  listen: { port: seventy }
  orgs: [{ id: 4711, certificates: [org.pem], systems: [erp], sytems: [] }]
lgo: {}
`;
    expect(problemsOf(() => loadRelay(yaml))).toEqual([
      'relay.publicUrl: must be https://host[:port] without a path (http:// only for this machine itself) ' +
        '(the configuration file, GANGWAY_RELAY_PUBLIC_URL or --set relay.publicUrl=...)',
      'relay.listen.port: must be a whole number from 0 to 65535 ' +
        '(the configuration file, GANGWAY_RELAY_LISTEN_PORT or --set relay.listen.port=...)',
      'relay.orgs[0].id: an org id has 15 or 18 characters and starts with 00D (the configuration file)',
      'relay.orgs[0].systems[0]: a logical system has up to ten capital letters and digits (the configuration file)',
      'relay.orgs[0].sytems: is not a setting; did you mean systems? (the configuration file)',
      'relay.agents: is required (the configuration file)',
      'relay.lisen: is not a setting; did you mean listen? (the configuration file)',
      'lgo: is not a setting; did you mean log? (the configuration file)',
    ]);
  });

  test('names every setting that each agent must have, when there is nothing at all', () => {
    const settings = problemsOf(() => loadAgentConfig({ environment: {} })).map((problem) => problem.split(':')[0]);
    expect(settings).toEqual([
      'agent.id',
      'agent.privateKeyFile',
      'agent.orgs',
      'agent.journalFile',
      'sap.system',
      'sap.client',
      'sap.timeZone',
    ]);
  });

  test('includes misspelt variables and flags, with the nearest one', () => {
    const found = problemsOf(() => loadRelay(relayYaml, { GANGWAY_RELAY_LISTEN_PRT: '1' }, ['relay.listen.hots=x']));
    expect(found).toEqual([
      'GANGWAY_RELAY_LISTEN_PRT: is not a setting; did you mean GANGWAY_RELAY_LISTEN_PORT? (the environment)',
      'relay.listen.hots: is not a setting; did you mean relay.listen.host? (--set setting=value)',
    ]);
    expect(() => loadRelay(relayYaml, { GANGWAY_SOMETHING_ELSE: '1', PATH: '/bin' })).not.toThrow();
  });

  test('never repeats a value, for it may be a secret in the wrong place', () => {
    const yaml = agentYaml.replace('passwordFile: password', 'password: hunter2');
    const found = problemsOf(() => loadAgent(yaml, {}, ['sap.password=hunter2']));
    expect(found.join('\n')).toContain('sap.password: is not a setting; did you mean passwordFile?');
    expect(found.join('\n')).not.toContain('hunter2');
  });

  test.each([
    ['a file that is not YAML', 'relay: [', /is not YAML/],
    ['a key given twice', `${relayYaml}\nlog: { level: info }`, /is not YAML: Map keys must be unique/],
    ['a list where a section belongs', 'relay: [1, 2]', /^relay: /],
    ['a text where a section belongs', 'relay: yes', /^relay: /],
    ['a level there is not', relayYaml.replace('level: warn', 'level: loud'), /^log.level: .*debug.*info/],
    [
      'an org twice',
      relayYaml.replace('orgs: [', `orgs: [{ id: ${org}, certificates: [org.pem], systems: [E] },`),
      /twice/,
    ],
    ['three certificates', relayYaml.replace('[org.pem]', '[org.pem, org.pem, org.pem]'), /certificates: too big/],
    ['a public URL with a path', relayYaml.replace(':8443', ':8443/v1'), /without a path/],
    [
      'a public URL in the clear',
      relayYaml.replace('127.0.0.1', 'gangway.example.com'),
      /^relay.publicUrl: must be https/,
    ],
    [
      'an agent for an org that is not trusted',
      relayYaml.replace(`orgs: [${org}]`, 'orgs: [00D5g000004OTHR]'),
      /does not/,
    ],
    [
      'a missing file',
      relayYaml.replace('org.pem', 'no.pem'),
      /relay.orgs\[0\].certificates\[0\]: names a file that does not exist/,
    ],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n${relayYaml}`,
      /cannot be read|is not/,
    ],
  ])('%s is refused', (_, yaml, expected) => {
    expect(problemsOf(() => loadRelay(yaml)).join('\n')).toMatch(expected);
  });

  test.each([
    ['a folder as secret', () => mkdirSync(join(folder, 'empty')), 'sap.passwordFile=empty', /not a regular file/],
    ['an empty secret', () => writeFileSync(join(folder, 'empty'), ''), 'sap.passwordFile=empty', /an empty file/],
    [
      'a huge secret',
      () => writeFileSync(join(folder, 'empty'), 'x'.repeat(70_000)),
      'sap.passwordFile=empty',
      /more than 65536/,
    ],
    ['a relay in the clear', () => undefined, 'agent.relays=ws://relay.example.com', /must be wss/],
    ['a relay with a password in it', () => undefined, 'agent.relays=wss://u:p@relay.example.com', /must be wss/],
    ['a time zone there is not', () => undefined, 'sap.timeZone=Europe/Atlantis', /must be an IANA zone/],
    ['a client of two digits', () => undefined, 'sap.client=10', /must be three digits/],
    ['a driver there is not', () => undefined, 'sap.driver=carrier-pigeon', /soap/],
  ])('%s is refused', (_, prepare, flag, expected) => {
    prepare();
    expect(problemsOf(() => loadAgent(agentYaml, {}, [flag])).join('\n')).toMatch(expected);
  });

  test('that the file itself is missing is said with its name', () => {
    const file = join(folder, 'nowhere.yaml');
    expect(problemsOf(() => loadRelayConfig({ file, environment: {} }))[0]).toBe(
      `${file}: cannot be read (ENOENT) (--config)`,
    );
  });
});

describe('what is rarely meant', () => {
  test('is a warning: a secret others can read, a listener without TLS, a password in the clear, an org without SAP', () => {
    chmodSync(join(folder, 'password'), 0o644);
    const agent = agentYaml
      .replace('127.0.0.1:8000', 'sap.example.com:8000')
      .replace('systems: [ERPCLNT100]', 'systems: [QAS]');
    expect(loadAgent(agent).warnings.map(({ setting }) => setting)).toEqual([
      'sap.passwordFile',
      'agent.orgs',
      'sap.url',
    ]);
    expect(loadRelay(relayYaml.replace('port: 0', 'host: 0.0.0.0')).warnings).toMatchObject([
      { setting: 'relay.listen.tls' },
    ]);
  });
});

describe('budgets that contradict each other', () => {
  const warned = (sap: string, agent = ''): readonly string[] => {
    const text = agentYaml.replace('sap:\n', `sap:\n${sap}\n`).replace('agent:\n', `agent:\n${agent}\n`);
    return loadAgent(text).warnings.map(({ setting }) => setting);
  };
  const rule = (name: string, figures: string): string =>
    `      - { name: ${name}, days: [mon], from: '22:00', to: '05:00', ${figures} }`;

  test('are warnings: more work processes than connections, more for bulk than for all', () => {
    expect(warned('  maxConnections: 4\n  governor: { workProcesses: 6, bulkWorkProcesses: 7 }')).toEqual([
      'sap.governor.workProcesses',
      'sap.governor.bulkWorkProcesses',
    ]);
    const calendar = rule('night', 'workProcesses: 12, bulkWorkProcesses: 20');
    expect(warned(`  governor:\n    calendar:\n${calendar}`)).toEqual([
      'sap.governor.calendar[0].workProcesses',
      'sap.governor.calendar[0].bulkWorkProcesses',
    ]);
  });

  test('are none where only a default is larger than what was chosen', () => {
    expect(warned('  maxConnections: 2')).toEqual([]);
  });

  test('are warnings: two rules of one name, and far more calls at once than may be in SAP', () => {
    const calendar = [rule('night', 'workProcesses: 4'), rule('night', 'workProcesses: 5')].join('\n');
    expect(warned(`  governor:\n    calendar:\n${calendar}`)).toEqual(['sap.governor.calendar']);
    expect(warned('  governor: { workProcesses: 2 }', '  concurrency: { calls: 8 }')).toEqual([]);
    expect(warned('  governor: { workProcesses: 2 }', '  concurrency: { calls: 9 }')).toEqual([
      'agent.concurrency.calls',
    ]);
  });

  test('is a warning: features that only the ABAP pack can do, where it is said to be absent', () => {
    expect(warned('  abapPack: absent')).toEqual(['sap.features']);
    expect(warned('  abapPack: absent\n  features: [credit, texts]')).toEqual([]);
  });
});

describe('the example file', () => {
  /** With the files of this folder in place of those it names. */
  const example = (): string =>
    readFileSync(new URL('../../../config/gateway/agent.example.yaml', import.meta.url), 'utf8')
      .replaceAll('secrets/agent.pem', 'agent.pem')
      .replaceAll('certificates/org.crt', 'org.pem')
      .replaceAll('secrets/sap-password', 'password');

  test('is valid as it stands, and gives no warning', () => {
    expect(loadAgent(example()).warnings).toEqual([]);
  });

  test('stays valid with the way over RFC in place of the way over HTTP', () => {
    const lines = example()
      .split('\n')
      .filter((line) => !/^ {2}(driver: soap|url:)/.test(line));
    const [begin, end] = [
      lines.indexOf('  # driver: node-rfc'),
      lines.findIndex((line) => line.startsWith('  client:')),
    ];
    const rfc = lines.slice(begin, end).map((line) => line.replace(/^ {2}# /, '  '));
    const text = [...lines.slice(0, begin), ...rfc, ...lines.slice(end)].join('\n');
    const { config } = loadAgent(text, { UV_THREADPOOL_SIZE: '16' });
    expect(config.sap).toMatchObject({ driver: 'node-rfc', rfc: { host: 'sapapp1.example.com', systemNumber: '00' } });
  });
});

describe('the proxy', () => {
  const proxyOf = (environment: Environment, relays = 'wss://relay.example.com') =>
    loadAgent(agentYaml, { ...environment, GANGWAY_AGENT_RELAYS: relays }).config.agent.proxyUrl;
  const HTTPS_PROXY = 'http://proxy.example.com:3128';

  test('comes from HTTPS_PROXY, and from the setting before it', () => {
    expect(proxyOf({ HTTPS_PROXY })).toBe(HTTPS_PROXY);
    expect(proxyOf({ https_proxy: HTTPS_PROXY })).toBe(HTTPS_PROXY);
    expect(proxyOf({ HTTPS_PROXY, GANGWAY_AGENT_PROXY_URL: 'http://other:1' })).toBe('http://other:1');
    expect(proxyOf({})).toBeUndefined();
  });

  test.each([
    ['relay.example.com', true],
    ['.example.com', true],
    ['*.example.com, other', true],
    ['example.com', true],
    ['*', true],
    ['relay.example.com:443', true],
    ['relay.example.com:8443', false],
    ['ample.com', false],
    ['other.com', false],
  ])('is left out where NO_PROXY is %s: %s', (NO_PROXY, isDirect) => {
    expect(proxyOf({ HTTPS_PROXY, NO_PROXY }) === undefined).toBe(isDirect);
  });

  test('is never used for this machine itself', () => {
    expect(proxyOf({ HTTPS_PROXY }, 'ws://127.0.0.1:8443,wss://localhost:1,ws://[::1]:2')).toBeUndefined();
  });
});
