/** The pages of settings and commands, from planted definitions. */
import { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { cliPage } from '../reference/cli-page.ts';
import { configurationPage } from '../reference/configuration-page.ts';

describe('the page of settings', () => {
  const setting = {
    key: 'relay.port',
    environment: 'GANGWAY_RELAY_PORT',
    type: 'number',
    description: 'Where it listens',
  };

  test('has a table per room, with defaults and units', () => {
    const page = configurationPage([
      { ...setting, default: 8443 },
      { key: 'agent.pauseMs', type: 'number', unit: 'ms', description: 'x' },
    ]);
    expect(page).toContain('## relay\n');
    expect(page).toContain('| `relay.port` | `GANGWAY_RELAY_PORT` | number | `8443` | Where it listens |');
    expect(page).toContain('## agent\n');
    expect(page).toContain('| number, ms |  | x |');
  });

  test('refuses a description that lacks its sentence', () => {
    expect(() => configurationPage([{ ...setting, description: undefined }])).toThrow('description');
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
