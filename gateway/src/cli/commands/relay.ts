/** `gangway relay`: the side that Salesforce calls. */
import type { Command } from 'commander';
import { loadRelayConfig } from '../../config/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import { keepOnFailure } from '../keep-on-failure.ts';
import type { Terminal } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';

export function addRelay(program: Command, terminal: Terminal): void {
  const command = program
    .command('relay')
    .description('Run a relay: takes calls from Salesforce and hands them to agents. SIGHUP reads the orgs anew.');
  withConfigOptions(command).action(async (options: ConfigOptions) => {
    // Loaded only now: an agent's process has no use for a web server, nor `keys` for either.
    const { composeRelay, readOrgs } = await import('../../relay/index.ts');
    const load = () => loadRelayConfig(toLoadOptions(options));
    const { config, warnings } = load();
    sayWarnings(terminal, warnings);
    const relay = await composeRelay(config);
    terminal.say(`gangway relay: listening on ${relay.url}`);
    await untilStopped(terminal, 'relay', {
      drain: (graceMs) => relay.drain(graceMs),
      reload: () => keepOnFailure(terminal, () => relay.replaceOrgs(readOrgs(load().config.relay.orgs))),
    });
  });
}
