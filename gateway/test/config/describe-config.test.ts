/** The list of settings, from which the reference page is made. */
import { expect, test } from '@jest/globals';
import { describeConfig } from '../../src/config/index.ts';
import { defaultLimits } from '../../src/relay/settings.ts';

const settings = describeConfig();

test.each(settings.map((setting) => [setting.path, setting] as const))('%s has a sentence of its own', (_, setting) => {
  expect(setting.description).toMatch(/^[A-Z"`].{5,}/);
  expect(setting.description).not.toMatch(/\.$/);
});

test('each can be told by one variable, and no two share it', () => {
  const names = settings.flatMap(({ environment }) => environment ?? []);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('GANGWAY_RELAY_LISTEN_PORT');
  expect(names).toContain('GANGWAY_RELAY_LISTEN_TLS_CERTIFICATE_FILE');
});

test('no secret is a setting: what is secret is a file', () => {
  const telling = settings.filter(({ path }) => /password|privateKey|secret|token/i.test(path));
  expect(telling.length).toBeGreaterThan(2);
  expect(telling.map(({ type }) => type)).toEqual(telling.map(() => 'secret-file'));
});

test("the relay's limits have the defaults the relay itself has", () => {
  const defaults = settings
    .filter(({ path }) => path.startsWith('relay.limits.'))
    .map(({ path, defaultText }) => [path.replace('relay.limits.', ''), Number(defaultText)]);
  expect(Object.fromEntries(defaults)).toEqual(defaultLimits);
});

test('a section that may be left out is in the list, before the settings it needs when it is there', () => {
  const paths = settings.map(({ path }) => path);
  const section = settings.find(({ path }) => path === 'agent.orgs[].salesforce');
  expect(section).toMatchObject({ type: 'section', isRequired: false, environment: undefined });
  expect(paths.indexOf('agent.orgs[].salesforce.loginUrl')).toBe(paths.indexOf('agent.orgs[].salesforce') + 1);
  expect(paths).toContain('relay.listen.tls');
  expect(paths).not.toContain('relay.listen');
});

test('yes or no is a choice', () => {
  expect(settings.find(({ path }) => path === 'agent.orgs[].salesforce.bell')).toMatchObject({
    type: 'choice',
    choices: ['true', 'false'],
    defaultText: 'true',
  });
});
