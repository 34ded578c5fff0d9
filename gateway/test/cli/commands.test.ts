/** The commands that answer and end: what they print, how they fail, what they leave behind. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/index.ts';
import { createExampleFolder } from '../config/example-files.ts';
import { gangway } from './gangway.ts';

/** Each starts a process of its own; a busy machine needs patience. */
const patienceMs = 60_000;

let folder: string;
beforeEach(() => {
  folder = createExampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

describe('the command line itself', () => {
  test(
    'says what it can do, with the exit codes',
    async () => {
      const { code, out } = await gangway(['--help']);
      expect(code).toBe(0);
      for (const word of ['relay', 'agent', 'check', 'queue', 'keys', 'config', 'simulate', 'Exit codes:'])
        expect(out).toContain(word);
    },
    patienceMs,
  );

  test(
    'ends with 2 when it is wrong, and suggests what was meant',
    async () => {
      const { code, err } = await gangway(['relai']);
      expect(code).toBe(2);
      expect(err).toContain('Did you mean relay?');
      expect((await gangway(['simulate', 'sap', '--port', 'many'])).code).toBe(2);
      expect((await gangway(['keys', 'show'])).code).toBe(2);
    },
    patienceMs,
  );

  test('describes every command and option, for the reference page', () => {
    const leaves = (command: ReturnType<typeof createProgram>): readonly (typeof command)[] =>
      command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
    const commands = leaves(createProgram());
    expect(commands.map((command) => command.name())).toEqual([
      'relay',
      'agent',
      'check',
      'list',
      'show',
      'retry',
      'hold',
      'discard',
      'trace',
      'load',
      'compare',
      'pause',
      'resume',
      'usage',
      'create',
      'show',
      'check',
      'show',
      'new',
      'test',
      'check',
      'publish',
      'list',
      'withdraw',
      'openapi',
      'sap-role',
      'sap',
      'salesforce',
    ]);
    for (const command of commands) {
      expect(command.description().length).toBeGreaterThan(10);
      for (const option of command.options) expect(`${option.flags}: ${option.description}`).toMatch(/: .{5,}/);
    }
  });
});

describe('gangway keys', () => {
  test(
    'create: the private half is in a file of mode 0600, the public half is printed',
    async () => {
      const { code, out, err } = await gangway(['keys', 'create', '--file', file('new.pem')]);
      expect(code).toBe(0);
      expect(statSync(file('new.pem')).mode & 0o777).toBe(0o600);
      expect(createPublicKey(out).asymmetricKeyType).toBe('ed25519');
      expect(out + err).not.toContain('PRIVATE');
      const shown = await gangway(['keys', 'show', '--file', file('new.pem')]);
      expect(shown.out).toBe(out);
    },
    patienceMs,
  );

  test(
    'create: never overwrites a key',
    async () => {
      const before = readFileSync(file('agent.pem'), 'utf8');
      const { code, err } = await gangway(['keys', 'create', '--file', file('agent.pem')]);
      expect(code).toBe(1);
      expect(err).toMatch(/^KEY_FILE_EXISTS: .*\nNext: .*keys show/);
      expect(readFileSync(file('agent.pem'), 'utf8')).toBe(before);
    },
    patienceMs,
  );

  test.each([
    ['a file that is not there', 'nowhere.pem'],
    ['a public key', 'agent-public.pem'],
    ['a key of another kind', 'org-key.pem'],
  ])(
    'show: refuses %s',
    async (_, name) => {
      const { code, err, out } = await gangway(['keys', 'show', '--file', file(name)]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^KEY_UNREADABLE: /);
    },
    patienceMs,
  );
});

describe('gangway config', () => {
  test(
    'check: says that a configuration is valid, and what is odd in it',
    async () => {
      chmodSync(file('password'), 0o644);
      const { code, out, err } = await gangway(['config', 'check', '--config', file('agent.yaml')]);
      expect([code, out]).toEqual([0, 'The configuration of the agent is valid.\n']);
      expect(err).toBe(`Warning: sap.passwordFile can be read by other users: chmod 600 ${file('password')}\n`);
    },
    patienceMs,
  );

  test(
    'check: says everything that is wrong at once and ends with 3',
    async () => {
      writeFileSync(file('bad.yaml'), 'relay: { lisen: {}, publicUrl: x }');
      const { code, err } = await gangway(['config', 'check', '--config', file('bad.yaml')]);
      expect(code).toBe(3);
      expect(err).toMatch(/^CONFIG_INVALID: 4 problems\n/);
      expect(err).toMatch(/\n {2}relay.lisen is not a setting; did you mean listen\?/);
      expect(err).toMatch(/\nNext: Correct the settings named/);
    },
    patienceMs,
  );

  test(
    'show: prints what is in force and where it is from, and no secret',
    async () => {
      const environment = { GANGWAY_SAP_LANGUAGE: 'DE' };
      const set = ['--set', 'sap.maxConnections=3'];
      const { code, out } = await gangway(['config', 'show', '--config', file('agent.yaml'), ...set], environment);
      expect(code).toBe(0);
      expect(out).toContain('sap.language = DE   # GANGWAY_SAP_LANGUAGE\n');
      expect(out).toContain('sap.maxConnections = 3   # --set sap.maxConnections\n');
      expect(out).toContain(`sap.passwordFile = ${file('password')}   # ${file('agent.yaml')}\n`);
      expect(out).not.toMatch(/Gangway-Sim|PRIVATE/);
    },
    patienceMs,
  );
});

describe('a program that cannot start', () => {
  test(
    'for its configuration ends with 3 and leaves nothing',
    async () => {
      const { code, err } = await gangway(['agent', '--config', file('nowhere.yaml')]);
      expect(code).toBe(3);
      expect(err).toMatch(/nowhere.yaml cannot be read \(ENOENT\) \(--config\)/);
      expect(existsSync(file('journal.db'))).toBe(false);
    },
    patienceMs,
  );

  test(
    'for its journal ends with 4 and says the way out',
    async () => {
      writeFileSync(file('journal.db'), 'this is not a journal '.repeat(50));
      const { code, err } = await gangway(['agent', '--config', file('agent.yaml')]);
      expect(code).toBe(4);
      expect(err).toMatch(/JOURNAL_FAILED: .*journal\.db is damaged; move it aside/);
    },
    patienceMs,
  );

  test(
    'for data that is none ends with 1 and says so',
    async () => {
      writeFileSync(file('data.json'), '[1, 2');
      const { code, err } = await gangway(['simulate', 'sap', '--data', file('data.json')]);
      expect(code).toBe(1);
      expect(err).toMatch(/^SIMULATOR_DATA_INVALID: /);
    },
    patienceMs,
  );
});
