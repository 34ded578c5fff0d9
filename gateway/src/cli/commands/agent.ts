/** `gangway agent`: the side beside SAP. */
import type { Command } from 'commander';
import { loadAgentConfig } from '../../config/index.ts';
import type { AgentConfig } from '../../config/index.ts';
import { sayWarnings, toLoadOptions, withConfigOptions } from '../config-options.ts';
import type { ConfigOptions } from '../config-options.ts';
import { keepOnFailure } from '../keep-on-failure.ts';
import type { Terminal } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';

export function addAgent(program: Command, terminal: Terminal): void {
  const command = program
    .command('agent')
    .description('Run an agent: dials the relays, looks into outboxes, writes to SAP. SIGHUP reads the orgs anew.');
  withConfigOptions(command).action(async (options: ConfigOptions) => {
    const { composeAgent, readOrgs } = await import('../../agent/index.ts');
    const load = () => loadAgentConfig(toLoadOptions(options));
    const { config, warnings } = load();
    sayWarnings(terminal, warnings);
    const agent = await composeAgent(config);
    // Before anything is said: whoever hears it may stop it, and then it drains.
    const stopped = untilStopped(terminal, 'agent', {
      drain: (graceMs) => agent.drain(graceMs),
      reload: () => keepOnFailure(terminal, () => agent.replaceOrgs(readOrgs(load().config.agent.orgs))),
    });
    terminal.say(`gangway agent: ${config.agent.id} ${waysOf(config.agent).join(' and ')}`);
    void agent.ready().then(() => terminal.say('gangway agent: connected'));
    await stopped;
  });
}

/** By which ways requests come to it. */
function waysOf({ relays, orgs }: AgentConfig['agent']): readonly string[] {
  const visited = orgs.filter(({ salesforce }) => salesforce !== undefined).map(({ id }) => id);
  return [
    ...(relays.length === 0 ? [] : [`dials ${relays.join(', ')}`]),
    ...(visited.length === 0 ? [] : [`looks into ${visited.join(', ')}`]),
  ];
}
