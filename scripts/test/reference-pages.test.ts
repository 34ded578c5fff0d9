/** The pages of settings and commands, from planted definitions. */
import { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { describeConfig } from '../../gateway/src/config/index.ts';
import { checkReport } from '../../gateway/src/agent/index.ts';
import { checkPage } from '../reference/check-page.ts';
import { cliPage } from '../reference/cli-page.ts';
import { configurationPage } from '../reference/configuration-page.ts';

describe('the page of settings', () => {
  const described = describeConfig();

  test('has every setting with its description', () => {
    const page = configurationPage(described);
    for (const setting of described) expect(page).toContain(`| \`${setting.path}\` |`);
    expect(described.filter((setting) => setting.description === '').map((setting) => setting.path)).toEqual([]);
    expect(page).not.toMatch(/undefined|\[object/);
  });

  test('says what is required, what it is otherwise, and what may be chosen', () => {
    const setting = {
      environment: 'GANGWAY_X',
      choices: [],
      isRequired: false,
      limits: undefined,
      defaultText: undefined,
    };
    const page = configurationPage([
      {
        ...setting,
        path: 'relay.port',
        type: 'number',
        limits: '0 to 65535',
        defaultText: '8443',
        description: 'Where',
      },
      { ...setting, path: 'agent.id', type: 'text', isRequired: true, description: 'Who' },
      {
        ...setting,
        path: 'agent.orgs[].mode',
        environment: undefined,
        type: 'choice',
        choices: ['a', 'b'],
        description: 'How',
      },
    ]);
    expect(page).toContain('## relay\n');
    expect(page).toContain('| `relay.port` | `GANGWAY_X` | number, 0 to 65535 | `8443` | Where |');
    expect(page).toContain('| `agent.id` | `GANGWAY_X` | text | required | Who |');
    expect(page).toContain('| `agent.orgs[].mode` |  | `a`, `b` |  | How |');
  });
});

describe('the page of commands', () => {
  test('names each command in full, with arguments, options and defaults', () => {
    const program = new Command('gangway');
    const simulate = program.command('simulate').description('Simulators');
    simulate
      .command('sap')
      .description('SAP on a socket')
      .argument('[file]', 'tables')
      .option('--port <n>', 'where', '0');
    program.command('relay').description('Starts the relay');
    const page = cliPage(program);
    expect(page).toContain('## gangway simulate sap\n\nSAP on a socket');
    expect(page).toContain('| `[file]` | tables |  |');
    expect(page).toContain('| `--port <n>` | where | `0` |');
    expect(page).toContain('## gangway relay\n\nStarts the relay');
  });
});

describe('the page of the check', () => {
  test('has every field of report and result, with what it means', () => {
    const page = checkPage(checkReport);
    for (const field of [
      'version',
      'ok',
      'results',
      'name',
      'state',
      'finding',
      'code',
      'owner',
      'advice',
      'sapMessages',
    ])
      expect(page).toMatch(
        new RegExp(`^\\| \`${field}\` \\| [^|]+ \\| (always|where there is one) \\| [^|]{5,} \\|$`, 'm'),
      );
    expect(page).not.toMatch(/undefined|\[object/);
  });
});
